"""An Answer as Telegram HTML: the sentence, the passage, the source; never longer than one message."""

import html
import re
from collections.abc import Sequence

from bot.answers import Answer, AnswerKind, Citation, Status, Verdict, place_of
from bot.phrases import Phrases, phrases
from bot.telegram import texts
from bot.telegram.outgoing.items_html import (
    ITEMS_LIMIT,
    REST_LIMIT,
    items_from,
    left_over,
    part_by_part,
    side_by_side,
)
from bot.telegram.outgoing.text_html import clip, escape, render_source

HEADLINE_LIMIT = 200
SENTENCE_LIMIT = 320
EXCERPT_LIMIT = 600
SHORT_EXCERPT_LIMIT = 300
"""Of a passage under a list of items."""
NOTES_LIMIT = 220
LONGEST_NOTE = 220
NEAREST_SHOWN = 3

_STRONG = (";", ":", ".", "!", "?", "…")
_CLAUSE_END = re.compile(r"[,;:.!?…)–—”]\s+")


def render_answer(answer: Answer, shown: int = 0) -> str:
    """The message that answers, with the citation number `shown` (0-based) as its evidence.

    Returns:
        Telegram HTML, at most 1,200 characters once its tags are parsed.
    """
    said = phrases(answer.language)
    if answer.status is Status.INVALID:
        return escape(" ".join(answer.notes) or texts.INVALID)
    if not answer.citations or (answer.status is Status.NOT_FOUND and shown == 0):
        return _render_not_found(answer, said)
    if is_overview(answer) and not shown:
        return "\n".join([*_notes(answer), *side_by_side(answer)])
    answered_here = answer.status is Status.ANSWERED and shown == 0
    if answered_here and answer.parts and answer.answers:
        return "\n".join([*part_by_part(answer), *_notes(answer)])
    citation = answer.citations[shown]
    limit = EXCERPT_LIMIT
    if answered_here:
        lines, limit = _said(answer, citation)
    elif shown:
        same = citation.document.id == answer.citations[0].document.id
        words = said.other_here if same else said.other_elsewhere
        lines = [words.format(number=shown, count=len(answer.citations) - 1)]
    else:
        lines = _only_related(answer, said)
    excerpt = excerpt_around(citation.passage.text, citation.quote, max(limit, len(citation.quote)))
    if not (answered_here and len(lines) == 1 and _says_it_all(lines[0], excerpt)):
        lines.append(f"<blockquote expandable>{escape(excerpt)}</blockquote>")
    lines.append(f"{said.source} {render_source(citation.document, citation.link, place_of(citation))}")
    if answered_here:
        lines.extend(_notes(answer))
    return "\n".join(lines)


def render_rest(answer: Answer, start: int) -> str:
    """The items of a long list from number `start` on (0-based), as many as one message takes, and their source."""
    said = phrases(answer.language)
    lines, after = items_from(answer, start, REST_LIMIT)
    citation = answer.citations[0]
    source = f"{said.source} {render_source(citation.document, citation.link)}"
    return "\n".join([*lines, *left_over(answer, after), source])


def next_items(answer: Answer, start: int = 0, *, rest: bool = False) -> int | None:
    """Number of the first item that a message does not show any more; None if it shows all.

    Args:
        answer: of any status.
        start: the first item of the message.
        rest: whether the message shows items alone, as `render_rest` does.
    """
    if answer.status is not Status.ANSWERED or answer.parts or len(answer.answers) < 2:  # noqa: PLR2004 - several
        return None
    after = items_from(answer, start, REST_LIMIT if rest else ITEMS_LIMIT)[1]
    return after if after < len(answer.answers) else None


def is_overview(answer: Answer) -> bool:
    """Whether passages are shown side by side, none of them as the answer."""
    return answer.status is Status.RELATED and answer.kind in (AnswerKind.OVERVIEW, AnswerKind.DOCUMENTS)


def _only_related(answer: Answer, said: Phrases) -> list[str]:
    """What stands above a passage that does not answer: nothing between the label of the passage and itself."""
    notes = _notes(answer)
    verdict, _, label = said.related.partition(". ")
    return [" ".join([f"{verdict}.", *notes]), label] if notes else [said.related]


def _said(answer: Answer, citation: Citation) -> tuple[list[str], int]:
    """What answers, and how many characters of its passage still have room."""
    said = phrases(answer.language)
    if len(answer.answers) > 1:
        lines, after = items_from(answer, 0, ITEMS_LIMIT)
        lines += left_over(answer, after)
        return lines, SHORT_EXCERPT_LIMIT
    words = None if answer.kind is AnswerKind.SENTENCE else answer.text
    longer = answer.kind in (AnswerKind.SENTENCE, AnswerKind.YES_NO)
    line = headline(citation.quote, words, SENTENCE_LIMIT if longer else HEADLINE_LIMIT)
    if answer.verdict:
        line = f"<b>{escape(said.yes if answer.verdict is Verdict.YES else said.no)}.</b> {line}"
    return [line], EXCERPT_LIMIT - (SENTENCE_LIMIT - HEADLINE_LIMIT) * longer


