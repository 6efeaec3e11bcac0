"""Reading gold sets in every format, with every mistake named by its row."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from bot.gold.gold_files import read_gold, replace_file, write_gold
from bot.gold.gold_items import GoldItem, Kind, Split, collapse
from corpus.errors import GoldError

ROW = {
    "id": "q1",
    "question": "Năm 2020 là năm gì?",
    "kind": "direct",
    "context": None,
    "answerable": True,
    "evidence": ["được chọn là “Năm dân vận khéo”", "lấy năm 2020 làm “Năm dân vận khéo”"],
    "answer": "Năm dân vận khéo",
    "document": "tong-ket",
    "split": "dev",
}
ITEM = GoldItem(
    id="q1",
    question="Năm 2020 là năm gì?",
    kind=Kind.DIRECT,
    evidence=("được chọn là “Năm dân vận khéo”", "lấy năm 2020 làm “Năm dân vận khéo”"),
    answers=("Năm dân vận khéo",),
    document="tong-ket",
    split=Split.DEV,
    row=1,
)


def lines(path: Path, *rows: object) -> Path:
    path.write_text("".join(row if isinstance(row, str) else json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def sentences(path: Path) -> list[tuple[int, str]]:
    return [(problem.row, problem.sentence) for problem in read_gold(path).problems]


def test_a_line_of_json_becomes_an_item(tmp_path: Path) -> None:
    assert read_gold(lines(tmp_path / "g.jsonl", ROW)).items == (ITEM,)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    write_gold(tmp_path / "g.jsonl", [ITEM])
    text = (tmp_path / "g.jsonl").read_text("utf-8")
    assert text.endswith("}\n")
    assert "dân vận khéo" in text
    assert read_gold(tmp_path / "g.jsonl").items == (ITEM,)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"id": " "}, "id is missing"),
        ({"question": None}, "question is missing"),
        ({"question": ["Ai?"]}, "question must be text, not ['Ai?']"),
        ({"kind": "paraphrse"}, "kind 'paraphrse' is unknown; did you mean 'paraphrase'?"),
        ({"kind": None}, "kind is missing"),
        ({"answerable": "perhaps"}, "answerable must be true or false, not 'perhaps'"),
        ({"evidence": []}, "evidence is missing: an answerable question needs the words that answer it"),
        ({"evidence": [7]}, "evidence must be a list of texts, not [7]"),
        ({"answerable": False, "answer": None}, "evidence is given for a question that is not answerable"),
        ({"answerable": False, "evidence": []}, "an answer is given for a question that is not answerable"),
        ({"kind": "offtopic"}, "kind offtopic says that nothing answers it, answerable says the opposite"),
        ({"kind": "followup"}, "context is missing: a followup needs the question before it"),
        ({"evidnce": "x"}, "unknown column 'evidnce'; did you mean 'evidence'?"),
        ({"split": "train"}, "split 'train' is unknown; known are dev, test"),
    ],
)
def test_each_mistake_is_named_with_its_row_and_the_rest_is_read(
    tmp_path: Path, change: dict[str, object], sentence: str
) -> None:
    path = lines(tmp_path / "g.jsonl", ROW, ROW | {"id": "q2"} | change, ROW | {"id": "q3"})
    assert sentences(path) == [(2, sentence)]
    assert [item.id for item in read_gold(path).items] == ["q1", "q3"]


def test_broken_lines_other_values_and_repeated_ids_are_named(tmp_path: Path) -> None:
    path = lines(tmp_path / "g.jsonl", '{"id": \n', "\n", "[1]\n", ROW, ROW, "[" * 100_000)
    found = sentences(path)
    assert [row for row, _ in found] == [1, 3, 5, 6]
    assert found[0][1].startswith("broken JSON")
    assert found[1][1] == "expected a JSON object, not '[1]'"
    assert found[2][1] == "id 'q1' stands in row 4 already"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_table_is_the_same_set(tmp_path: Path, delimiter: str, encoding: str) -> None:
    header = delimiter.join(["ID", "question", "kind", "answerable", "evidence", "answer", "document", "split", ""])
    evidence = '"' + " || ".join(ROW["evidence"]) + '"'  # type: ignore[arg-type]
    cells = ["q1", "Năm 2020 là năm gì?", "direct", "TRUE", evidence, "Năm dân vận khéo", "tong-ket", "dev", ""]
    path = tmp_path / "g.csv"
    path.write_text(f"{header}\r\n{delimiter.join(cells)}\r\n{delimiter * 8}\r\n", encoding)
    (read,) = read_gold(path).items
    assert read.as_json() == ITEM.as_json()
    assert read.row == 2


def test_a_spreadsheet_is_the_same_set_and_evidence_may_stand_on_lines(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["id", "question", "kind", "answerable", "evidence", "answer", "document", "split"])
    evidence = "\n".join(ITEM.evidence)
    book.active.append(["q1", ITEM.question, "direct", True, evidence, ITEM.answers[0], "tong-ket", "dev"])
    book.active.append([2.0, "Bao nhiêu?", "direct", None, "có 3300 mô hình", 3300, None, None])
    book.active.append(["q3", "Thời tiết?", "offtopic", None, None, None, None, None])
    book.save(tmp_path / "g.xlsx")
    first, second, third = read_gold(tmp_path / "g.xlsx").items
    assert first.as_json() == ITEM.as_json()
    assert (second.id, second.answers, second.row) == ("2", ("3300",), 3)
    assert not third.answerable


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("g.csv", "id;kind\n1;direct\n", "no column named question"),
        ("g.csv", "id,question,id\n", "'id' stands there twice"),
        ("g.csv", 'id,question,kind\n1,"unclosed,direct\n', "not a well-formed CSV"),
        ("g.csv", "id,question,kind\n", "holds no question"),
        ("g.csv", "câu hỏi".encode("utf-16"), "not UTF-8"),
        ("g.jsonl", b'{"id": "1"}\n\xff\n', "row 2: not UTF-8"),
        ("g.jsonl", "\n", "holds no question"),
        ("g.xlsx", "no spreadsheet", "not a spreadsheet"),
        ("g.docx", "x", "not a gold set"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path: Path, name: str, content: str | bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(GoldError, match=message):
        read_gold(path)


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="cannot be read: No such file"):
        read_gold(tmp_path / "g.jsonl")


def test_a_cell_too_many_is_named(tmp_path: Path) -> None:
    path = tmp_path / "g.csv"
    path.write_text("id,question,kind,evidence\nq1,Ai, khi nào?,direct,x\n", "utf-8")
    ((row, sentence),) = sentences(path)
    assert row == 2
    assert sentence.startswith("5 cells but 4 columns")


def beir(folder: Path, qrels: str, *queries: object) -> Path:
    lines(folder / "corpus.jsonl", {"_id": "d1", "title": "", "text": "x"})
    lines(folder / "queries.jsonl", *queries)
    (folder / "qrels.tsv").write_text(qrels, "utf-8")
    return folder


@pytest.mark.parametrize("header", ["", "query-id\tcorpus-id\tscore\n"])
def test_a_beir_folder_is_judged_by_document(tmp_path: Path, header: str) -> None:
    queries = [{"_id": "1", "text": "Ai?", "answers": ["ông A", "A"]}, {"_id": "2", "text": "Khi nào?"}]
    gold = read_gold(beir(tmp_path, f"{header}1\td1\t1\n1\td2\t2\n1\td3\t0\n2\td3\t0\n", *queries))
    (item,) = gold.items
    assert item.relevant == {"d1": 1, "d2": 2}
    assert item.answers == ("ông A", "A")
    assert gold.documents == tmp_path
    assert [problem.serious for problem in gold.problems] == [False]  # query 2 has no relevant document


def test_beir_mistakes_are_named(tmp_path: Path) -> None:
    queries = [{"_id": "1", "text": "Ai?"}, {"_id": "1", "text": "Ai?"}, {"text": "x"}, {"_id": "4", "text": " "}]
    gold = read_gold(beir(tmp_path, "1\td1\t1\n1\td1\tmuch\n1\t\n", *queries))
    assert [(problem.path.name, problem.row) for problem in gold.problems] == [
        ("qrels.tsv", 2),
        ("qrels.tsv", 3),
        ("queries.jsonl", 2),
        ("queries.jsonl", 3),
        ("queries.jsonl", 4),
    ]
    (tmp_path / "qrels.tsv").unlink()
    with pytest.raises(GoldError, match=r"qrels\.tsv is missing"):
        read_gold(tmp_path)


def test_a_file_is_replaced_whole_and_keeps_its_permissions(tmp_path: Path) -> None:
    path, link = tmp_path / "g.jsonl", tmp_path / "link.jsonl"
    path.write_bytes(b"old")
    path.chmod(0o640)
    link.symlink_to(path)
    replace_file(link, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640
    assert link.is_symlink()
    assert sorted(tmp_path.iterdir()) == [path, link]
    with pytest.raises(GoldError, match="cannot be written"):
        replace_file(tmp_path / "nowhere" / "g.jsonl", b"new")


@given(st.text())
def test_collapsing_is_idempotent_and_leaves_no_runs_of_white_space(text: str) -> None:
    once = collapse(text)
    assert collapse(once) == once
    assert "  " not in once
    assert "\u00a0" not in once


FORMS: dict[str, dict[str, Any]] = {
    "list": {"type": "list", "items": ["a", "b"]},
    "verdict": {"type": "yes_no", "verdict": "no"},
    "parts": {
        "type": "compound",
        "parts": [
            {"question": "Ai?", "evidence": ["x"], "answer": "x", "answerable": True},
            {"question": "Khi nào?", "evidence": [], "answer": None, "answerable": False},
        ],
    },
    "count": {"type": "count", "count": 2, "language": "en"},
}


@pytest.mark.parametrize("name", FORMS)
def test_the_form_of_an_answer_is_read_and_written(tmp_path: Path, name: str) -> None:
    cells = {"id": "1", "question": "?", "kind": "direct", "evidence": ["x a b"], **FORMS[name]}
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(cells), "utf-8")
    gold = read_gold(path)
    assert not gold.problems
    written = gold.items[0].as_json()
    assert {key: written[key] for key in FORMS[name]} == FORMS[name]


def test_questions_for_documents_are_judged_by_them(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    cells = {"id": "1", "question": "?", "kind": "direct", "type": "documents", "documents": ["a", "b"]}
    path.write_text(json.dumps(cells), "utf-8")
    assert read_gold(path).items[0].relevant == {"a": 1, "b": 1}


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"type": "list"}, "items are missing"),
        ({"type": "yes_no"}, "verdict must be given"),
        ({"type": "compound"}, "parts are missing"),
        ({"type": "overview", "evidence": []}, "documents are missing"),
        ({"type": "lst"}, "did you mean 'list'"),
        ({"language": "fr"}, "language 'fr' is unknown"),
        ({"count": "two"}, "count must be a whole number"),
        ({"parts": [{"question": "?", "answerable": True}]}, "part 1: evidence must be given"),
        ({"parts": "a || b"}, "parts must be a list of objects"),
    ],
)
def test_a_form_that_cannot_be_is_named(tmp_path: Path, cells: dict[str, object], problem: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"id": "1", "question": "?", "kind": "direct", "evidence": ["x"], **cells}), "utf-8")
    assert problem in " ".join(map(str, read_gold(path).problems))
