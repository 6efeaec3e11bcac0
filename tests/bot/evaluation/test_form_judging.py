"""Answers whose form is right, wrong or half right, each judged by a rule that can be worked out by hand."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answers import Answer, AnswerKind, AnswerText, Citation, Status, Verdict
from bot.evaluation.form_judging import judge_form, matched
from bot.evaluation.run import as_json, evaluate
from bot.gold.gold_items import AnswerType, GoldItem, GoldPart, GoldSet, Kind
from corpus.models import Passage
from embeddings.hits import Search
from embeddings.question.question import Question
from tests.bot.evaluation.evaluation_fakes import DOCUMENTS, item

LIST = "Dự có các đồng chí: Lê An, Bí thư; Vũ Bình, Chủ tịch; Hà Cúc, Phó Chủ tịch."


def cited(text: str, document: str = "a", rank: int = 1) -> Citation:
    passage = Passage(f"p{rank}", document, 0, 0, len(text), text)
    return Citation(replace(DOCUMENTS["a"], id=document), passage, text[:300], None, 1.0, rank)


def said(*texts: AnswerText | str, status: Status = Status.ANSWERED, verdict: Verdict | None = None) -> Answer:
    answers = tuple(AnswerText(text, 1) if isinstance(text, str) else text for text in texts)
    first = answers[0].text if answers else None
    kind = AnswerKind.YES_NO if verdict else AnswerKind.LIST
    return Answer("?", status, first, (cited(LIST),), 0.9, (), "g", 1.0, kind=kind, answers=answers, verdict=verdict)


def asked(kind: AnswerType, **rest: object) -> GoldItem:
    return item("q", "?", LIST, type=kind, **rest)


def test_items_are_matched_once_with_or_without_offices() -> None:
    assert matched(["Lê An", "Vũ Bình"], ["Lê An, Bí thư", "Vũ Bình, Chủ tịch", "Hà Cúc"]) == (
        1.0,
        pytest.approx(2 / 3),
    )
    assert matched(["Lê An", "Lê An"], ["Lê An"]) == (0.5, 1.0)
    assert matched([], ["Lê An"]) == (0.0, 0.0)


def test_a_list_is_handled_when_nearly_all_of_it_is_there_and_misleads_when_most_of_it_is_wrong() -> None:
    wanted = asked(AnswerType.LIST, items=("Lê An", "Vũ Bình", "Hà Cúc"))
    whole = judge_form(wanted, said("Lê An", "Vũ Bình", "Hà Cúc"))
    assert whole is not None
    assert (whole.handled, whole.misleading, whole.complete, whole.item_f1) == (True, False, True, 1.0)
    half = judge_form(wanted, said("Lê An"))
    assert half is not None
    assert (half.handled, half.misleading, half.complete, half.item_f1) == (False, False, False, pytest.approx(0.5))
    wrong = judge_form(wanted, said("Bí thư", "Chủ tịch", "Lê An"))
    assert wrong is not None
    assert (wrong.handled, wrong.misleading) == (False, True)
    refused = judge_form(wanted, said(status=Status.RELATED))
    assert refused is not None
    assert (refused.handled, refused.misleading, refused.item_f1) == (False, False, 0.0)


@pytest.mark.parametrize(
    ("shown", "right"),
    [("Vũ Bình", True), ("đồng chí Vũ Bình", True), ("Vũ Bình, Chủ tịch", True), ("Hà Cúc", False), ("Bình", False)],
)
def test_a_person_under_an_office_is_right_or_misleading(shown: str, right: bool) -> None:
    judged = judge_form(asked(AnswerType.OFFICE, answers=("Vũ Bình",)), said(shown))
    assert judged is not None
    assert (judged.handled, judged.misleading) == (right, not right)


def test_a_deputy_is_not_the_chief() -> None:
    judged = judge_form(asked(AnswerType.OFFICE, answers=("Phó Chủ tịch",)), said("Chủ tịch"))
    assert judged is not None
    assert judged.misleading


def test_verdicts_are_right_opposite_or_missing() -> None:
    wanted = asked(AnswerType.YES_NO, verdict=Verdict.NO)
    right, opposite = (
        judge_form(wanted, said("x", verdict=Verdict.NO)),
        judge_form(wanted, said("x", verdict=Verdict.YES)),
    )
    none = judge_form(wanted, said("x"))
    assert right is not None
    assert opposite is not None
    assert none is not None
    assert (right.verdict, right.handled, right.misleading) == (1, True, False)
    assert (opposite.verdict, opposite.handled, opposite.misleading) == (-1, False, True)
    assert (none.verdict, none.handled, none.misleading) == (0, False, True)


def test_parts_are_judged_each_by_its_own_citation_and_one_that_is_not_told_must_stay_empty() -> None:
    parts = (
        GoldPart("Ai là Bí thư", (LIST,), "Lê An"),
        GoldPart("ai vắng", (), None, answerable=False),
    )
    wanted = asked(AnswerType.COMPOUND, parts=parts)
    right = judge_form(wanted, said(AnswerText("Lê An", 1, part=0)))
    invented = judge_form(wanted, said(AnswerText("Lê An", 1, part=0), AnswerText("Hà Cúc", 1, part=1)))
    assert right is not None
    assert invented is not None
    assert (right.handled, right.parts, right.misleading) == (True, 1.0, False)
    assert (invented.handled, invented.parts, invented.misleading) == (False, 0.5, True)


def test_documents_are_shown_without_words_and_the_right_one_first() -> None:
    wanted = asked(AnswerType.DOCUMENTS, relevant={"a": 1, "b": 1})
    shown = Answer("?", Status.RELATED, None, (cited("x"), cited("y", "c", 2)), 0.5, (), "g", 1.0)
    assert judge_form(wanted, shown) is not None
    assert [
        judged.handled if (judged := judge_form(wanted, answer)) else None
        for answer in (
            shown,
            replace(shown, citations=(cited("y", "c"), cited("x", rank=2))),
            replace(shown, status=Status.ANSWERED),
        )
    ] == [True, False, False]


def test_counting_takes_the_number_or_the_things_counted() -> None:
    wanted = asked(AnswerType.COUNT, count=3, items=("Lê An", "Vũ Bình", "Hà Cúc"))
    for shown, right in (
        (said("Lê An", "Vũ Bình", "Hà Cúc"), True),
        (said("Lê An"), False),
        (said("3 đồng chí"), True),
    ):
        judged = judge_form(wanted, shown)
        assert judged is not None
        assert judged.handled is right


def test_nothing_to_find_is_handled_by_refusing() -> None:
    wanted = item("q", "?", None, type=AnswerType.SPAN)
    for status, handled in ((Status.ANSWERED, False), (Status.RELATED, True), (Status.NOT_FOUND, True)):
        judged = judge_form(wanted, said("Lê An", status=status))
        assert judged is not None
        assert (judged.handled, judged.misleading) == (handled, not handled)


class OneAnswer:
    def stands_alone(self, question: Question) -> bool:
        return True

    def explain(self, question: Question, top: int = 3) -> tuple[Answer, Search | None]:
        return said("Lê An", "Vũ Bình", "Hà Cúc"), None


def test_a_run_sums_forms_up_by_type() -> None:
    items = (
        asked(AnswerType.LIST, items=("Lê An", "Vũ Bình", "Hà Cúc")),
        replace(asked(AnswerType.OFFICE, answers=("Hà Cúc",)), id="q2"),
        replace(item("q3", "?", None, type=AnswerType.SPAN), kind=Kind.UNANSWERABLE),
        replace(item("q4", "?", LIST), id="q4"),
    )
    figures = as_json(evaluate(OneAnswer(), GoldSet(Path("s.jsonl"), items, checksum="c")))
    forms = figures["forms"]
    assert isinstance(forms, dict)
    assert forms["handled"] == pytest.approx(2 / 3)  # the list, and the name among the three
    assert forms["misleading"] == pytest.approx(1 / 3)
    assert (forms["list_f1"], forms["lists_complete"]) == (1, 1)
    assert forms["verdicts_right"] is None
    by_type = figures["by_type"]
    assert isinstance(by_type, dict)
    assert {name: part["n"] for name, part in by_type.items()} == {"span": 1, "office": 1, "list": 1}
    json.dumps(figures, allow_nan=False)
