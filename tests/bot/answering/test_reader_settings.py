"""The reader and the reranker by setting, from the command line."""

import json
from pathlib import Path

from tests.conftest import Run
from tests.embeddings.tiny_models import save_cross_encoder, save_question_answering

ASKED = "năm 2020 được chọn là năm gì?"


def test_the_bundled_reader_marks_the_answer_and_can_be_turned_off(danvan: Run, indexed: Path) -> None:
    line = json.dumps({"id": 1, "question": "Bộ Chính trị có quy định số mấy về tiếp dân?"}).encode()
    with_reader, without = (
        json.loads(danvan("ask", "--batch", "-", "--json", "--explain", stdin=line, data_dir=indexed, reader=name).out)
        for name in ("bundled", "none")
    )
    assert all(hit["read"] is None for hit in without["explanation"]["hits"])
    read = [hit["read"] for hit in with_reader["explanation"]["hits"] if hit["read"]]
    assert 1 <= len(read) <= 5
    assert "11-QĐi/TW" in read[0]["words"]
    answer = with_reader["answer"]
    assert answer is None or answer in with_reader["citations"][0]["quote"]


def test_other_models_by_their_folders(danvan: Run, indexed: Path, tmp_path: Path) -> None:
    reader = save_question_answering(tmp_path / "reader")
    reranker = save_cross_encoder(tmp_path / "reranker")
    done = danvan("ask", ASKED, "--json", "--explain", data_dir=indexed, reader=reader, reranker=reranker)
    assert done.status == 0, done.err
    answer = json.loads(done.out)
    assert sum(hit["read"] is not None for hit in answer["explanation"]["hits"]) >= 1
    scores = [citation["score"] for citation in answer["citations"]]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    plain = json.loads(danvan("ask", ASKED, "--json", "--explain", data_dir=indexed, reader="none").out)
    order, before = ([hit["passage_id"] for hit in found["explanation"]["hits"]] for found in (answer, plain))
    assert order != before
    assert set(order) == set(before)
    told = danvan("doctor", data_dir=indexed, reader=reader, reranker=reranker)
    assert f"{reader} loads; its certainty has no part in the confidence" in " ".join(told.out.split())


def test_a_model_that_is_not_there_is_one_sentence(danvan: Run, indexed: Path, tmp_path: Path) -> None:
    for setting in ("reader", "reranker"):
        done = danvan("ask", ASKED, data_dir=indexed, **{setting: tmp_path / "nowhere"})
        assert done.status == 1
        assert done.err.count("\n") == 1
        assert "there is no such folder" in done.err
