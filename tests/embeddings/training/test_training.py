"""Training the reader: where questions come from, what is made of them, and a run that is stopped and goes on."""

import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from embeddings.encoder.bundled_encoder import load_bundled
from embeddings.reading.loading_reader import read_with
from embeddings.reading.windows import LONGEST_WINDOW, Features
from embeddings.training import train as training
from embeddings.training.examples import Plan, examples
from embeddings.training.export import export
from embeddings.training.figures import figures, token_f1
from embeddings.training.negatives import elsewhere, swapped
from embeddings.training.recipe import STAGES
from embeddings.training.training_texts import Asked, Paragraph, Text, is_own, parse_texts, read_texts, read_xquad

RAW = """# Họp thôn
family: hop-thon
P: Sáng 5/3/2019, thôn Đồng Văn họp; ông Lò Văn Sinh chủ trì. Chiều 6/3/2019, ông Sinh báo cáo xã.
+ ai chủ trì? || Lò Văn Sinh
+ họp ngày nào? || 5/3/2019
+ ai báo cáo? || Sinh || ông Sinh báo cáo
- year || năm 2017 ai chủ trì?

P: Cả thôn có 80 hộ.
+ bao nhiêu hộ? || 80
"""


@pytest.fixture(scope="module")
def features() -> Features:
    bundled: Any = load_bundled(torch.float32)[0]
    return Features(bundled.tokenizer)


def test_texts_as_they_are_written() -> None:
    [text] = parse_texts(RAW)
    first, second = text.paragraphs
    assert (text.title, text.family, len(first.asked), len(second.asked)) == ("Họp thôn", "hop-thon", 4, 1)
    for asked in first.asked[:3]:
        assert asked.answer
        begin, words = asked.answer
        assert first.text[begin : begin + len(words)] == words
    assert first.asked[2].answer == (first.text.rindex("Sinh"), "Sinh")
    assert first.asked[3] == Asked("năm 2017 ai chủ trì?", None, "year")


@pytest.mark.parametrize(
    "line", ["+ ai? || Nguyễn", "+ ai? || ông", "+ ai? || Sinh || ông", "was ist das", "+ ai? || x || Đồng Văn"]
)
def test_a_line_that_cannot_be_used_is_named(line: str) -> None:
    with pytest.raises(ValueError, match=r"cannot be read|must stand exactly once"):
        list(
            parse_texts(RAW + line + "\nP: x\n" if line.startswith("was") else RAW.replace("- year", f"{line}\n- year"))
        )


def test_what_was_written_for_this_project() -> None:
    texts = list(read_texts())
    asked = [asked for text in texts for paragraph in text.paragraphs for asked in paragraph.asked]
    assert len({text.family for text in texts}) == len(texts)
    assert sum(question.answer is not None for question in asked) > 3000
    assert sum(question.answer is None for question in asked) > 1500
    assert {question.sort for question in asked if question.answer is None} == {
        "year", "name", "place", "number", "role", "subject", "neighbour"
    }  # fmt: skip
    assert 0.1 < sum(text.validation for text in texts) / len(texts) < 0.3


def test_no_gold_question_was_trained_on() -> None:
    gold = Path(__file__).parents[2] / "gold"
    tested = {
        json.loads(line)["question"].lower().rstrip(" ?")
        for path in (gold / "articles.jsonl", gold / "practice" / "questions.jsonl")
        for line in path.read_text("utf-8").splitlines()
    }
    trained = {
        asked.question.lower().rstrip(" ?")
        for text in read_texts()
        for paragraph in text.paragraphs
        for asked in paragraph.asked
        if len(asked.question.split()) > 4
    }
    assert not tested & trained


def test_xquad_as_it_is_published(tmp_path: Path) -> None:
    article = {
        "title": "Super_Bowl",
        "paragraphs": [
            {
                "context": "Trận đấu ngày 7/2 tại Santa Clara.",
                "qas": [
                    {"question": "Ở đâu?", "answers": [{"text": "Santa Clara", "answer_start": 22}]},
                    {"question": "Sai chỗ?", "answers": [{"text": "Santa Clara", "answer_start": 3}]},
                ],
            }
        ],
    }
    (tmp_path / "vi.json").write_text(json.dumps({"data": [article] * 8}), "utf-8")
    texts = list(read_xquad(tmp_path, ["vi"]))
    assert [text.validation for text in texts] == [False] * 2 + [True] * 6
    assert texts[0].title == "Super Bowl"
    assert texts[0].paragraphs[0].asked == (Asked("Ở đâu?", (22, "Santa Clara")),)
    assert not is_own(texts[0])


