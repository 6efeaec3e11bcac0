"""Training the networks: texts, what is prepared of them, batches, and a run that is stopped and goes on."""

import dataclasses
import gzip
import json
import random
from pathlib import Path

import numpy as np
import pytest
import torch

from corpus.vietnamese import fold
from embeddings.index.corpus_language import START
from embeddings.network.adapters import shipped as shipped_file
from embeddings.network.bundled_weights import build_tokenizer, open_weights
from embeddings.network.network import Network as Engine
from embeddings.network.prepared import prepare as prepare_engine
from embeddings.question.general_language import run_of
from embeddings.syllables import canonical
from embeddings.training import __main__ as program
from embeddings.training import export, prepare, syllable_runs
from embeddings.training.base import read_base, write_base
from embeddings.training.batches import Sampler
from embeddings.training.losses import reading_losses, search_losses
from embeddings.training.mining import mine
from embeddings.training.negatives import swapped
from embeddings.training.network import HEADS_OF_READER, Network, read
from embeddings.training.prepared import CONTENT, EOS, KINDS, NEAR_MISS, Mined, Prepared, Ragged
from embeddings.training.public_sets import read_law_headings, read_public
from embeddings.training.recipe import MISTAKEN_WEIGHT
from embeddings.training.training_texts import OWN, Asked, parse_texts, read_texts
from embeddings.training.typing_variants import VARIANTS, variants

