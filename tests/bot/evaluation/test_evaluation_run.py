"""A run over a few questions whose every figure is known, and what the judging rests on."""

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answers import Citation, Status
from bot.evaluation.judging import holds_words, is_quote_right, is_right, ranking_of
from bot.evaluation.run import Run, as_json, evaluate
from bot.gold.gold_items import GoldItem, GoldProblem, GoldSet, Kind, Split
from corpus.errors import GoldError
from corpus.models import Passage
from tests.bot.evaluation.evaluation_fakes import DOCUMENTS, PASSAGES, FakeAsker, Told, item

KHEO, CHINH_QUYEN, DIEN_DAN = "được chọn là “Năm dân vận khéo”", "3.300 mô hình", "tại Hải Phòng"
ITEMS = (
    item("q1", "Năm 2020?", KHEO, answers=("Năm dân vận khéo",), split=Split.DEV),
    item("q2", "Mấy mô hình?", CHINH_QUYEN, answers=("3.300",), split=Split.DEV),
    item("q3", "Ở đâu?", DIEN_DAN, split=Split.TEST, kind=Kind.FOLLOWUP, context="Diễn đàn khi nào?"),
    item("q4", "Ai vắng?", None, split=Split.DEV),
    item("q5", "thoi tiet", None, kind=Kind.OFFTOPIC, split=Split.TEST),
)
TOLD = {
    "Năm 2020?": Told(["khéo"], 0.95, quote="Năm 2020 được chọn là “Năm dân vận khéo”.", text="Năm dân vận khéo"),
    "Mấy mô hình?": Told(["khéo", "chính quyền"], 0.6, text="9/1"),
    "Ở đâu?": Told(["diễn đàn"], 0.3, Status.RELATED),
    "Ai vắng?": Told(["khéo"], 0.7),
    "thoi tiet": Told([], 0.0, Status.INVALID),
    "nam 2020?": Told(["khéo"], 0.9),
    "o dau?": Told(["khéo", "diễn đàn"], 0.9),
}


def run_of(asker: FakeAsker | None = None, items: tuple[GoldItem, ...] = ITEMS, split: Split | None = None) -> Run:
    return evaluate(asker or FakeAsker(TOLD), GoldSet(Path("set.jsonl"), items, checksum="c"), split=split)


def test_every_figure_of_a_known_run() -> None:
    figures = as_json(run_of())
    # Answerable: q1 found first, q2 second, q3 first.
    assert figures["metrics"] == pytest.approx(
        {
            "recall@1": 2 / 3,
            "recall@3": 1,
            "recall@5": 1,
            "mrr@10": (1 + 0.5 + 1) / 3,
            "ndcg@10": (1 + 1 / math.log2(3) + 1) / 3,
            "quote_accuracy": 2 / 3,
            "answer_f1": 1 / 2,
            "exact_match": 1 / 2,
        }
    )
    # Right first hits have 0.95 and 0.3, unanswerable questions 0.7 and 0: three of four pairs in order.
    # Answered are q1, q2 and q4; only q1 rightly. Of three answerable ones q3 was not answered.
    assert figures["refusal"] == pytest.approx(
        {
            "auroc": 3 / 4,
            "auroc_all": 4 / 6,
            "false_answers": 2 / 3,
            "false_refusals": 1 / 3,
            "coverage": 1 / 3,
            "answered_unanswerable": 1 / 2,
            "ece": (0.05 + 0.6 + 0.7 + 0.7 + 0.0) / 5,
        }
    )
    # Without marks q1 is found first, q2 not at all, q3 second.
    assert figures["unmarked_twin"] == pytest.approx(
        {"recall@1": 1 / 3, "drop": 1 / 3, "mrr@10": (1 + 0 + 0.5) / 3, "auroc": 1, "false_answers": 1 / 2}
    )
    # All stand alone but q3, which has a context: nothing changes after another question.
    assert figures["after_another"] == {
        "recall@1": 1 / 2, "drop": 0, "taken": 0, "false_answers": pytest.approx(2 / 3), "wrong_rise": 0,
    }  # fmt: skip
    assert figures["latency_ms"] == {"p50": 20, "p95": 20}
    assert figures["n"] == 5
    assert figures["generation"] == "g1"


def test_figures_by_kind_and_split_have_their_own_n() -> None:
    figures = as_json(run_of())
    kinds = figures["by_kind"]
    assert isinstance(kinds, dict)
    assert [(kind, part["n"]) for kind, part in kinds.items()] == [
        ("direct", 2),
        ("followup", 1),
        ("unanswerable", 1),
        ("offtopic", 1),
    ]
    assert kinds["direct"]["recall@1"] == 0.5
    assert kinds["direct"]["unmarked_twin"]["recall@1"] == 0.5
    assert kinds["unanswerable"]["recall@1"] is None
    assert kinds["unanswerable"]["counts"]["metrics"]["recall@1"] == 0
    assert kinds["unanswerable"]["refusal"]["answered_unanswerable"] == 1
    splits = figures["by_split"]
    assert isinstance(splits, dict)
    assert splits["dev"]["n"] == 3
    assert splits["dev"]["metrics"]["recall@1"] == 0.5
    assert splits["test"]["metrics"]["recall@1"] == 1
    assert run_of(split=Split.TEST).summary.n == 2


