"""Mail and web archives (EML, MHT) -> what they say: subject and date from the head, body decoded, attachments read."""

import re
from dataclasses import replace
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from itertools import pairwise

from corpus.article.page import Page, Unread, read_page
from corpus.cleaning import clean, decode
from corpus.errors import UnreadableError
from corpus.readers.html.html_head import iso_date
from corpus.readers.inside import ReadInside
from corpus.readers.lines import Line, lines_of_page, marked_lines, repaired
from corpus.readers.mail_head import looks_like_mail
from corpus.readers.reader_limits import DEFAULT_LIMITS, Limits

ATTACHED = "Tệp đính kèm: "
_MOST_PARTS = 500
_NAMED = 5
_LEAST_PICTURE = 20_000  # bytes; smaller ones are emblems
_ARCHIVE_TYPES = ("multipart/related", "text/html")


def read_mail(raw: bytes, limits: Limits = DEFAULT_LIMITS, inside: ReadInside | None = None) -> Page:
    """Read a mail, or a page saved as a web archive.

    Args:
        raw: the whole file.
        limits: passed on to what is inside.
        inside: reads pages and attachments; without it only plain text is read.

    Raises:
        UnreadableError: if it is no mail, encrypted, or without text.
    """
    del limits
    if not looks_like_mail(raw):
        raise UnreadableError("it is no mail and no web archive, whatever its name says")
    try:
        message = message_from_bytes(raw, policy=policy.default)
        parts = _leaves(message)
    except (MessageError, ValueError, LookupError, RecursionError, IndexError, TypeError) as error:
        raise UnreadableError("it is a mail too broken to be read") from error
    if message.get_content_type() in ("application/pkcs7-mime", "multipart/encrypted"):
        raise UnreadableError("it is an encrypted mail; save its text from the mail program")
    body = _body(parts)
    page = _read_body(body, inside) if body is not None else None
    if page is not None and _is_archive(message):
        return page
    attached, unread, warnings = _attachments([part for part in parts if part is not body], inside)
    lines = [*(lines_of_page(page) if page else []), *attached]
    lines, _ = repaired(lines)
    if not lines:
        raise UnreadableError("; ".join(["it is a mail without text", *(each.sentence.rstrip(".") for each in unread)]))
    subject = clean(" ".join(_header(message, "subject").split()))
    said, marks = marked_lines(lines, subject)
    whole = read_page("\n".join(said), marks, subject if subject in said else "", web=False)
    return replace(
        whole,
        title=subject or (page.title if page else "") or whole.title,
        published=_date(message) or whole.published,
        author=_sender(message) or whole.author,
        guessed=False,
        unread=(*(page.unread if page else ()), *unread),
        warnings=(*(page.warnings if page else ()), *whole.warnings, *warnings),
    )


def _is_archive(message: EmailMessage) -> bool:
    """Whether a browser or Word has saved a page so, which then says all of itself."""
    if message.get_content_type() not in _ARCHIVE_TYPES:
        return False
    sender = _header(message, "from").lower()
    return "saved by" in sender or bool(_header(message, "snapshot-content-location")) or not sender


def _leaves(message: EmailMessage) -> list[EmailMessage]:
    """The parts that hold something, those of forwarded mail as one each."""
    found: list[EmailMessage] = []
    waiting: list[EmailMessage] = [message]
    while waiting and len(found) < _MOST_PARTS:
        part = waiting.pop(0)
        if part.get_content_type() == "message/rfc822" or not part.is_multipart():
            found.append(part)
        else:
            waiting[:0] = [each for each in part.iter_parts() if isinstance(each, EmailMessage)]
    return found


def _body(parts: list[EmailMessage]) -> EmailMessage | None:
    """The part a mail program would show: formatted where it has tables, else plain."""
    shown = [part for part in parts if part.get_content_disposition() != "attachment"]
    plain = next((part for part in shown if part.get_content_type() == "text/plain" and _bytes(part).strip()), None)
    html = next((part for part in shown if part.get_content_type() == "text/html"), None)
    if html is not None and (plain is None or b"<table" in _bytes(html).lower()):
        return html
    return plain or html