RAW = """# Họp thôn
family: hop-xa
P: Sáng 5/3/2019, thôn Đồng Văn họp; ông Lò Văn Sinh chủ trì. Chiều 6/3/2019, ông Sinh báo cáo xã.
+ office | ai chủ trì? || Lò Văn Sinh
+ span.para | bữa họp thôn là hôm nào? || 5/3/2019
+ span.follow | họp ngày nào? >> ai báo cáo? || Sinh || ông Sinh báo cáo
+ list | họp những ngày nào? || 5/3/2019 ;; 6/3/2019
+ yes | có phải ông Sinh báo cáo xã không? || ông Sinh báo cáo xã
- year | năm 2017 ai chủ trì? || Lò Văn Sinh

P: Cả thôn có 80 hộ.
+ span | bao nhiêu hộ? || 80
"""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as `prepare` writes it, of two texts and a small published set."""
    folder = tmp_path_factory.mktemp("prepared")
    data = folder / "data"
    (data / "laws_vn").mkdir(parents=True)
    with gzip.open(data / "laws_vn" / "articles.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps({"law": "x", "text": "Điều 1. Phạm vi\n\nLuật này quy định về dân vận."}) + "\n")
    preparer = prepare.Preparer(build_tokenizer(open_weights().vocabulary))
    preparer.add(list(parse_texts(RAW + RAW.replace("hop-xa", "hop-ban").replace("Sinh", "Páo"))))
    preparer.add_headings(read_law_headings(data))
    found = preparer.finish()
    found.save(folder / "prepared.npz")
    write_base(found.vocabulary, folder / "base.npz")
    return folder


def test_texts_as_they_are_written() -> None:
    [text] = parse_texts(RAW)
    first, second = text.paragraphs
    assert (text.title, text.family, len(first.asked), len(second.asked)) == ("Họp thôn", "hop-xa", 6, 1)
    said = [[first.text[start:end] for start, end in asked.answers] for asked in first.asked]
    assert said == [["Lò Văn Sinh"], ["5/3/2019"], ["Sinh"], ["5/3/2019", "6/3/2019"], ["ông Sinh báo cáo xã"], []]
    assert first.asked[2].previous == "họp ngày nào?"
    assert first.asked[5].tempting == (first.text.index("Lò"), first.text.index("Lò") + len("Lò Văn Sinh"))


@pytest.mark.parametrize(
    "line",
    [
        "+ span | ai? || Nguyễn",
        "+ span | ai? || ông",
        "+ span | ai? || Sinh || ông",
        "+ nothing | ai? || Sinh",
        "+ span.follow | ai? || Lò Văn Sinh",
        "+ list | ngày nào? || 6/3/2019 ;; 5/3/2019",
        "- year | ai? || Nguyễn",
        "was ist das",
    ],
)
def test_a_line_that_cannot_be_used_is_named(line: str) -> None:
    with pytest.raises(ValueError, match=r"cannot be read|must stand|does not stand|do not stand|needs the question"):
        list(parse_texts(RAW.replace("- year | năm", f"{line}\n- year | năm")))


def test_every_text_of_ours_can_be_used() -> None:
    texts = list(read_texts())
    asked = [asked for text in texts for paragraph in text.paragraphs for asked in paragraph.asked]
    assert len(texts) >= 400
    assert len(asked) >= 16_000
    assert 0.2 < sum(not a.answers for a in asked) / len(asked) < 0.4
    near_misses = {"year", "name", "place", "number", "role", "subject", "neighbour", "body", "document", "polarity"}
    assert near_misses <= {a.kind for a in asked if not a.answers}
    kept = {text.family for text in texts if text.validation}
    assert 0.1 < len(kept) / len({text.family for text in texts}) < 0.3
    assert not kept & {text.family for text in texts if not text.validation}


def test_no_gold_question_was_trained_on() -> None:
    """Of a few words alone, such as `họp ở đâu`, the same may be asked of anything."""
    gold = Path(__file__).parents[2] / "gold"
    tested = {
        fold(json.loads(line)["question"]).rstrip(" ?")
        for path in (*gold.glob("*.jsonl"), gold / "practice" / "questions.jsonl")
        for line in path.read_text("utf-8").splitlines()
    }
    trained = {
        fold(asked.question).rstrip(" ?")
        for text in read_texts()
        for paragraph in text.paragraphs
        for asked in paragraph.asked
        if len(asked.question.split()) > 4
    }
    assert len(tested) > 1000
    assert not tested & trained


def test_runs_of_syllables_are_counted() -> None:
    counted = syllable_runs.count(["Dân vận khéo", "dân vận", "Vận dân", *syllable_runs.written(parse_texts(RAW))])
    assert counted[run_of("dân", canonical("vận"))] == 2
    assert counted[run_of(canonical("vận"), "dân")] == 0  # seen once
    assert (counted["dân"], counted[canonical("vận")]) == (3, 3)
    assert counted[run_of(START, "dân", canonical("vận"))] == 2
    assert counted[run_of("dân", canonical("vận"), canonical("khéo"))] == 0
    assert counted[run_of("ai", canonical("chủ"))] == 2
    assert counted[START] == counted[run_of(START, START)] >= 3
    assert counted[run_of()] > 9


def test_published_sets_are_read_as_far_as_they_are_there(tmp_path: Path) -> None:
    assert list(read_public(tmp_path)) == []
    context = "Hà Nội là thủ đô."
    questions = [
        {"question": "thủ đô là gì?", "answers": {"text": ["Hà Nội"], "answer_start": [0]}},
        {"question": "sông nào?", "is_impossible": True, "plausible_answers": [{"text": "thủ đô", "answer_start": 10}]},
        {"question": "hỏng?", "answers": [{"text": "không có", "answer_start": 3}]},
    ]
    path = tmp_path / "idk_mrc" / "train.json.gz"
    path.parent.mkdir()
    with gzip.open(path, "wt", encoding="utf-8") as file:
        json.dump([{"context": context, "qas": questions}], file)
    [text] = read_public(tmp_path)
    first, second = text.paragraphs[0].asked
    assert (first.answers, second.answers, second.tempting) == (((0, 6),), (), (10, 16))


def test_a_question_with_another_year_is_not_answered_any_more() -> None:
    asked = Asked("năm 2019 ai họp?", "span", ((0, 3),))
    twin = swapped(asked, "Sáng 5/3/2019 họp.", ["Đồng Văn"], random.Random(0))
    assert twin is not None
    assert (twin.answers, twin.tempting, twin.kind) == ((), (0, 3), "year")
    assert "2019" not in twin.question
    assert swapped(Asked("ai họp?", "span", ((0, 3),)), "Sáng họp.", [], random.Random(0)) is None


def test_a_question_is_typed_in_several_ways() -> None:
    ways = variants("Ai chủ trì hội nghị?", "vi", random.Random(1))
    assert len(ways) == VARIANTS
    assert ways[:3] == ["Ai chủ trì hội nghị?", "ai chủ trì hội nghị", "ai chu tri hoi nghi"]


def test_windows_hold_their_answers(prepared: Path) -> None:
    data = Prepared.load(prepared / "prepared.npz")
    sampler = Sampler(data, 0)
    asked = next(q for q in range(len(data.kind)) if data.kind[q] == KINDS.index("list"))
    [windows] = sampler.windows([(asked, int(data.passage_of[asked]))], 1, variant=0)
    row = windows.ids[0].tolist()
    tokenizer = build_tokenizer(open_weights().vocabulary)
    items = [
        "".join(str(tokenizer.id_to_token(int(data.vocabulary[i]))) for i in row[first : last + 1]).strip("▁")
        for first, last in windows.answers[0].tolist()
        if first >= 0
    ]
    assert items == ["5/3/2019", "6/3/2019"]
    assert windows.passage[0, int(windows.answers[0, 0, 0])]
    assert bool(windows.answered[0])
    missed = next(q for q in range(len(data.kind)) if data.kind[q] == NEAR_MISS)
    [windows] = sampler.windows([(missed, int(data.passage_of[missed]))], 1)
    assert not bool(windows.answered[0])


def test_passages_of_one_question_are_told_from_each_other_in_one_part(prepared: Path) -> None:
    data = Prepared.load(prepared / "prepared.npz")
    several = 0
    for windows in next(Sampler(data, 0).reading(8, 2, 8, 4, 2)):
        asked = [row[: row.index(EOS)] for row in windows.ids.tolist()]
        for number in set(windows.rival.tolist()):
            rows = [place for place, rival in enumerate(windows.rival.tolist()) if rival == number]
            assert all(asked[place] == asked[rows[0]] for place in rows)
            assert sum(bool(windows.answered[place]) for place in rows) <= 1
            several += len(rows) > 1
    assert several


def test_what_an_encoder_is_mistaken_about_is_drawn_oftener(prepared: Path) -> None:
    data = Prepared.load(prepared / "prepared.npz")
    torch.manual_seed(0)
    mined = mine(Network(read_base(prepared / "base.npz"), 2), data, (OWN,))
    own = data.source_names.index(OWN)
    trained = np.flatnonzero((data.source == own) & (data.kind != NEAR_MISS) & (data.validation == 0))
    for question in trained.tolist():
        known = [passage for passage in mined.negatives[question].tolist() if passage >= 0]
        assert int(data.passage_of[question]) not in known
    mistaken = np.zeros(len(data.kind), np.int32)
    mistaken[trained[0]] = 1
    sampler = Sampler(data, 0, Mined(mined.negatives, mistaken))
    sampler._answered = [(1.0, trained)]
    drawn = [sampler._draw(sampler._answered, 1)[0] for _ in range(600)]
    expected = 600 * MISTAKEN_WEIGHT / (MISTAKEN_WEIGHT + len(trained) - 1)
    assert abs(drawn.count(int(trained[0])) - expected) < 5 * expected**0.5


def test_passages_are_asked_about_with_several_questions_that_they_alone_answer(prepared: Path) -> None:
    data = Prepared.load(prepared / "prepared.npz")
    sampler = Sampler(data, 0)
    trained = (data.validation == 0) & (data.kind != NEAR_MISS)
    for batch in (next(sampler.search(4, 1, beside=2)) for _ in range(8)):
        asked = np.bincount(batch.own.numpy(), minlength=len(batch.passages.ids))
        assert asked.max() == 2
        assert batch.hidden.shape == (len(batch.own), len(batch.passages.ids))
        assert not batch.hidden[torch.arange(len(batch.own)), batch.own].any()
    question = next(q for q in np.flatnonzero(trained).tolist() if np.diff(data.answers[q][0])[0] >= CONTENT)
    own = int(data.passage_of[question])
    everywhere = Ragged.of([data.passages[own].tolist()] * len(data.passages))
    sampler._data = dataclasses.replace(data, passages=everywhere)
    passages = range(len(everywhere))
    assert sampler._hidden(question, passages) == [passage != own for passage in passages]


def test_losses_can_be_computed_of_any_batch(prepared: Path) -> None:
    data = Prepared.load(prepared / "prepared.npz")
    torch.manual_seed(0)
    model = Network(read_base(prepared / "base.npz"), 2, HEADS_OF_READER)
    sampler = Sampler(data, 0)
    with torch.autocast("cpu", torch.bfloat16):
        found = search_losses(model, next(sampler.search(8, 1)), 0.02)
        alike = next(sampler.search(4, 1, beside=2))
        told_apart = search_losses(model, alike, 0.02)["search"]
        alike.hidden[:] = True
        alike.hidden[torch.arange(len(alike.own)), alike.own] = False
        assert search_losses(model, alike, 0.02)["search"] < told_apart
        for windows in next(sampler.reading(3, 2, 2, 8, 1)):
            found |= reading_losses(model, windows)
    assert set(found) == {"search", "sentence", "span", "inside", "answers", "verdict", "order"}
    assert all(torch.isfinite(value) and value >= 0 for value in found.values())


@pytest.mark.parametrize("network", ["search", "reading"])
def test_a_run_that_is_stopped_goes_on_and_runs_in_the_program(
    prepared: Path, network: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("embeddings.training.train._LOG_STEPS", 1)
    for figures in ("validate_search", "validate_reading"):
        monkeypatch.setattr(program, figures, lambda *_: {"figure": 0.5})
    work = tmp_path / "work"
    name = {"search": "danvan-search-test", "reading": "danvan-reader-test"}[network]

    def run(seconds: str) -> list[str]:
        given = ["--prepared", str(prepared), "--work", str(work), "--seconds", seconds, "--name", name]
        if network == "reading":
            given += ["--mined", str(_nothing_mined(prepared, tmp_path / "mined.npz"))]
        monkeypatch.setattr("sys.argv", ["training", network, *given])
        assert program.main() == 0
        return [line for line in capsys.readouterr().out.splitlines() if line.startswith("step")]

    assert [line.split(":")[0].split()[1] for line in run("0.01")] == ["1"]
    assert not run("0.01")  # what was spent before counts
    shipped = "reader" if network == "reading" else "search"
    given = [str(work / f"{network}.safetensors"), "--prepared", str(prepared), "--write", str(tmp_path / "shipped")]
    monkeypatch.setattr("sys.argv", ["export", shipped, *given])
    assert export.main() == 0
    _runs_alike(prepared, work / f"{network}.safetensors", tmp_path / "shipped", shipped)


def _nothing_mined(prepared: Path, file: Path) -> Path:
    """Nothing was mined for any question, so that others of its text are read with it."""
    count = len(Prepared.load(prepared / "prepared.npz").passage_of)
    Mined(np.full((count, 6), -1, np.int32), np.ones(count, np.int32)).save(file)
    return file


def _runs_alike(prepared: Path, trained: Path, shipped: Path, name: str) -> None:
    """What was trained says in the program what it said in training."""
    other = {"search": "reader", "reader": "search"}[name]
    trained_files = {name: shipped, other: shipped_file(f"{other}.safetensors")}
    engine = Engine(prepare_engine(trained=trained_files, number_format="fp32"))
    data = Prepared.load(prepared / "prepared.npz")
    model = Network(read_base(prepared / "base.npz"), 48, HEADS_OF_READER)
    model.load(trained)
    [windows] = Sampler(data, 0).windows([(0, int(data.passage_of[0]))], 1, variant=0)
    real = windows.mask[0]
    ids = data.vocabulary[windows.ids[0][real].numpy()].tolist()
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        if name == "search":
            states = model(windows.ids, windows.mask)[0][real].float().numpy().mean(axis=0)
            ours = engine.states([ids])[0].mean(axis=0)
            assert float(states @ ours / np.linalg.norm(states) / np.linalg.norm(ours)) > 0.999
            return
        said = read(model, windows.ids, windows.mask, windows.passage)
    [heads] = engine.read([ids])
    inside = windows.passage[0][real].numpy()
    np.testing.assert_allclose(heads["head"][inside, 0], said.start[0][real].float().numpy()[inside], atol=0.3)
    assert set(heads) == {"head", "tag", "whole"}
