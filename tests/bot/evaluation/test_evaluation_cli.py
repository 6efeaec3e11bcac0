"""`danvan evaluate` end to end over the five articles, with the small encoder."""

import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import GOLD, Run


def questions(kinds: Iterable[str]) -> list[str]:
    return [line for line in GOLD.read_text("utf-8").splitlines() if json.loads(line)["kind"] in kinds]


@pytest.fixture(scope="module")
def quick_indexed(quick_indexed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy: what is evaluated is noted down in the data folder."""
    return shutil.copytree(quick_indexed, tmp_path_factory.mktemp("evaluated") / "data")


@pytest.fixture(scope="module")
def gold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The questions typed in a hurry, which need the lexical channel, and those off the subject."""
    path = tmp_path_factory.mktemp("gold") / "hurried.jsonl"
    path.write_text("\n".join(questions(("unmarked", "offtopic"))), "utf-8")
    return path


@pytest.fixture(scope="module")
def evaluated(quick: Run, quick_indexed: Path, gold: Path) -> dict[str, Any]:
    done = quick("evaluate", str(gold), "--json", "--report", str(gold.parent / "out"), data_dir=quick_indexed)
    assert done.status == 0, done.err
    (line,) = done.out.splitlines()
    return dict(json.loads(line))


@pytest.fixture(scope="module")
def gate(evaluated: dict[str, Any], gold: Path) -> tuple[str, ...]:
    """Options that hold a run against the first one: no worse than it, question by question."""
    path = gold.parent / "gate.toml"
    path.write_text(f'[metrics]\n"recall@1" = {evaluated["metrics"]["recall@1"]}\n', "utf-8")
    return "--gate", str(path), "--baseline", str(gold.parent / "out" / "run.json")


def test_the_json_is_that_of_the_contract(evaluated: dict[str, Any], gold: Path) -> None:
    assert evaluated["n"] == len(gold.read_text("utf-8").splitlines())
    assert evaluated["generation"]
    assert {"recall@1", "recall@3", "recall@5", "mrr@10", "ndcg@10", "quote_accuracy", "answer_f1"} <= set(
        evaluated["metrics"]
    )
    assert {"auroc", "false_answers", "false_refusals", "ece"} <= set(evaluated["refusal"])
    assert {"recall@1", "drop"} <= set(evaluated["unmarked_twin"])
    assert 0 < evaluated["latency_ms"]["p50"] <= evaluated["latency_ms"]["p95"]
    assert set(evaluated["by_kind"]) == {"unmarked", "offtopic"}
    assert set(evaluated["by_split"]) == {"dev", "test"}
    assert evaluated["problems"] == []
    assert evaluated["run"]["settings"]["model"] == "bundled"
    page = (gold.parent / "out" / "index.html").read_text("utf-8")
    assert "hurried" in page
    assert json.loads((gold.parent / "out" / "run.json").read_text("utf-8")) == evaluated


def test_the_same_generation_gives_the_same_figures(
    quick: Run, quick_indexed: Path, gold: Path, evaluated: dict[str, Any], gate: tuple[str, ...]
) -> None:
    done = quick("evaluate", str(gold), "--json", *gate, data_dir=quick_indexed)
    assert done.status == 0, done.err
    again = json.loads(done.out)
    for name in ("metrics", "refusal", "unmarked_twin", "reliability", "counts", "intervals"):
        assert again[name] == evaluated[name]
    assert again["gate"] == {"passed": True, "kept": 1, "missed": []}
    assert again["comparison"]["changes"]["recall@1"]["won"] == again["comparison"]["changes"]["recall@1"]["lost"] == []


def test_a_worse_retriever_is_caught_by_the_gate_and_the_lost_questions_are_named(
    quick: Run, quick_indexed: Path, gold: Path, evaluated: dict[str, Any], gate: tuple[str, ...]
) -> None:
    worse = quick("evaluate", str(gold), *gate, data_dir=quick_indexed, dense_weight=1)
    assert worse.status == 3
    assert "gate: recall@1 is 0." in worse.err
    lost = next(line for line in worse.out.splitlines() if line.startswith("  lost: "))
    ids = {question["id"] for question in evaluated["questions"]}
    assert {id_.strip() for id_ in lost.removeprefix("  lost: ").split(",")} <= ids


def test_a_split_alone_and_several_sets(quick: Run, quick_indexed: Path, gold: Path, tmp_path: Path) -> None:
    off = tmp_path / "off.jsonl"
    off.write_text("\n".join(questions(("offtopic",))), "utf-8")
    evidence = next(line for line in questions(("direct",)) if json.loads(line)["split"] == "dev")
    one = tmp_path / "one.jsonl"
    one.write_text(evidence, "utf-8")
    done = quick(
        "evaluate",
        str(off),
        str(one),
        "--split",
        "dev",
        "--json",
        "--report",
        str(tmp_path / "r"),
        data_dir=quick_indexed,
    )
    assert done.status == 0, done.err
    runs = [json.loads(line) for line in done.out.splitlines()]
    assert [run["gold"] for run in runs] == ["off", "one"]
    assert runs[0]["by_split"]["dev"]["n"] == runs[0]["n"]
    assert runs[0]["metrics"]["recall@1"] is None
    assert sorted(path.name for path in (tmp_path / "r").iterdir()) == ["off", "one"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"id": "1", "question": "Ai?"}\n{"id"\n', "errors to correct: 2 (see above)"),
        ('{"id": "1", "question": "Ai?", "kind": "direct", "evidence": ["ông Nguyễn Văn Không"]}', "for others"),
        ("", "holds no question"),
    ],
)
def test_a_set_that_cannot_be_used_ends_in_one_line(
    quick: Run, quick_indexed: Path, tmp_path: Path, content: str, message: str
) -> None:
    path = tmp_path / "g.jsonl"
    path.write_text(content, "utf-8")
    done = quick("evaluate", str(path), data_dir=quick_indexed)
    assert done.status == 1
    assert done.out == ""
    assert message in done.err.splitlines()[-1]
    assert "Traceback" not in done.err


def test_documents_brought_along_are_quick_indexed_aside(quick: Run, tmp_path: Path) -> None:
    folder = tmp_path / "beir"
    folder.mkdir()
    passages = {"hn": "Hội nghị khai mạc ngày 5/3 tại Huế.", "bc": "Báo cáo nêu 12 giải pháp cho năm tới."}
    queries = {"1": ("Hội nghị ở đâu?", "hn", "Huế"), "2": ("Báo cáo nêu mấy giải pháp?", "bc", "12")}
    corpus = [{"_id": id_, "title": "Tin", "text": text} for id_, text in passages.items()]
    asked = [{"_id": id_, "text": text, "answers": [answer]} for id_, (text, _, answer) in queries.items()]
    for name, rows in (("corpus.jsonl", corpus), ("queries.jsonl", asked)):
        (folder / name).write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    (folder / "qrels.tsv").write_text("".join(f"{id_}\t{doc}\t1\n" for id_, (_, doc, _) in queries.items()), "utf-8")
    done = quick("evaluate", str(folder), "--json", data_dir=tmp_path / "data")
    assert done.status == 0, done.err
    run = json.loads(done.out)
    assert run["metrics"]["recall@1"] == 1
    assert run["gold"] == "beir"
    assert not (tmp_path / "data").exists()
