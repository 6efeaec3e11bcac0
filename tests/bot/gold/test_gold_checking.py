"""Checking a gold set against documents, and adding to it."""

import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.gold.gold_checking import append_item, check_gold, find_evidence, items_of, near_duplicates
from bot.gold.gold_items import GoldItem, GoldSet, Kind
from corpus.errors import GoldError
from tests.bot.evaluation.evaluation_fakes import DOCUMENTS, PASSAGES, item


def check(*items: GoldItem) -> list[tuple[str, bool]]:
    found = check_gold(GoldSet(Path("g.jsonl"), items), DOCUMENTS, PASSAGES.values())
    return [(problem.sentence, problem.serious) for problem in found]


RIGHT = item(
    "q1", "Năm 2020 là năm gì?", "được chọn là “Năm dân vận khéo”", answers=("năm Dân vận khéo",), document="a"
)


def test_a_sound_set_has_no_problem() -> None:
    assert check(RIGHT, item("q2", "Ai vắng mặt?", None)) == []


def test_evidence_is_compared_in_nfc_with_white_space_collapsed() -> None:
    decomposed = unicodedata.normalize("NFD", "được\u00a0chọn \n là “Năm dân vận khéo”")
    assert check(item("q1", "?", decomposed)) == []


def test_what_does_not_fit_the_documents_is_named() -> None:
    assert check(RIGHT, item("q2", "Ở đâu?", "tại Hà Nội")) == [("evidence stands in no document: 'tại Hà Nội'", True)]
    ((across, serious),) = check(RIGHT, item("q2", "Khi nào?", "ngày 9/1. Năm 2019"))
    assert across.startswith("evidence lies across two passages")
    assert serious
    assert check(item("q1", "Khi nào?", "ngày 9/1", answers=("10/1",))) == [
        ("answer '10/1' does not stand in its evidence", True)
    ]
    assert check(item("q1", "Khi nào?", "ngày 9/1", document="b")) == [("there is no document 'b'", False)]


def test_a_set_for_other_documents_is_recognised_as_a_whole() -> None:
    found = check(item("q1", "Ai?", "ông A"), item("q2", "Ở đâu?", "tại Huế"))
    assert found[0][0].startswith("none of the evidence stands in these documents")
    assert len(found) == 3


def test_a_beir_set_must_find_its_documents() -> None:
    judged = GoldItem("q1", "Ai?", Kind.DIRECT, relevant={"a": 1, "z": 1})
    assert check(judged) == [("relevant document 'z' is not in the corpus", True)]


def test_near_duplicates_are_those_that_ask_the_same() -> None:
    items = [
        item("q1", "Hội nghị tổng kết năm dân vận diễn ra ngày nào ở đâu vậy, năm 2019?", "x"),
        item("q2", "hoi nghi tong ket nam dan van dien ra ngay nao o dau vay nam 2019", "x"),
        item("q3", "Hội nghị tổng kết năm dân vận diễn ra ngày nào ở đâu vậy, năm 2020?", "x"),
        item("q4", "Hội nghị tổng kết năm dân vận diễn ra ngày nào ở đâu vậy, năm 2019?", None),
        item("q5", "Hội nghị tổng kết năm dân vận diễn ra ngày nào ở đâu vậy, năm 2019?", "x", context="Ai nói?"),
    ]
    assert [(first.id, second.id) for first, second in near_duplicates(items)] == [("q1", "q2")]
    assert check(*items)[-1] == ("asks nearly the same as row 0 (q1)", False)


def test_evidence_finds_its_passages() -> None:
    assert find_evidence("Năm  2019 là", PASSAGES.values()) == [PASSAGES["chính quyền"]]
    assert find_evidence(" ", PASSAGES.values()) == []


@pytest.mark.parametrize("before", ["", "\n", "{0}", "{0}\n"])
def test_an_item_is_appended_and_what_is_there_stays(tmp_path: Path, before: str) -> None:
    path = tmp_path / "g.jsonl"
    old = '{"id":"q0",  "question":"Ai?","kind":"offtopic"}'
    path.write_text(before.format(old), "utf-8")
    append_item(path, RIGHT)
    text = path.read_text("utf-8")
    assert text.startswith(before.format(old))
    assert text.endswith("}\n")
    assert [item.id for item in items_of(path)] == (["q0", "q1"] if "{0}" in before else ["q1"])
    with pytest.raises(GoldError, match="holds an item 'q1' already"):
        append_item(path, RIGHT)
    assert path.read_text("utf-8") == text


def test_an_item_starts_a_file_but_no_folder_and_no_table(tmp_path: Path) -> None:
    append_item(tmp_path / "new.jsonl", RIGHT)
    assert items_of(tmp_path / "new.jsonl")[0].as_json() == RIGHT.as_json()
    with pytest.raises(GoldError, match="no folder"):
        append_item(tmp_path / "nowhere" / "g.jsonl", RIGHT)
    with pytest.raises(GoldError, match=r"not a \.jsonl file"):
        append_item(tmp_path / "g.csv", RIGHT)


def test_two_testers_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "g.jsonl"
    items = [item(f"q{n}", f"Câu {n}?", "x") for n in range(24)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda one: append_item(path, one), items))
    assert {one.id for one in items_of(path)} == {one.id for one in items}
