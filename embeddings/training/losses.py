"""What training minimises: finding the passage and its sentence; reading, refusing, judging."""

import torch
from torch.nn import functional

from embeddings.training.batches import UNKNOWN, SearchBatch, Texts, Windows
from embeddings.training.network import Network, Read, exact_product, pooled, read

_PARTS = 6
"""Passages of like length are encoded together, in so many parts of a batch."""
_SHARPNESS = 0.5
"""Of the leads of a question's passages, before the softmax over them."""


def search_losses(model: Network, batch: SearchBatch, temperature: float) -> dict[str, torch.Tensor]:
    """Contrastive losses: the question against all passages of the batch, and against its passage's sentences."""
    asked = pooled(model(batch.questions.ids, batch.questions.mask), batch.questions.mask)
    states = _in_parts(model, batch.passages)
    return {
        "search": _search(asked, pooled(states, batch.passages.mask), batch, temperature),
        "sentence": _sentence(asked, states, batch, temperature),
    }


def reading_losses(model: Network, windows: Windows) -> dict[str, torch.Tensor]:
    """Means over the windows."""
    said = read(model, windows.ids, windows.mask, windows.passage)
    first, last = windows.answers[..., 0], windows.answers[..., 1]
    verdict = functional.cross_entropy(said.verdict, windows.verdict.clamp(min=0), reduction="none")
    return {
        "span": (_edge(said.start, first, windows) + _edge(said.end, last, windows)) / 2,
        "inside": _inside(said, windows),
        "answers": functional.binary_cross_entropy_with_logits(said.answers, windows.answered.float()),
        "verdict": (verdict * (windows.verdict != UNKNOWN)).mean(),
        "order": _order(said, windows),
    }


def _in_parts(model: Network, texts: Texts) -> torch.Tensor:
    """Last states of texts that are sorted by length."""
    longest = texts.ids.shape[1]
    parts = []
    for ids, mask in zip(texts.ids.chunk(_PARTS), texts.mask.chunk(_PARTS), strict=True):
        length = int(mask.sum(1).max())
        states = model(ids[:, :length], mask[:, :length])
        parts.append(functional.pad(states, (0, 0, 0, longest - length)))
    return torch.cat(parts)


def _search(asked: torch.Tensor, passages: torch.Tensor, batch: SearchBatch, temperature: float) -> torch.Tensor:
    """Every question against every passage of the batch, and every asked passage against every question."""
    own = batch.own
    scores = (exact_product(asked, passages.T) / temperature).masked_fill(batch.hidden, -1e4)
    there = functional.cross_entropy(scores, own)
    back = scores[:, own].T  # row: the passage of a question; column: a question
    same = own[:, None] == own[None, :]
    each = torch.arange(len(own), device=own.device)
    hidden = same & (each[:, None] != each)
    return (there + functional.cross_entropy(back.masked_fill(hidden, -1e4), each)) / 2


def _sentence(asked: torch.Tensor, states: torch.Tensor, batch: SearchBatch, temperature: float) -> torch.Tensor:
    """The question against the sentences of its passage; the one that the answer begins in is right."""
    spans = batch.sentences[batch.own]
    places = torch.arange(states.shape[1], device=states.device)
    member = (places >= spans[..., :1]) & (places < spans[..., 1:])  # (questions, sentences, tokens)
    sums = torch.einsum("gst,gtd->gsd", member.float(), states[batch.own].float())
    vectors = functional.normalize(sums / member.sum(-1, keepdim=True).clamp(min=1), dim=-1)
    scores = exact_product(vectors, asked[:, :, None])[..., 0] / temperature
    real = spans[..., 0] >= 0
    right = (batch.answer[:, None] >= spans[..., 0]) & (batch.answer[:, None] < spans[..., 1]) & real
    use = right.any(1) & (real.sum(1) > 1)
    if not use.any():
        return scores.sum() * 0
    return functional.cross_entropy(scores.masked_fill(~real, -1e4)[use], right.int().argmax(1)[use])


def _edge(scores: torch.Tensor, places: torch.Tensor, windows: Windows) -> torch.Tensor:
    """Negative log likelihood of any right first (or last) token; of the first token where there is no answer."""
    columns = torch.arange(scores.shape[1], device=scores.device)
    target = (columns == places[..., None]).any(1)
    target[:, 0] = ~windows.answered
    return -scores.log_softmax(1).masked_fill(~target, -1e4).logsumexp(1).mean()


def _order(said: Read, windows: Windows) -> torch.Tensor:
    """The passage that answers against others of the same question, by the lead of their best words and as judged."""
    same = windows.rival[:, None] == windows.rival[None, :]
    use = windows.answered & (same.sum(1) > 1)
    if not use.any():
        return said.answers.sum() * 0
    return (_first(_SHARPNESS * leads(said), same, use) + _first(said.answers, same, use)) / 2


def _first(scores: torch.Tensor, same: torch.Tensor, use: torch.Tensor) -> torch.Tensor:
    """Negative log likelihood of some windows among those of the same question."""
    among = scores[None, :].expand_as(same).masked_fill(~same, -1e4).logsumexp(1)
    return (among - scores)[use].mean()


def leads(said: Read) -> torch.Tensor:
    """How far the best first and last token lead over "no answer": (windows,)."""
    return said.start[:, 1:].max(1).values + said.end[:, 1:].max(1).values - said.start[:, 0] - said.end[:, 0]


def _inside(said: Read, windows: Windows) -> torch.Tensor:
    """Every token as the beginning and as a part of an answer; items of lists above all."""
    places = torch.arange(said.inside.shape[1], device=said.inside.device)
    spans = windows.answers
    real = spans[..., :1] >= 0
    begins = ((places == spans[..., :1]) & real).any(1)
    within = ((places >= spans[..., :1]) & (places <= spans[..., 1:]) & real).any(1)
    target = torch.stack([begins, within], dim=-1).float()
    weight = windows.passage.float() * (1 + 2 * windows.several.float())[:, None]
    loss = functional.binary_cross_entropy_with_logits(said.inside, target, reduction="none").mean(-1)
    return (loss * weight).sum() / weight.sum().clamp(min=1)
