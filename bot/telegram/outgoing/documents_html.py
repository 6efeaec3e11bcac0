"""What was understood of documents that are to be added, and what became of them, as Telegram HTML."""

from collections.abc import Sequence
from datetime import date

from bot.telegram import admin_texts
from bot.telegram.doubt_texts import doubt_in_vietnamese
from bot.telegram.outgoing.text_html import clip, escape, published_on
from bot.telegram.refusal_texts import in_vietnamese
from corpus.folder.doubts import doubts_of
from corpus.library.outcomes import Action, Outcome
from corpus.models import Document

SHOWN = 5
TITLE_SHOWN = 200
SENTENCE_SHOWN = 300
WANTED = (Action.ADDED, Action.REPLACED, Action.CORRECTED)


def is_wanted(outcome: Outcome) -> bool:
    """Whether adding it would change anything."""
    return outcome.action in WANTED


def render_look(outcomes: Sequence[Outcome], today: date) -> str:
    """What would be added, each with what is doubtful about it."""
    if not outcomes:
        return admin_texts.NOTHING_RECEIVED
    lines = [] if all(one.action is Action.REFUSED for one in outcomes) else [admin_texts.RECEIVED]
    for one in outcomes[:SHOWN]:
        if one.action is Action.REFUSED:
            lines.append(_refused(one))
            continue
        lines += [_understood(document, one) for document in one.documents[:SHOWN]]
        if len(one.documents) > SHOWN:
            lines.append(admin_texts.AND_MORE_DOCUMENTS.format(count=len(one.documents) - SHOWN))
        lines.append(admin_texts.WOULD_BE.get(one.action.value, ""))
        lines += _doubts(one, today)
    if len(outcomes) > SHOWN:
        lines.append(admin_texts.AND_MORE_DOCUMENTS.format(count=len(outcomes) - SHOWN))
    return "\n".join(filter(None, lines)).strip()


def render_done(outcomes: Sequence[Outcome]) -> str:
    """What became of each."""
    lines = [
        admin_texts.DONE_LINE.format(done=admin_texts.DONE.get(one.action.value, one.action.value), title=_name(one))
        for one in outcomes[: 4 * SHOWN]
    ]
    if len(outcomes) > 4 * SHOWN:
        lines.append(admin_texts.AND_MORE_DOCUMENTS.format(count=len(outcomes) - 4 * SHOWN))
    return "\n".join(lines) or admin_texts.NOTHING_RECEIVED


def _understood(document: Document, outcome: Outcome) -> str:
    known = [published_on(document.published) or admin_texts.NO_DATE, document.publisher, document.author, document.url]
    return admin_texts.UNDERSTOOD.format(
        title=escape(clip(document.title or admin_texts.NAMELESS, TITLE_SHOWN)),
        facts=escape(" · ".join(clip(value, TITLE_SHOWN) for value in known if value)),
        paragraphs=document.text.count("\n\n") + 1,
        dropped=len(outcome.page.dropped) if outcome.page else 0,
    )


def _doubts(outcome: Outcome, today: date) -> list[str]:
    """What an admin should look at, in their words where there are such."""
    found: dict[str, None] = {}
    for document in outcome.documents[:SHOWN]:
        for doubt in doubts_of(document, outcome.page, {}, today):
            found[doubt_in_vietnamese(doubt.sentence)] = None
    found |= dict.fromkeys(map(doubt_in_vietnamese, outcome.warnings))
    lines = [f"• {escape(clip(line, SENTENCE_SHOWN))}" for line in list(found)[: 2 * SHOWN]]
    return [admin_texts.TO_LOOK_AT, *lines] if lines else []


def _refused(outcome: Outcome) -> str:
    name = outcome.source.rsplit("/", 1)[-1] if "://" not in outcome.source else outcome.source
    sentence = escape(clip(in_vietnamese(outcome.sentence), SENTENCE_SHOWN))
    return admin_texts.REFUSED.format(source=escape(clip(name, TITLE_SHOWN)), sentence=sentence)


def _name(outcome: Outcome) -> str:
    title = outcome.documents[0].title if len(outcome.documents) == 1 else ""
    return escape(clip(title or outcome.file or outcome.source.rsplit("/", 1)[-1], TITLE_SHOWN))
