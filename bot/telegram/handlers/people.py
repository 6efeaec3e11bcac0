"""Admins let people in and shut them out: invitations, names, roles, and the audit of it all."""

from datetime import datetime

from telegram import Update

from bot.records.access import LastAdminError, Person, Role
from bot.records.audit import AuditAction, Entry
from bot.records.invitations import invite_link
from bot.telegram import admin_texts
from bot.telegram.command_recognition import argument, on_command
from bot.telegram.handlers.admins_only import for_admins, for_admins_taps, replace, reply, within
from bot.telegram.handlers.menus import withdraw_admin_menu
from bot.telegram.handlers.taps import Tap, on_press
from bot.telegram.incoming.addressing import username
from bot.telegram.incoming.senders import sender_of
from bot.telegram.outgoing import keyboards
from bot.telegram.outgoing.keyboards import Press
from bot.telegram.outgoing.text_html import clip, escape
from bot.telegram.services import CHANNEL, App, Context, Services, services, user_id_of
from corpus.vietnamese import fold

ADMIN_WORDS = frozenset({"quantri", "quan tri", "quan tri vien", "admin"})
AUDIT_SHOWN = 30
NAME_SHOWN = 60


def register(application: App) -> None:
    """Answer the commands and buttons about people."""
    commands = {"moi_nguoi": _invite, "thu_hoi": _revoke, "nguoi": _people, "ten": _name, "nhat_ky": _audit}
    for name, handler in commands.items():
        application.add_handler(on_command(name, for_admins(handler)))
    for tap, press in ((_confirm, Press.REVOKE), (_keep, Press.KEEP), (_withdraw, Press.WITHDRAW)):
        application.add_handler(on_press(for_admins_taps(tap), press))


async def _invite(update: Update, context: Context) -> None:
    message, sender, shared = update.message, sender_of(update), services(context)
    if message is None or sender is None:
        return
    wish = " ".join(fold(argument(message)).split())
    if wish and wish not in ADMIN_WORDS:
        await reply(update, context, admin_texts.INVITE_HOW.format(argument=escape(clip(argument(message), 60))))
        return
    role = Role.ADMIN if wish else Role.MEMBER
    code = await shared.threads.write(shared.access.invite, role, sender.person)
    link = escape(invite_link(username(context.bot) or None, code))
    await reply(update, context, admin_texts.INVITATION.format(role=admin_texts.INVITATION_ROLES[role], link=link))


async def _revoke(update: Update, context: Context) -> None:
    message, sender, shared = update.message, sender_of(update), services(context)
    if message is None or sender is None:
        return
    number = argument(message)
    if not (number.isascii() and number.isdigit()):
        await reply(update, context, admin_texts.REVOKE_WHOM)
        return
    person = f"{CHANNEL}:{int(number)}"
    is_admin = await shared.threads.read(shared.access.role, person) is Role.ADMIN
    if not is_admin or shared.access.is_admin_by_settings(person):
        await reply(update, context, await _revoked(context, int(number), sender.person))
        return
    if person == sender.person:
        html = admin_texts.REVOKE_YOURSELF
    else:
        html = admin_texts.REVOKE_ADMIN.format(name=escape(await _label(shared, person)), id=int(number))
    await reply(update, context, html, keyboards.confirm_revoking(int(number)))


async def _confirm(tap: Tap, update: Update, context: Context) -> None:  # noqa: ARG001
    await replace(tap.message, context, await _revoked(context, tap.pressed.subject, tap.sender.person))


async def _keep(tap: Tap, update: Update, context: Context) -> None:  # noqa: ARG001
    await replace(tap.message, context, admin_texts.KEPT.format(id=tap.pressed.subject))


async def _revoked(context: Context, number: int, by: str) -> str:
    """Shut somebody out; what to say of it."""
    shared, person = services(context), f"{CHANNEL}:{number}"
    try:
        revoked = await shared.threads.write(shared.access.revoke, person, by)
    except LastAdminError:
        return admin_texts.LAST_ADMIN.format(id=number)
    if revoked:
        await withdraw_admin_menu(context.bot, person)
    return (admin_texts.REVOKED if revoked else admin_texts.NOT_REVOKED).format(id=number)


