"""Who does something together: all of them, or those that somebody does it with."""

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.answering.drafts import Asked, Draft, Piece, Span
from bot.answering.forms.asked_back import setting_of
from bot.answering.quoting import covered
from bot.answers import AnswerKind, Status
from corpus.vietnamese import fold
from embeddings.listing.partners import Partnership, partnerships
from embeddings.listing.recutting import in_pairs
from embeddings.syllables import tokens

_LOOKED_AT = 3
_SEVERAL = 2
_CLAUSE_END = re.compile(r"[;.]\s|, trong đó\b")
_BODIES = r"(?:cơ quan|đơn vị|tổ chức|đoàn thể|ban|ngành|sở|bên|hội|lực lượng|bộ|ai)"
_TOGETHER = r"(?:phối hợp|phối kết hợp|kết hợp|liên kết)"
_WITH_WHOM = re.compile(
    rf"\b{_TOGETHER}\s+(?:chặt chẽ\s+)?(?:(?:cùng\s+)?với|cùng)\s+"
    rf"(?:(?:những|các)\s+)?(?:ai|{_BODIES}(?:\s+\w+){{0,3}}?\s+nào|bên nào)\b"
)
_ALL_WHO = re.compile(
    rf"\b(?:(?:những|các|mấy|hai|ba|bốn|\d)\s+{_BODIES}(?:\s+\w+){{0,2}}?(?:\s+nào)?|{_BODIES}\s+nào|ai|những ai)\s+"
    rf"(?:(?:đã|sẽ|cùng|cùng nhau|đứng ra)\s+)*{_TOGETHER}\b"
    rf"|(?:^|\b(?:do|được)\s+|,\s*)(?:những|các)\s+{_BODIES}(?:\s+\w+){{0,2}}?\s+nào\s+"
    rf"(?:(?:đã|sẽ|cùng|cùng nhau|đứng ra)\s+)*(?:tổ chức|mở)\b"
)
_TOLD_FROM, _ALONE_FROM = 0.7, 0.4
"""Share of the question's words that a sentence must tell with what stands above its passage, and alone."""


def answer_partners(asked: Asked) -> Draft | None:
    """All who do something together, without those that the question names; None where the documents tell of no two."""
    question = asked.search.understanding.restored.lower()
    with_whom = _WITH_WHOM.search(question)
    wanted = with_whom or _ALL_WHO.search(question)
    if wanted is None:
        return None
    worth = _meant(asked, wanted.group())
    best: tuple[tuple[float, float], Draft] | None = None
    for hit in asked.search.hits[:_LOOKED_AT]:
        text, above = hit.passage.text, setting_of(asked, hit)
        for one in partnerships(text):
            sentence = text[slice(*one.sentence)]
            told, alone = covered(worth, f"{above}\n{sentence}"), covered(worth, sentence)
            names = _asked_of(text, one, question[: wanted.start()] if with_whom else None, question)
            fits = _same_deed(question[wanted.end() :], text[slice(*one.deed)]), told + alone
            if told < _TOLD_FROM or alone < _ALONE_FROM or len(names) < _SEVERAL or (best and fits <= best[0]):
                continue
            rest = (other for other in asked.search.hits if other.passage.id != hit.passage.id)
            draft = Draft(
                AnswerKind.LIST,
                Status.ANSWERED,
                max(asked.confidence, told),
                tuple(Piece(hit, *span) for span in names),
                (hit, *rest),
                around={hit.passage.id: [one.deed]},
                certain=True,
            )
            best = fits, draft
    return best[1] if best else None


def _asked_of(text: str, one: Partnership, subject: str | None, question: str) -> Sequence[Span]:
    """Those of a partnership that are asked for; none where the question is about what somebody else does.

    Args:
        text: where it stands.
        one: the partnership.
        subject: the question's words on who does it with them, None where all are asked for.
        question: in small letters; who it says others do it with is no answer.
    """
    partners = in_pairs(text, one.partners) if one.partners else ()
    if subject is None:
        said = f" {_plain(question)} "
        rest = [span for span in (*one.leading, *partners) if f" voi {_plain(text[slice(*span)])} " not in said]
        return rest if one.leading else ()
    named = [span for span in (*one.leading, *partners) if _is_named(text[slice(*span)], subject)]
    if one.leading and not named:
        return ()
    return [span for span in (*one.leading, *partners) if span not in named]


def _is_named(name: str, subject: str) -> bool:
    """Whether a question's subject has a name: begins with it, or has it and capitals mark it as one."""
    wanted, words = f" {_plain(name)} ", f" {_plain(subject)} "
    begins = any(words.startswith(f"{lead}{wanted}") for lead in ("", " cac", " nhung", " cac dong chi"))
    return begins or (wanted in words and any(sign.isupper() for sign in name))


def _same_deed(question: str, deed: str) -> float:
    """Share of the question's neighbouring words that stand side by side in the clause of what is done."""
    pairs = set(pairwise(_plain(question).split()))
    told = set(pairwise(_plain(_CLAUSE_END.split(deed, maxsplit=1)[0]).split()))
    return len(pairs & told) / (len(pairs) or 1)


def _plain(text: str) -> str:
    return " ".join(fold(word) for word in tokens(text))


def _meant(asked: Asked, wanted: str) -> dict[str, float]:
    """The question's words and their worth without those that only ask who."""
    left_out = set(map(fold, tokens(wanted)))
    return {word: value for word, value in asked.search.understanding.worth.items() if word not in left_out}
