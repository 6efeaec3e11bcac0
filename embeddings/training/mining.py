"""Passages that are near a question and do not answer it: what training tells the right ones from."""

from collections.abc import Sequence

import numpy as np
import torch

from embeddings.training.batches import padded
from embeddings.training.network import Network, pooled
from embeddings.training.prepared import CONTENT, NEAR_MISS, Ints, Mined, Prepared
from embeddings.training.typing_variants import VARIANTS

NEGATIVES = 6
"""For each question; -1 where there are fewer."""
_LOOKED_AT = 24
_TOKENS_AT_ONCE = {"cpu": 4096, "cuda": 65536}


def mine(model: Network, data: Prepared, sources: Sequence[str]) -> Mined:
    """Find passages for the answered questions of some sets."""
    count = len(data.passage_of)
    mined = Mined(np.full((count, NEGATIVES), -1, np.int32), np.zeros(count, np.int32))
    for number in (number for number, name in enumerate(data.source_names) if name in sources):
        _mine_one(model, data, number, mined)
    return mined


def _mine_one(model: Network, data: Prepared, number: int, mined: Mined) -> None:
    contents = [data.passages[passage].tobytes() for passage in range(len(data.passages))]
    wanted = (data.kind != NEAR_MISS) & (data.source == number) & (data.validation == 0)
    questions = np.flatnonzero(wanted).tolist()
    passages = sorted({int(data.passage_of[question]) for question in questions})
    table = vectors(model, [data.passages[passage] for passage in passages])
    asked = vectors(model, [data.questions[question * VARIANTS] for question in questions])
    nearest = torch.cat(
        [
            (asked[start : start + 1024] @ table.T).topk(min(_LOOKED_AT, len(table)), dim=1).indices
            for start in range(0, len(asked), 1024)
        ]
    ).tolist()
    for question, row in zip(questions, nearest, strict=True):
        ranked = [passages[place] for place in row]
        fit = _fit(data, contents, question, ranked)
        own = int(data.passage_of[question])
        found = _from_both(data, own, fit)
        mined.negatives[question, : len(found)] = found
        nearer = ranked[: ranked.index(own)] if own in ranked else ranked
        mined.mistaken[question] = int(not set(fit).isdisjoint(nearer))


@torch.no_grad()
def vectors(model: Network, rows: list[Ints]) -> torch.Tensor:
    """Vectors of texts given as token ids: (n, hidden) float32, rows of unit length."""
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
    device = model.device
    found = torch.empty(len(rows), 384, device=device)
    while order:
        count = max(_TOKENS_AT_ONCE[device.type] // len(rows[order[-1]]), 1)
        chosen, order = order[-count:], order[:-count]
        texts = padded([rows[i] for i in chosen]).to(device)
        with torch.autocast(device.type, torch.bfloat16):
            states = model(texts.ids, texts.mask)
        found[torch.tensor(chosen, device=device)] = pooled(states, texts.mask)
    return found


def _fit(data: Prepared, contents: list[bytes], question: int, ranked: list[int]) -> list[int]:
    own = int(data.passage_of[question])
    answers = data.answers[question]
    words = b""
    if len(answers) and answers[0, 1] - answers[0, 0] >= CONTENT:
        words = data.passages[own][answers[0, 0] : answers[0, 1]].tobytes()
    return [p for p in ranked if p != own and not (words and words in contents[p])]


def _from_both(data: Prepared, own: int, fit: list[int]) -> list[int]:
    near = [p for p in fit if data.passage_text[p] == data.passage_text[own]][: NEGATIVES // 2]
    far = [p for p in fit if data.passage_text[p] != data.passage_text[own]]
    return [*near, *far[: NEGATIVES - len(near)]]