async def _people(update: Update, context: Context) -> None:
    shared = services(context)
    people = await shared.threads.read(shared.access.people)
    invites = await shared.threads.read(shared.access.invites)
    requests = await shared.threads.read(shared.requests.open)
    lines, more = within([_line(person) for person in people if person.id.startswith(f"{CHANNEL}:")])
    lines = [admin_texts.PEOPLE, *lines]
    if more:
        lines.append(admin_texts.AND_MORE.format(count=more))
    if invites:
        lines.append(admin_texts.OPEN_INVITES)
    lines += [
        admin_texts.OPEN_INVITE.format(
            invitation=one.fingerprint, role=admin_texts.INVITATION_ROLES[one.role], until=_day(one.expires)
        )
        for one in invites[:_SHOWN]
    ]
    if requests:
        lines.append(admin_texts.OPEN_REQUESTS)
    lines += [
        admin_texts.OPEN_REQUEST.format(
            id=user_id_of(one.person), name=escape(clip(one.name, NAME_SHOWN)), since=_day(one.asked)
        )
        for one in requests[:_SHOWN]
    ]
    buttons = keyboards.withdrawals([one.fingerprint for one in invites[:_SHOWN]])
    await reply(update, context, "\n".join(lines), buttons)


_SHOWN = 5
"""Open invitations and open requests in one message; the others are listed at the terminal."""


async def _withdraw(tap: Tap, update: Update, context: Context) -> None:  # noqa: ARG001
    shared, fingerprint = services(context), f"{tap.pressed.subject:08x}"
    done = await shared.threads.write(shared.access.withdraw, fingerprint, tap.sender.person)
    html = admin_texts.WITHDRAWN.format(invitation=fingerprint) if done else admin_texts.NOT_WITHDRAWN
    await replace(tap.message, context, html)


async def _name(update: Update, context: Context) -> None:
    message, sender, shared = update.message, sender_of(update), services(context)
    if message is None or sender is None:
        return
    number, _, label = argument(message).partition(" ")
    label = " ".join(label.split())
    if not (number.isascii() and number.isdigit() and label):
        await reply(update, context, admin_texts.NAME_HOW)
        return
    named = await shared.threads.write(shared.access.name, f"{CHANNEL}:{int(number)}", label, sender.person)
    words = admin_texts.NAMED if named else admin_texts.NOT_NAMED
    await reply(update, context, words.format(id=int(number), label=escape(clip(label, NAME_SHOWN))))


async def _audit(update: Update, context: Context) -> None:
    shared = services(context)
    entries = await shared.threads.read(shared.audit.last, AUDIT_SHOWN)
    if not entries:
        await reply(update, context, admin_texts.NO_AUDIT)
        return
    people = await shared.threads.read(shared.access.people)
    labels = {person.id: person.label for person in people if person.label}
    lines, _ = within([_audit_line(entry, labels) for entry in entries])
    await reply(update, context, "\n".join([admin_texts.AUDIT, *lines]))


def _audit_line(entry: Entry, labels: dict[str, str]) -> str:
    def called(person: str) -> str:
        return labels.get(person, person.removeprefix(f"{CHANNEL}:"))

    about = called(entry.subject) if entry.subject else ""
    if entry.action in (AuditAction.INVITED, AuditAction.WITHDREW):
        role, _, invitation = about.partition(" ")
        about = f"{admin_texts.INVITATION_ROLES.get(role, role)} {invitation}"
    subject = admin_texts.AUDIT_SUBJECT.format(subject=escape(clip(about, 80))) if about else ""
    return admin_texts.AUDIT_LINE.format(
        at=f"{entry.at.astimezone():%d/%m/%Y %H:%M}",
        actor=escape(clip(called(entry.actor), NAME_SHOWN)) if entry.actor else admin_texts.AT_THE_TERMINAL,
        action=admin_texts.ACTIONS[entry.action],
        subject=subject,
    )


def _line(person: Person) -> str:
    label = admin_texts.LABEL.format(label=escape(clip(person.label, NAME_SHOWN))) if person.label else ""
    return admin_texts.PERSON.format(id=user_id_of(person.id), role=admin_texts.PERSON_ROLES[person.role], label=label)


async def _label(shared: Services, person: str) -> str:
    people = await shared.threads.read(shared.access.people)
    return next((one.label for one in people if one.id == person and one.label), person.removeprefix(f"{CHANNEL}:"))


def _day(moment: datetime) -> str:
    return f"{moment.astimezone():%d/%m/%Y}"
