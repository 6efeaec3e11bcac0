"""Questions that share passages, passages that are remembered, and layers that are not trained."""

import numpy as np
import pytest
import torch
from torch.nn.functional import normalize

from embeddings.network.bundled_weights import build_tokenizer, open_weights
from embeddings.training.base import read_base, write_base
from embeddings.training.batches import Sampler, SearchBatch
from embeddings.training.losses import search_losses
from embeddings.training.memory import PassageMemory
from embeddings.training.network import Network, pooled
from embeddings.training.prepare import Preparer
from embeddings.training.prepared import Prepared, own_passages
from embeddings.training.training_texts import parse_texts

WORDS = "ông Lò Văn Sinh chủ trì"
RAW = f"""# Họp {{place}}
family: hop-{{place}}
P: Sáng 5/3/2019, {{place}} họp; {WORDS}.
+ span | ai chủ trì cuộc họp của {{place}}? || {WORDS}
+ span | họp ngày nào? || 5/3/2019

P: Cả {{place}} có 80 hộ.
+ span | {{place}} có bao nhiêu hộ? || 80
+ span | số hộ là mấy? || 80
"""
MIXED = torch.autocast("cpu", torch.bfloat16)
PLACES = ("thôn Nà Cà", "bản Pác Nặm", "xóm Đồng Tâm", "tổ Hợp Tiến")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """Four texts with two passages each; the first passages of all name the same chair."""
    preparer = Preparer(build_tokenizer(open_weights().vocabulary))
    preparer.add([text for place in PLACES for text in parse_texts(RAW.format(place=place))])
    return preparer.finish()


@pytest.fixture(scope="module")
def base(data: Prepared, tmp_path_factory: pytest.TempPathFactory) -> dict[str, torch.Tensor]:
    folder = tmp_path_factory.mktemp("base")
    write_base(data.vocabulary, folder / "base.npz")
    return read_base(folder / "base.npz")


def _batch(data: Prepared, texts: int) -> SearchBatch:
    return next(Sampler(data, 0).search_by_text(texts, 3, 0))


def test_questions_about_one_text_share_its_passages(data: Prepared) -> None:
    batch = _batch(data, 2)
    texts = {int(data.passage_text[passage]) for passage in batch.passage_numbers.tolist()}
    siblings = {passage for passage, text in enumerate(data.passage_text.tolist()) if text in texts}
    assert set(batch.passage_numbers.tolist()) == siblings
    assert len(batch.question_numbers) > len(texts)
    asked = [int(data.passage_of[question]) for question in batch.question_numbers.tolist()]
    assert batch.passage_numbers[batch.own].tolist() == asked


def _remembered(model: Network, data: Prepared, batch: SearchBatch) -> tuple[PassageMemory, torch.Tensor, list[int]]:
    kept = own_passages(data)
    memory = PassageMemory(model, data, kept)
    with MIXED:
        asked = pooled(model(batch.questions.ids, batch.questions.mask), batch.questions.mask)
    return memory, memory.scores(asked, batch.question_numbers, batch.passage_numbers), kept


def test_a_memory_hides_what_stands_in_the_batch_and_what_holds_the_answer(
    data: Prepared, base: dict[str, torch.Tensor]
) -> None:
    kept = own_passages(data)
    memory = PassageMemory(Network(base, 2).eval(), data, kept)
    chair, households = 0, 3  # questions about the first and the second passage
    batch = torch.tensor([0, 1])
    hidden = memory.scores(torch.ones(2, 384), torch.tensor([chair, households]), batch) < -1
    assert hidden.tolist() == [
        [passage in (0, 1) or passage % 2 == 0 for passage in kept],  # all first passages name the chair
        [passage in (0, 1) for passage in kept],
    ]
    assert len(kept) == len(data.passages)


def test_a_memory_keeps_what_passages_of_a_batch_are_encoded_to(data: Prepared, base: dict[str, torch.Tensor]) -> None:
    batch, others = _batch(data, 1), np.zeros(0, np.int64)
    memory, _, kept = _remembered(Network(base, 2).eval(), data, batch)
    renewed = normalize(torch.ones(len(batch.passage_numbers), 384), dim=1)
    memory.renew(batch.passage_numbers, renewed)
    nothing = torch.from_numpy(others)
    scores = memory.scores(renewed[:1], batch.question_numbers[:1], nothing)[0]
    same = [kept.index(passage) for passage in batch.passage_numbers.tolist() if passage in kept]
    assert same
    told = scores[same][scores[same] > -1]
    assert torch.allclose(told, torch.ones_like(told), atol=1e-5)
    rest = [place for place in range(len(kept)) if place not in same]
    assert bool((scores[rest] < 0.99).all())


def test_the_loss_grows_with_what_a_memory_confuses(data: Prepared, base: dict[str, torch.Tensor]) -> None:
    batch = _batch(data, 1)
    model = Network(base, 2).eval()
    memory, _, kept = _remembered(model, data, batch)
    with torch.no_grad(), MIXED:
        alone = float(search_losses(model, batch, 0.02)["search"])
        beside = float(search_losses(model, batch, 0.02, memory)["search"])
        asked = pooled(model(batch.questions.ids, batch.questions.mask), batch.questions.mask)
        memory.renew(torch.tensor(kept), normalize(asked.mean(0), dim=0).expand(len(kept), -1))
        confused = float(search_losses(model, batch, 0.02, memory)["search"])
    assert alone < beside < confused


def test_frozen_layers_stay_as_they_are(data: Prepared, base: dict[str, torch.Tensor]) -> None:
    batch = _batch(data, 1)
    torch.manual_seed(0)
    frozen, whole = Network(base, 2, frozen=9), Network(base, 2)
    for tensor, other in zip(whole.trained().values(), frozen.trained().values(), strict=True):
        tensor.copy_(other)
    with MIXED:
        assert torch.equal(*(model(batch.passages.ids, batch.passages.mask) for model in (frozen, whole)))
        search_losses(frozen, batch, 0.02)["search"].backward()  # type: ignore[no-untyped-call]
    trained = [any(p.grad is not None for p in layer.parameters()) for layer in frozen.layers]
    assert trained == [False] * 9 + [True] * 3