def test_swaps() -> None:
    rng = random.Random(0)
    paragraph = "Năm 2019, thôn Đồng Văn có 80 hộ."
    found = {swapped("Năm 2019 ở Đồng Văn", paragraph, ["Tân Lập", "Đồng Văn"], rng) for _ in range(60)}
    sorts = {asked.sort for asked in found if asked}
    assert sorts == {"year", "name"}
    assert all(asked is None or asked.answer is None for asked in found)
    assert all(asked is None or ("2019" not in asked.question) != ("Đồng Văn" not in asked.question) for asked in found)
    assert swapped("vì sao?", paragraph, ["Tân Lập"], rng) is None


def test_another_paragraph_never_holds_the_answer() -> None:
    [text] = parse_texts(RAW)
    rng = random.Random(0)
    assert elsewhere("Lò Văn Sinh", text.paragraphs[0], text, rng) is text.paragraphs[1]
    assert elsewhere("thôn", text.paragraphs[0], text, rng) is None


def test_examples_point_at_the_answer(features: Features) -> None:
    long = "Câu này không nói gì cả. " * 120
    answer = "Lò Thị Pha"
    text = Text(
        "t",
        "vi",
        "Đầu đề",
        (Paragraph(f"{long}Bà {answer} chủ trì.", (Asked("ai?", (len(long) + 3, answer)),)),),
        False,
    )
    made = examples([text], Plan({"own": 40}, swaps=0, others=0), features, 0)
    assert len(made) == 40
    assert {len(example.ids) <= LONGEST_WINDOW for example in made} == {True}
    wanted = features.tokens(f"Bà {answer}").ids[1:]
    assert all(example.ids[example.start : example.end + 1] == wanted for example in made)
    assert len({example.start for example in made}) > 10
    assert made == examples([text], Plan({"own": 40}, swaps=0, others=0), features, 0)


def test_questions_without_answer_point_at_the_first_token(features: Features) -> None:
    made = examples(list(parse_texts(RAW)), Plan({"own": 5}, swaps=1, others=1), features, 0)
    assert sum((example.start, example.end) == (0, 0) for example in made) >= 5
    assert sum(example.start > 0 for example in made) == 20


def test_token_f1() -> None:
    assert token_f1(["a", "b"], ["b", "c"]) == 0.5
    assert token_f1([], ["a"]) == 0


class _StopError(Exception):
    pass


def test_a_stopped_run_goes_on_where_it_was(
    tmp_path: Path, features: Features, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = list(parse_texts(RAW))
    shown = examples(texts, Plan({"own": 4}, swaps=0, others=0), features, 0)[:12]
    stage = replace(STAGES[0], steps=4, batch=2, warmup=0, rate=1e-3)
    monkeypatch.setattr(training, "_SAVE_STEPS", 2)
    _stop_after(3, monkeypatch)
    with pytest.raises(_StopError):
        training.train(stage, training.adapted(None), shown, tmp_path / "run")
    monkeypatch.undo()
    assert (tmp_path / "run" / "checkpoint-2").is_dir()
    adapter = training.train(stage, training.adapted(None), shown, tmp_path / "run")
    states = [json.loads(path.read_text()) for path in (tmp_path / "run").glob("checkpoint-4/trainer_state.json")]
    assert [state["global_step"] for state in states] == [4]
    target = tmp_path / "reader.safetensors"
    export(adapter, target, {"name": "small"})
    reader = read_with(target)
    assert reader.name == "small"
    assert figures(reader, texts, titled=True)["questions"] == 4


def _stop_after(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[int] = []
    collate = training._collate

    def counted(batch: list[dict[str, object]]) -> dict[str, torch.Tensor]:
        steps.append(1)
        if len(steps) > number:
            raise _StopError
        return collate(batch)

    monkeypatch.setattr(training, "_collate", counted)
