"""`danvan gold add` as a tester types it, and `danvan gold check`."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.commands import gold_session
from bot.commands.gold_and_evaluate import gold
from corpus.errors import GoldError
from corpus.folder.reading_folder import read_folder
from embeddings.index.building import build
from embeddings.index.dense import DenseIndex
from embeddings.index.lexical import LexicalIndex
from embeddings.index.publishing import publish
from tests.bot.evaluation.evaluation_fakes import FakeAsker
from tests.embeddings.fakes import WordEncoder

OLD = '{"id": "direct-001", "question": "Năm 2019?", "kind": "direct", "evidence": ["3.300 mô hình"]}'


@pytest.fixture(autouse=True)
def _answers_from_fakes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    @contextmanager
    def fake(documents: Path | None, settings: object) -> Iterator[FakeAsker]:
        yield FakeAsker({})

    monkeypatch.setattr(gold_session, "answerer_for", fake)
    monkeypatch.setenv("DANVAN_DATA_DIR", str(tmp_path / "data"))


def add(file: Path, *typed: str) -> Result:
    return CliRunner().invoke(gold, ["add", str(file)], input="".join(f"{line}\n" for line in typed))


def rows(file: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def test_evidence_typed_word_for_word_is_found_and_added(tmp_path: Path) -> None:
    file = tmp_path / "g.jsonl"
    file.write_text(OLD, "utf-8")
    typed = ["Năm 2020 là năm gì?", "", "là  “Năm dân vận khéo”", "n", "năm dân vận", "dev", "", "y", "n"]
    result = add(file, *typed)
    assert result.exit_code == 0, result.output
    assert "Tổng kết <năm> 2019" in result.output
    assert file.read_text("utf-8").startswith(f"{OLD}\n")
    assert rows(file)[1] == {
        "id": "direct-002",
        "question": "Năm 2020 là năm gì?",
        "kind": "direct",
        "context": None,
        "answerable": True,
        "evidence": ["là “Năm dân vận khéo”"],
        "answer": "năm dân vận",
        "document": "a",
        "split": "dev",
    }


def test_without_evidence_at_hand_a_passage_and_a_sentence_are_picked(tmp_path: Path) -> None:
    file = tmp_path / "new.jsonl"
    typed = ["Hội nghị diễn ra khi nào?", "followup", "Năm 2020?", "", "9", "1", "2", "y", "9/1 rồi", "", "n"]
    # An impossible number is asked again; then other evidence is typed, an answer outside the evidence is refused.
    typed = [*typed[:7], "y", "Hải Phòng", "n", "10/1", "9/1", "none", "own-id", "y", "n"]
    result = add(file, *typed)
    assert result.exit_code == 0, result.output
    (row,) = rows(file)
    assert row["evidence"] == ["Hội nghị diễn ra ngày 9/1.", "Hải Phòng"]
    assert (row["id"], row["answer"], row["context"]) == ("own-id", "9/1", "Năm 2020?")
    assert "type a number from 0 to 3" in result.output
    assert "these words do not stand in the evidence" in result.output


def test_evidence_that_no_passage_holds_leads_to_a_search(tmp_path: Path) -> None:
    file = tmp_path / "g.jsonl"
    result = add(file, "Ở đâu?", "", "diễn ra tại Hà Nội", "0", "", "3", "0", "n", "", "", "", "y", "n")
    assert result.exit_code == 0, result.output
    assert "no passage holds these words" in result.output
    assert rows(file)[0]["evidence"] == ["Diễn đàn diễn ra tại Hải Phòng sáng 13/10."]


def test_an_unanswerable_question_needs_no_evidence_and_a_near_duplicate_is_remarked(tmp_path: Path) -> None:
    file = tmp_path / "g.jsonl"
    result = add(
        file, "Ai vắng mặt?", "unanswerable", "", "", "y", "y", "ai vang mat", "unanswerable", "", "", "n", "n"
    )
    assert result.exit_code == 0, result.output
    assert "nearly the same as unanswerable-001" in result.output
    assert [row["answerable"] for row in rows(file)] == [False]


def test_stopping_half_way_writes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "g.jsonl"
    file.write_text(OLD, "utf-8")
    assert add(file, "Năm 2020 là năm gì?", "", "là “Năm dân vận khéo”").exit_code == 1
    assert file.read_text("utf-8") == OLD
    assert [path.name for path in tmp_path.iterdir()] == ["g.jsonl"]


def test_tables_are_not_added_to(tmp_path: Path) -> None:
    assert isinstance(add(tmp_path / "g.csv", "x").exception, GoldError)


def check(file: Path, *options: str) -> Result:
    return CliRunner().invoke(gold, ["check", str(file), *options])


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    text = "Tổng kết năm 2019\n\nNgày 9/1, Ban tổ chức hội nghị. Cả nước có 3.300 mô hình dân vận khéo.\n"
    (folder / "tong-ket.txt").write_text(text, "utf-8")
    return folder


def test_check_names_every_problem_and_converts_a_sound_table(tmp_path: Path, documents: Path) -> None:
    table, converted = tmp_path / "g.csv", tmp_path / "g.jsonl"
    table.write_text(
        "id;question;kind;evidence;answer\nq1;Mấy mô hình?;direct;3.300 mô hình;3.300\nq2;Ai?;direct;ông A;\nq3;;;;\n",
        "utf-8-sig",
    )
    result = check(table, "--documents", str(documents), "--convert", str(converted))
    assert f"{table}, row 3: evidence stands in no document: 'ông A'" in result.output
    assert f"{table}, row 4: question is missing" in result.output
    assert isinstance(result.exception, GoldError)
    assert "3 errors to correct; 2 questions could be read" in str(result.exception)
    assert not converted.exists()
    table.write_text("id;question;kind;evidence\nq1;Mấy mô hình?;direct;3.300 mô hình\n", "utf-8-sig")
    assert check(table, "--documents", str(documents), "--convert", str(converted)).exit_code == 0
    assert rows(converted)[0]["evidence"] == ["3.300 mô hình"]


def test_check_against_the_published_index_loads_no_vectors(
    tmp_path: Path, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    publish(data, build(data, read_folder(documents).documents, WordEncoder()))
    monkeypatch.setattr(DenseIndex, "load", lambda *_: pytest.fail("vectors are loaded"))
    monkeypatch.setattr(LexicalIndex, "load", lambda *_: pytest.fail("words are loaded"))
    file = tmp_path / "g.jsonl"
    file.write_text(OLD, "utf-8")
    assert check(file).exit_code == 0
    file.write_text(OLD.replace("3.300", "3.301"), "utf-8")
    assert "evidence stands in no document: '3.301 mô hình'" in check(file).output


def test_check_says_when_the_folder_holds_nothing(tmp_path: Path) -> None:
    file = tmp_path / "g.jsonl"
    file.write_text(OLD, "utf-8")
    (tmp_path / "empty").mkdir()
    assert "holds no document" in str(check(file, "--documents", str(tmp_path / "empty")).exception)
