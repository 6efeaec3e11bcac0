"""Questions that found no answer, made into drafts of gold questions; nothing in them tells who asked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers import Status
from bot.gold.gold_items import GoldItem, Kind
from bot.records.statistics import Miss
from corpus.similarity import jaccard
from corpus.vietnamese import fold
from embeddings.syllables import is_marked

ALIKE = 0.5
"""Share of common words (Jaccard) from which two questions are one group."""

_HIDDEN = "…"
_PERSONAL = (
    re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    re.compile(r"(?:https?://)?t\.me/\S+"),
    re.compile(r"(?<!\w)@\w{3,}"),
    re.compile(r"(?<![\d/])(?:\+?84|0)[ .-]?\d{2,3}(?:[ .-]?\d{3}){2}\d?(?![\d/])"),
    re.compile(r"(?<![\d./])\d{8,}(?![\d/])"),
    re.compile(
        r"(?<=tôi là )(?:[A-ZĐÀ-Ỹ]\w*\s?){2,5}|(?<=tên là )(?:[A-ZĐÀ-Ỹ]\w*\s?){2,5}|(?<=em là )(?:[A-ZĐÀ-Ỹ]\w*\s?){2,5}"
    ),
)


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that mean much the same.

    Attributes:
        question: the one asked most often, without what could tell who asked.
        times: how often any of them was asked.
        others: the other wordings.
        officer: what the officer in charge answered, where they did.
    """

    question: str
    previous: str | None
    status: Status
    times: int
    others: tuple[str, ...]
    officer: str | None = None


def group(misses: Sequence[Miss]) -> list[Group]:
    """Put like questions together, the most frequent groups first."""
    clusters: list[list[Miss]] = []
    for miss in sorted(misses, key=lambda one: -one.times):
        home = next((cluster for cluster in clusters if _alike(cluster[0], miss)), None)
        if home is None:
            clusters.append([miss])
        else:
            home.append(miss)
    groups = [
        Group(
            question=without_people(cluster[0].question),
            previous=without_people(cluster[0].previous) if cluster[0].previous else None,
            status=cluster[0].status,
            times=sum(miss.times for miss in cluster),
            others=tuple(without_people(miss.question) for miss in cluster[1:]),
            officer=next((without_people(miss.officer) for miss in cluster if miss.officer), None),
        )
        for cluster in clusters
    ]
    return sorted(groups, key=lambda one: -one.times)


def as_drafts(groups: Sequence[Group]) -> list[GoldItem]:
    """Drafts for a tester: whether the documents answer, and where, is for the tester to say.

    A question that was refused is drafted as unanswerable, one whose answer was disliked as answerable without
    evidence, which `danvan gold check` will not let pass.
    """
    return [_draft(number, one) for number, one in enumerate(groups, start=1)]


def without_people(text: str) -> str:
    """Hide addresses, user names, phone and identity numbers, and the name somebody gives as their own."""
    for personal in _PERSONAL:
        text = personal.sub(_HIDDEN, text)
    return text


def _draft(number: int, one: Group) -> GoldItem:
    answerable = one.status is not Status.NOT_FOUND
    kind = Kind.FOLLOWUP if one.previous and answerable else Kind.DIRECT if answerable else Kind.UNANSWERABLE
    if kind is Kind.DIRECT and not is_marked(one.question):
        kind = Kind.UNMARKED
    wordings = f"; also asked: {' | '.join(one.others)}" if one.others else ""
    said = f"; an officer answered: {one.officer}" if one.officer else ""
    return GoldItem(
        id=f"draft-{number:03}",
        question=one.question,
        kind=kind,
        context=one.previous,
        answerable=answerable,
        note=f"draft, asked {one.times} times, status {one.status}{wordings}{said}",
    )


def _alike(one: Miss, other: Miss) -> bool:
    mine, theirs = set(re.findall(r"\w+", fold(one.question))), set(re.findall(r"\w+", fold(other.question)))
    return one.previous == other.previous and jaccard(mine, theirs) >= ALIKE