def test_questions_are_asked_in_their_context_and_again_without_marks_unless_there_are_none() -> None:
    asker = FakeAsker(TOLD)
    run_of(asker)
    asked = [(question.text, question.previous) for question, _ in asker.asked]
    assert asked == [
        ("Năm 2020?", None),
        ("Mấy mô hình?", None),
        ("Ở đâu?", "Diễn đàn khi nào?"),
        ("Ai vắng?", None),
        ("thoi tiet", None),
        ("nam 2020?", None),
        ("may mo hinh?", None),
        ("o dau?", "dien dan khi nao?"),
        ("ai vang?", None),
    ]


def test_a_complete_question_that_is_taken_for_a_follow_up_is_asked_after_a_stranger() -> None:
    asker = FakeAsker(TOLD, taken=frozenset({"Năm 2020?"}))
    run = run_of(asker)
    before = [question.previous for question, _ in asker.asked if question.text == "Năm 2020?"]
    assert before[0] is None
    assert before[1] in {"Mấy mô hình?", "Ai vắng?", "thoi tiet"}
    assert run.summary.figure("after_another", "taken").value == 1 / 4
    assert [outcome.after_another is None for outcome in run.outcomes] == [False, False, True, False, False]


def test_two_runs_give_the_same_figures_and_valid_json() -> None:
    first, second = as_json(run_of()), as_json(run_of())
    del first["run"], second["run"]
    assert first == second
    text = json.dumps(first, ensure_ascii=False, allow_nan=False)
    assert "dân vận khéo" in text


def test_a_run_says_how_to_repeat_it() -> None:
    settings = {"model": "bundled", "dense_weight": 0.5}
    record = evaluate(FakeAsker(TOLD), GoldSet(Path("s.jsonl"), ITEMS, checksum="c"), settings=settings).record
    assert record["settings"] == {"model": "bundled", "dense_weight": 0.5}
    assert record["gold_sha256"] == "c"
    assert {"created", "code", "python", "platform", "seed"} <= set(record)


def test_a_broken_set_and_an_empty_split_are_refused() -> None:
    broken = GoldSet(Path("s.jsonl"), ITEMS, (GoldProblem(Path("s.jsonl"), 4, "kind is missing"),))
    with pytest.raises(GoldError, match=r"s\.jsonl, row 4: kind is missing"):
        evaluate(FakeAsker(TOLD), broken)
    with pytest.raises(GoldError, match="no question of the split test"):
        run_of(items=ITEMS[:1], split=Split.TEST)


def citation(text: str, quote: str, document: str = "a") -> Citation:
    passage = Passage("p", document, 0, 0, len(text), text)
    return Citation(replace(DOCUMENTS["a"], id=document), passage, quote, None, 1.0, 1)


def test_a_hit_counts_in_any_document_after_nfc_and_white_space() -> None:
    wanted = item("q", "?", "dân vận  khéo", document="a")
    assert is_right(wanted, citation("năm dân\u00a0vận khe\u0301o", "", document="z"))
    assert not is_right(wanted, citation("năm Dân vận khéo", ""))
    assert not is_right(item("q", "?", None), citation("dân vận khéo", ""))


@pytest.mark.parametrize(
    ("quote", "right"),
    [
        ("Cả nước có 3.300 mô hình.", True),  # holds the evidence
        ("có 3.300", True),  # holds the answer
        ("có 13.300.", False),
        ("Cả nước", False),
        ("", False),
    ],
)
def test_a_quote_is_right_if_it_holds_evidence_or_answer(quote: str, right: bool) -> None:
    wanted = item("q", "?", "3.300 mô hình", answers=("3.300",))
    assert is_quote_right(wanted, citation("Cả nước có 3.300 mô hình. Và 13.300.", quote)) is right


def test_a_quote_out_of_a_wrong_passage_is_wrong_even_if_it_holds_the_answer() -> None:
    wanted = item("q", "?", "khai mạc năm 2019", answers=("2019",))
    assert is_quote_right(wanted, citation("bế mạc năm 2019", "năm 2019")) is False


def test_a_quote_inside_evidence_longer_than_a_quote_can_be_is_right() -> None:
    long = "Đồng chí phát biểu " * 20
    wanted = item("q", "?", long)
    assert is_quote_right(wanted, citation(f"Trước đó. {long}", "Đồng chí phát biểu")) is True
    assert is_quote_right(wanted, citation(f"Trước đó. {long}", "Trước đó.")) is False


def test_a_beir_set_judges_quotes_only_by_short_answers() -> None:
    judged = GoldItem("q", "?", Kind.DIRECT, relevant={"a": 1})
    assert is_quote_right(judged, citation("x 308 điểm", "308 điểm")) is None
    assert is_quote_right(replace(judged, answers=("308",)), citation("x 308 điểm", "308 điểm")) is True
    assert is_quote_right(replace(judged, answers=("308",)), citation("308", "308", document="z")) is False


def test_documents_count_once_and_evidence_once() -> None:
    judged = GoldItem("q", "?", Kind.DIRECT, relevant={"b": 1})
    hits = [citation("x", "", "a"), citation("y", "", "a"), citation("z", "", "b")]
    assert ranking_of(judged, hits).found == ["a", "b"]
    twice = [citation("x", ""), citation("có 3.300 mô hình", ""), citation("3.300 mô hình", "")]
    ranking = ranking_of(item("q", "?", "3.300 mô hình"), twice)
    assert [id_ in ranking.relevant for id_ in ranking.found] == [False, True, False]


def test_words_are_whole() -> None:
    assert holds_words("Năm 2020.", "2020")
    assert holds_words("NĂM DÂN  VẬN", "năm dân vận")
    assert not holds_words("12020", "2020")
    assert PASSAGES["khéo"].text.startswith("Năm")
