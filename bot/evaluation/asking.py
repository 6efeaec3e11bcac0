"""Putting gold questions to the assistant, as typed and without marks, and judging what comes back."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot.answers import Answer, Status
from bot.evaluation.form_judging import FormJudgement, judge_form
from bot.evaluation.judging import is_first_right, is_quote_right, ranking_of
from bot.evaluation.metrics import SEED, answer_f1, exact_match, ranking_scores
from bot.gold.gold_items import GoldItem
from corpus.vietnamese import fold
from embeddings.hits import Search
from embeddings.question.question import Question

DEPTH = 10
DOCUMENT_DEPTH = 40  # passages asked for where documents are ranked, since several may come from one document


class Asker(Protocol):
    """Whatever answers questions; `bot.answering.answerer.Answerer` does."""

    def explain(self, question: Question, top: int = 3) -> tuple[Answer, Search | None]:
        """Return the answer with the `top` best citations, and how they were found (None if it was no question)."""

    def stands_alone(self, question: Question) -> bool:
        """Whether a question is answered as if nothing had been asked before it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question, what was answered, and how right that was.

    Attributes:
        scores: ranking measure -> value; empty for questions that nothing answers.
        rank: place of the first right passage (or document), None if it was not found.
        quote_right: None where the set cannot tell.
        f1, exact: agreement with the short answer, None where there is none.
        form: what is right about the form of the answer, None where the set does not say what form is right.
        twin: the same for the question without marks; itself where there was nothing to strip.
        after_another: the same for a question without a context, asked after a random other one; None where it has one.
    """

    item: GoldItem
    answer: Answer
    search: Search | None
    scores: dict[str, float]
    rank: int | None
    right: bool
    quote_right: bool | None
    f1: float | None
    exact: float | None
    form: FormJudgement | None = None
    twin: "Outcome | None" = None
    after_another: "Outcome | None" = None

    @property
    def answered(self) -> bool:
        """Whether the assistant claimed to have the answer."""
        return self.answer.status is Status.ANSWERED


def ask_all(
    asker: Asker, items: Sequence[GoldItem], on_progress: Callable[[int, int], None] | None = None
) -> list[Outcome]:
    """Ask every question, then those with marks without them, then those with a stranger before them; judge it all.

    A question that stands alone is not asked once more after a stranger: its answer is the same.
    """
    twins = [_stripped(item) for item in items]
    changed = [index for index, (item, twin) in enumerate(zip(items, twins, strict=True)) if item != twin]
    strangers = _after_strangers(items)
    taken = [
        index for index, item in strangers.items() if not asker.stands_alone(Question(item.question, item.context))
    ]
    asked = [*items, *(twins[index] for index in changed), *(strangers[index] for index in taken)]
    answers: list[tuple[Answer, Search | None]] = []
    for done, item in enumerate(asked, 1):
        depth = DEPTH if item.relevant is None else DOCUMENT_DEPTH
        answers.append(asker.explain(Question(item.question, item.context), top=depth))
        if on_progress:
            on_progress(done, len(asked))
    plain = judge_all(items, answers[: len(items)])
    further = judge_all(asked[len(items) :], answers[len(items) :])
    stripped = dict(zip(changed, further, strict=False))
    misled = dict(zip(taken, further[len(changed) :], strict=True))
    return [
        replace(
            outcome,
            twin=stripped.get(index, outcome),
            after_another=misled.get(index, outcome) if index in strangers else None,
        )
        for index, outcome in enumerate(plain)
    ]


def judge_all(items: Sequence[GoldItem], answers: Sequence[tuple[Answer, Search | None]]) -> list[Outcome]:
    """Judge the answers to the items, in the same order."""
    rankings = [ranking_of(item, answer.citations) for item, (answer, _) in zip(items, answers, strict=True)]
    scored = [index for index, item in enumerate(items) if item.answerable]
    columns = ranking_scores([rankings[index] for index in scored])
    scores = {index: {name: values[row] for name, values in columns.items()} for row, index in enumerate(scored)}
    outcomes = []
    for index, (item, (answer, search)) in enumerate(zip(items, answers, strict=True)):
        ranking = rankings[index]
        short = item.answers if item.answerable else ()
        outcomes.append(
            Outcome(
                item=item,
                answer=answer,
                search=search,
                scores=scores.get(index, {}),
                rank=next((rank for rank, id_ in enumerate(ranking.found, 1) if id_ in ranking.relevant), None),
                right=is_first_right(item, answer),
                quote_right=_quote_right(item, answer),
                f1=answer_f1(answer.text, short) if short else None,
                exact=exact_match(answer.text, short) if short else None,
                form=judge_form(item, answer),
            )
        )
    return outcomes


def _quote_right(item: GoldItem, answer: Answer) -> bool | None:
    if not answer.citations:
        return False if item.answerable and (item.relevant is None or item.answers) else None
    return is_quote_right(item, answer.citations[0])


def _after_strangers(items: Sequence[GoldItem]) -> dict[int, GoldItem]:
    """The questions without a context, by number, each after a random one about another document."""
    chance = random.Random(SEED)  # noqa: S311 - no secret
    alone = [item for item in items if item.context is None]
    found = {}
    for index, item in enumerate(items):
        others = [one for one in alone if one is not item and (one.document is None or one.document != item.document)]
        if item.context is None and others:
            found[index] = replace(item, context=chance.choice(others).question)
    return found


def _stripped(item: GoldItem) -> GoldItem:
    context = fold(item.context) if item.context else item.context
    return replace(item, question=fold(item.question), context=context)
