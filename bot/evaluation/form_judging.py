"""Whether an answer has the form and the content that a gold question of a known type asks for.

Every rule is stated in docs/evaluation.md; texts are compared as SQuAD compares them (see `metrics.answer_f1`).
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.answers import Answer, Status
from bot.evaluation.judging import holds_words, is_first_right, is_right, ranking_of
from bot.evaluation.metrics import answer_f1, ranking_scores
from bot.gold.gold_items import BY_DOCUMENT, AnswerType, GoldItem, GoldPart, collapse
from embeddings.quantities.quantities import quantities

ITEM_FROM = 0.6
"""Token F1 from which a shown item counts as one of the expected ones."""
WORDS_FROM = 0.5
"""Token F1 from which a short answer counts as the expected one."""
LIST_FROM = 0.8
"""F1 over the items from which a list is handled rightly."""
OFFICE_FROM = 0.75
"""Token F1 from which an office that begins with the right word is the expected one, told with more or fewer words."""
_DOCUMENTS_FROM = 0.5
_ADDRESS = re.compile(r"^(?:các )?(?:đồng chí|đ/c|ông|bà|anh|chị)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FormJudgement:
    """What is right about the form of one answer.

    Attributes:
        handled: answered rightly, or rightly not answered.
        misleading: shown as answered, and wrong.
        precision, recall: of a list's items; None for other types, and where nothing answers.
        verdict: 1 if the verdict is right, -1 if it is the opposite, 0 if there is none; None for other types.
        parts: share of the parts of a compound question that were handled rightly; None for other types.
    """

    handled: bool
    misleading: bool
    precision: float | None = None
    recall: float | None = None
    verdict: int | None = None
    parts: float | None = None

    @property
    def item_f1(self) -> float | None:
        """Harmonic mean of precision and recall."""
        if self.precision is None or self.recall is None:
            return None
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    @property
    def complete(self) -> bool | None:
        """Whether a list has every expected item and no other."""
        f1 = self.item_f1
        return None if f1 is None else f1 == 1.0


def judge_form(item: GoldItem, answer: Answer) -> FormJudgement | None:
    """Judge an answer by the type of its question; None for questions without a type."""
    if item.type is None:
        return None
    answered = answer.status is Status.ANSWERED
    if not item.answerable:
        return FormJudgement(handled=not answered, misleading=answered)
    if item.type in BY_DOCUMENT:
        return FormJudgement(handled=_shows_documents(item, answer), misleading=answered)
    judge = _JUDGES.get(item.type)
    if judge:
        return judge(item, answer)
    right = answered and _says(item, answer)
    return FormJudgement(handled=right, misleading=answered and not right)


def matched(shown: Sequence[str], expected: Sequence[str]) -> tuple[float, float]:
    """Precision and recall of shown items against expected ones, each matched once, the most alike first.

    An item that begins with an expected one, or the other way round, is the same one told with more or fewer words
    (a person with and without offices).
    """
    if not shown or not expected:
        return 0.0, 0.0
    pairs = sorted(
        ((-_likeness(one, other), i, j) for i, one in enumerate(shown) for j, other in enumerate(expected)),
    )
    used_shown: set[int] = set()
    used_expected: set[int] = set()
    for unlikeness, i, j in pairs:
        if -unlikeness >= ITEM_FROM and i not in used_shown and j not in used_expected:
            used_shown.add(i)
            used_expected.add(j)
    return len(used_shown) / len(shown), len(used_expected) / len(expected)


def _likeness(shown: str, expected: str) -> float:
    one, other = collapse(shown).casefold(), collapse(expected).casefold()
    shorter, longer = sorted((one, other), key=len)
    if longer.startswith((f"{shorter},", f"{shorter} (")):
        return 1.0
    return answer_f1(shown, [expected])


def _judge_list(item: GoldItem, answer: Answer) -> FormJudgement:
    answered = answer.status is Status.ANSWERED
    shown = [text.text for text in answer.answers] if answered else []
    precision, recall = matched(shown, item.items)
    total = precision + recall
    f1 = 2 * precision * recall / total if total else 0.0
    wrong = answered and (precision < WORDS_FROM or not any(is_right(item, one) for one in answer.citations))
    return FormJudgement(handled=answered and f1 >= LIST_FROM, misleading=wrong, precision=precision, recall=recall)


def _judge_verdict(item: GoldItem, answer: Answer) -> FormJudgement:
    answered = answer.status is Status.ANSWERED
    if not answered or answer.verdict is None:
        return FormJudgement(handled=False, misleading=answered, verdict=0)
    right = answer.verdict is item.verdict
    shown = right and is_first_right(item, answer)
    return FormJudgement(handled=shown, misleading=not right, verdict=1 if right else -1)


def _judge_parts(item: GoldItem, answer: Answer) -> FormJudgement:
    answered = answer.status is Status.ANSWERED
    right, wrong = 0, False
    for number, part in enumerate(item.parts):
        shown = [text for text in answer.answers if text.part == number] if answered else []
        if not part.answerable:
            right += answered and not shown
            wrong = wrong or bool(shown)
            continue
        passages = {citation.rank: citation.passage.text for citation in answer.citations}
        good = any(_answers_part(part, text.text, passages.get(text.citation, "")) for text in shown)
        right += good
        wrong = wrong or (bool(shown) and not good)
    share = right / len(item.parts)
    return FormJudgement(handled=share == 1.0, misleading=wrong or (answered and not answer.answers), parts=share)


def _answers_part(part: GoldPart, shown: str, passage: str) -> bool:
    if not any(collapse(evidence) in collapse(passage) for evidence in part.evidence):
        return False
    return not part.answer or answer_f1(shown, [part.answer]) >= WORDS_FROM or holds_words(shown, part.answer)


def _shows_documents(item: GoldItem, answer: Answer) -> bool:
    """Related, no words marked, a right document first, and at least half of the right ones among the first five."""
    if answer.status is not Status.RELATED or answer.answers or not answer.citations:
        return False
    scores = ranking_scores([ranking_of(item, answer.citations)])
    return is_first_right(item, answer) and scores["recall@5"][0] >= _DOCUMENTS_FROM


def _says(item: GoldItem, answer: Answer) -> bool:
    """Whether the words shown are the expected ones; where only evidence is known, whether they come from there."""
    if not is_first_right(item, answer):
        return False
    shown = [text.text for text in answer.answers] or ([answer.text] if answer.text else [])
    if item.type is AnswerType.OFFICE:
        return any(_same_office(words, item.answers) for words in (*shown, answer.text or ""))
    if item.count is not None and not item.answers:
        return _counted(item, answer, shown)
    if not item.answers:
        quotes = " ".join(collapse(quote) for quote in answer.citations[0].quotes)
        return any(collapse(text) in quotes or quotes in collapse(text) for text in item.evidence)
    if item.type in (AnswerType.NUMBER, AnswerType.COUNT) and any(_same_number(text, item.answers) for text in shown):
        return True
    texts = (*shown, " ".join(shown), *answer.citations[0].quotes[: not shown])
    return any(answer_f1(text, item.answers) >= WORDS_FROM for text in texts) or any(
        holds_words(text, words) for text in shown for words in item.answers if len(text) <= 2 * len(words) + 20
    )


def _same_office(shown: str, expected: Sequence[str]) -> bool:
    """Whether a name or an office is there from its first word on: `Phó Chủ tịch` is not `Chủ tịch`."""
    words = _ADDRESS.sub("", collapse(shown)).casefold()
    for text in expected:
        wanted = _ADDRESS.sub("", collapse(text)).casefold()
        alike = answer_f1(words, [wanted]) >= OFFICE_FROM and words.split()[:1] == wanted.split()[:1]
        if alike or words.startswith(f"{wanted},"):
            return True
    return False


def _same_number(shown: str, expected: Sequence[str]) -> bool:
    """Whether the one number shown is the one expected, in words or digits, with or without what is counted."""
    keys = [quantity.keys[0] for quantity in quantities(shown)]
    return len(keys) == 1 and any(keys == [quantity.keys[0] for quantity in quantities(text)] for text in expected)


def _counted(item: GoldItem, answer: Answer, shown: Sequence[str]) -> bool:
    """The number itself, or exactly as many things as there are."""
    return len(shown) == item.count or any(holds_words(text, str(item.count)) for text in (*shown, *answer.notes))


_JUDGES: dict[AnswerType, Callable[[GoldItem, Answer], FormJudgement]] = {
    AnswerType.LIST: _judge_list,
    AnswerType.YES_NO: _judge_verdict,
    AnswerType.COMPOUND: _judge_parts,
}