def headline(quote: str, answer: str | None, limit: int = HEADLINE_LIMIT) -> str:
    """The answering sentence on one line, the short answer bold, cut at clauses to `limit` characters with …."""
    line = " ".join(quote.split())
    words = " ".join((answer or "").split())
    start = line.find(words) if words else -1
    if start < 0:
        return escape(_cut(line, 0, 0, limit)[0])
    cut, start = _cut(line, start, start + len(words), limit)
    end = min(start + len(words), len(cut))
    return f"{escape(cut[:start])}<b>{escape(cut[start:end])}</b>{escape(cut[end:])}"


def excerpt_around(passage: str, quote: str, limit: int) -> str:
    """At most `limit` characters of `passage` that hold `quote`, whole words, an exact substring of it."""
    if len(passage) <= limit:
        return passage.strip()
    at = max(passage.find(quote), 0)
    length = min(len(quote), limit)
    start = max(0, min(at - (limit - length) // 2, len(passage) - limit))
    end = min(len(passage), start + limit)
    if start > 0:
        ends = [match.end() for match in re.finditer(r"[.!?…]\s+", passage[start:at])]
        spaces = [match.end() for match in re.finditer(r"\s+", passage[start:at])]
        start = start + ends[0] if ends else (start + spaces[0] if spaces else at)
        end = min(len(passage), start + limit)
    if end < len(passage):
        quoted = at + length
        end = next(
            (
                quoted + found[-1].start()
                for pattern in (r"(?<=[.!?…])\s", r"(?<=[;,:])\s", r"\s")
                if (found := list(re.finditer(pattern, passage[quoted:end])))
            ),
            quoted,
        )
    return passage[start:end].strip()


def _render_not_found(answer: Answer, said: Phrases) -> str:
    lines = [" ".join([said.not_found, *_notes(answer)])]
    nearest = _distinct_documents(answer.citations)[:NEAREST_SHOWN]
    if nearest:
        lines.append(said.nearest_documents)
        lines.extend(f"• {render_source(citation.document, citation.link)}" for citation in nearest)
    return "\n".join(lines)


def _distinct_documents(citations: Sequence[Citation]) -> list[Citation]:
    first: dict[str, Citation] = {}
    for citation in citations:
        first.setdefault(citation.document.id, citation)
    return list(first.values())


def _says_it_all(headline_html: str, excerpt: str) -> bool:
    """Whether the first line holds the whole passage already: nobody reads a sentence twice."""
    said = html.unescape(re.sub(r"</?b>", "", headline_html))
    return " ".join(excerpt.split()) == said


def _notes(answer: Answer) -> list[str]:
    """As many whole notes, the most important first, as there is room for; none that denies what is quoted below."""
    kept: list[str] = []
    for note in answer.notes:
        if sum(map(len, kept)) + len(kept) + len(note) <= NOTES_LIMIT or not kept:
            kept.append(note)
    return [f"<i>{escape(clip(' '.join(kept), LONGEST_NOTE))}</i>"] if kept else []


def _cut(line: str, start: int, end: int, limit: int) -> tuple[str, int]:
    """Cut `line` to `limit` characters around start..end, at clauses where they fit; the new start of that span."""
    if len(line) <= limit:
        return line, start
    room = limit - 2  # for the two …
    if end - start > room:
        return clip(line[start:end], limit), 0
    borders = [0, *(match.end() for match in _CLAUSE_END.finditer(line)), len(line)]
    left = max(border for border in borders if border <= start)
    right = min(border for border in borders if border >= end)
    if right - left > room:
        left, right = _words_around(line, start, end, room)
    else:
        strong = {0, *(border for border in borders if line[:border].rstrip().endswith(_STRONG))}
        left, right = _grow(borders, strong, (left, right), room)
    kept = line[left:right]
    stripped = kept.rstrip()
    if right < len(line):
        stripped = stripped.rstrip(",;:") + "…"
    prefix = "…" if left > 0 else ""
    return prefix + stripped, start - left + len(prefix)


def _words_around(line: str, start: int, end: int, room: int) -> tuple[int, int]:
    spare = (room - (end - start)) // 2
    left, right = max(0, start - spare), min(len(line), end + spare)
    if left > 0:
        space = line.find(" ", left, start)
        left = space + 1 if space >= 0 else start
    if right < len(line):
        space = line.rfind(" ", end, right + 1)
        right = space if space >= 0 else end
    return left, right


def _grow(borders: list[int], strong: set[int], span: tuple[int, int], room: int) -> tuple[int, int]:
    """Take in whole clauses: first back to where the thought begins, then to the end, then what came before."""
    first, last = borders.index(span[0]), len(borders) - 1 - borders[::-1].index(span[1])
    for steps in ("back to the thought", "on", "back"):
        while True:
            backward = steps != "on"
            if backward and (first == 0 or (steps != "back" and borders[first] in strong)):
                break
            if not backward and last == len(borders) - 1:
                break
            start, end = (first - 1, last) if backward else (first, last + 1)
            if borders[end] - borders[start] > room:
                break
            first, last = start, end
    return borders[first], borders[last]