def _read_body(part: EmailMessage, inside: ReadInside | None) -> Page | None:
    raw = _bytes(part)
    charset = part.get_content_charset()
    try:
        text = raw.decode(charset) if charset else decode(raw)
    except (LookupError, UnicodeDecodeError, UnreadableError):
        text = raw.decode("utf-8", "replace")
    if part.get_content_type() == "text/html" and inside is not None:
        return inside("body.html", text.encode("utf-8", "replace"))
    if not clean(text):
        return None
    return read_page(_unfolded(text), web=False)


def _unfolded(text: str) -> str:
    """Paragraphs of plain mail whose lines were broken at 70 letters or so, each on one line again."""
    paragraphs = re.split(r"\n\s*\n", clean(text))
    return "\n".join(_joined(paragraph) for paragraph in paragraphs)


def _joined(paragraph: str) -> str:
    lines = paragraph.split("\n")
    text = lines[0]
    for above, below in pairwise(lines):
        goes_on = len(above) >= 50 and not above.endswith((".", ":", ";", "!", "?")) and below[:1] not in "-+*>•"  # noqa: PLR2004
        text += f" {below}" if goes_on or below[:1].islower() else f"\n{below}"
    return text


def _attachments(
    parts: list[EmailMessage], inside: ReadInside | None
) -> tuple[list[Line], tuple[Unread, ...], list[str]]:
    """What attachments say under their names, which were not read, and what is doubtful in those that were."""
    lines: list[Line] = []
    missing: list[str] = []
    warnings: list[str] = []
    for number, part in enumerate(parts, start=1):
        raw = _bytes(part)
        picture = part.get_content_maintype() == "image"
        if part.get_content_type() in ("text/plain", "text/html") and part.get_content_disposition() != "attachment":
            continue  # the body once more in another form
        if picture and (len(raw) < _LEAST_PICTURE or part.get_content_disposition() != "attachment"):
            continue
        name = clean(part.get_filename() or "") or f"{number}{_ENDINGS.get(part.get_content_type(), '')}"
        try:
            if inside is None:
                raise UnreadableError("nothing inside is read")  # noqa: TRY301
            page = inside(name, raw)
        except UnreadableError:
            missing.append(name)
            continue
        lines += [Line(f"{ATTACHED}{name}", heading=True), *lines_of_page(page, number)]
        warnings += [f"{name}: {notice}" for notice in page.notices]
    if not missing:
        return lines, (), warnings
    named = ", ".join(missing[:_NAMED]) + (" and others" if len(missing) > _NAMED else "")
    what = "1 attached file is" if len(missing) == 1 else f"{len(missing)} attached files are"
    return lines, (Unread("attachments", len(missing), f"{what} not read: {named}."),), warnings


_ENDINGS = {
    "message/rfc822": ".eml",
    "application/pdf": ".pdf",
    "application/rtf": ".rtf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "text/csv": ".csv",
}


def _bytes(part: EmailMessage) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload(0) if part.is_multipart() else None
        return bytes(inner.as_bytes()) if isinstance(inner, EmailMessage) else b""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message.get(name, ""))
    except (ValueError, IndexError, LookupError, TypeError, AttributeError):  # what the library makes of broken heads
        return ""


def _date(message: EmailMessage) -> str | None:
    try:
        return iso_date(parsedate_to_datetime(_header(message, "date")).isoformat())
    except (ValueError, TypeError, IndexError):
        return None


def _sender(message: EmailMessage) -> str | None:
    said = clean(" ".join(_header(message, "from").split()))
    named = re.match(r'"?([^"<>]+?)"?\s*<[^<>]*>$', said)
    return (named[1].strip() if named else said) or None
