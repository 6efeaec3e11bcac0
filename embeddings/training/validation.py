"""How good the networks are on the questions kept from training, while they are trained."""

from collections import defaultdict

import numpy as np
import torch
from sklearn.metrics import roc_auc_score

from embeddings.training.batches import Sampler, Windows
from embeddings.training.losses import leads
from embeddings.training.mining import vectors
from embeddings.training.network import Network, Read, read
from embeddings.training.prepared import NEAR_MISS, Prepared
from embeddings.training.typing_variants import MISREAD, VARIANTS

_LONGEST_ANSWER = 40
_AT_ONCE = 16
_ORDERED = 400
_OTHERS = 5
"""Questions whose passages are put in order, and passages beside the right one."""


def validate_search(model: Network, data: Prepared, most: int) -> dict[str, float]:
    """Share of a set's questions whose passage comes first among all that are asked about, by meaning alone.

    `NAME misread` is the same for questions whose marks were left out and restored, some of them wrongly.
    """
    figures = {}
    for name in ("own", "xquad"):
        questions = [q for q in _kept(data, name, most) if data.kind[q] != NEAR_MISS]
        passages = sorted({int(data.passage_of[question]) for question in questions})
        table = vectors(model, [data.passages[passage] for passage in passages])
        for variant, said in ((0, ""), (MISREAD, " misread")):
            asked = vectors(model, [data.questions[question * VARIANTS + variant] for question in questions])
            best = (asked @ table.T).argmax(1).tolist()
            right = [passages[p] == data.passage_of[q] for q, p in zip(questions, best, strict=True)]
            figures[name + said] = float(np.mean(right))
    return figures


@torch.no_grad()
def validate_reading(model: Network, data: Prepared, most: int) -> dict[str, float]:
    """Token F1 of the best span, areas under ROC curves of telling answered questions from near misses, and order.

    `NAME first` is the share of answered questions whose passage leads over others of its text.
    """
    figures = {}
    for name in ("own", "xquad"):
        sampler = Sampler(data, 0)
        pairs = [(q, int(data.passage_of[q])) for q in _kept(data, name, most)]
        f1: list[float] = []
        verdicts: list[bool] = []
        labels: list[bool] = []
        scores: dict[str, list[float]] = defaultdict(list)
        for part in sampler.windows(pairs, _AT_ONCE, variant=0):
            windows = part.to(model.device)
            with torch.autocast(model.device.type, torch.bfloat16):
                said = read(model, windows.ids, windows.mask, windows.passage)
            shared = _overlap(best_spans(said), windows)
            single = windows.answered & ~windows.several
            f1 += shared[single].tolist()
            labels += windows.answered.tolist()
            scores["answers"] += said.answers.tolist()
            scores["margin"] += leads(said).tolist()
            told = windows.verdict > 0
            verdicts += (said.verdict.argmax(1) == windows.verdict)[told].tolist()
        figures[f"{name} f1"] = float(np.mean(f1))
        figures |= {f"{name} {score}": float(roc_auc_score(labels, values)) for score, values in scores.items()}
        figures[f"{name} first"] = _share_first(model, sampler, data, _kept(data, name, most))
        if verdicts:
            figures[f"{name} verdict"] = float(np.mean(verdicts))
    return figures


def _share_first(model: Network, sampler: Sampler, data: Prepared, kept: list[int]) -> float:
    first: list[bool] = []
    asked = [q for q in kept if data.kind[q] != NEAR_MISS][:_ORDERED]
    for part in sampler.beside_others(asked, _OTHERS, _AT_ONCE):
        windows = part.to(model.device)
        with torch.autocast(model.device.type, torch.bfloat16):
            lead = leads(read(model, windows.ids, windows.mask, windows.passage))
        for question in set(windows.rival.tolist()):
            members = (windows.rival == question).nonzero().flatten()
            first.append(bool(windows.answered[members[lead[members].argmax()]]))
    return float(np.mean(first))


def best_spans(said: Read) -> torch.Tensor:
    """The best span of each window: (windows, 2) first and last token, inclusive."""
    length = said.start.shape[1]
    both = said.start[:, :, None] + said.end[:, None, :]
    places = torch.arange(length, device=both.device)
    allowed = (places[None, :] >= places[:, None]) & (places[None, :] < places[:, None] + _LONGEST_ANSWER)
    allowed[0] = False
    flat = both.masked_fill(~allowed, -1e9).flatten(1).argmax(1)
    return torch.stack([flat // length, flat % length], dim=1)


def _overlap(spans: torch.Tensor, windows: Windows) -> torch.Tensor:
    """Best F1 of tokens with any of the answers: (windows,)."""
    answers = windows.answers
    first = torch.maximum(spans[:, None, 0], answers[..., 0])
    last = torch.minimum(spans[:, None, 1], answers[..., 1])
    common = (last - first + 1).clamp(min=0).float()
    sizes = (spans[:, None, 1] - spans[:, None, 0] + 1) + (answers[..., 1] - answers[..., 0] + 1)
    found = torch.where(answers[..., 0] >= 0, 2 * common / sizes, torch.zeros_like(common))
    return found.max(1).values


def _kept(data: Prepared, name: str, most: int) -> list[int]:
    kept = np.flatnonzero((data.validation == 1) & (data.source == data.source_names.index(name)))
    return [int(q) for q in np.random.default_rng(0).permutation(kept)[:most]]
