"""Moving everything that is not a file of documents from one database and engine to another."""

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.records.copying import copy_records
from bot.records.database import Database
from corpus.errors import IndexingError
from embeddings.encoder.encoder import ModelFacts
from embeddings.encoder.vector_cache import key_of
from embeddings.headings import heading_of
from embeddings.index.dense import embedded_text, titled
from embeddings.index.generation_facts import IndexGeneration
from embeddings.index.parts import Parts
from embeddings.index.protocol import IndexStore

MOST_GENERATIONS = 10_000
PORTION = 2000
"""Vectors at once."""
Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class MigrationReport:
    """What is in the target now.

    Attributes:
        copied: ids of the generations that were copied by this run; the others were there.
        generations: all that were copied by this run or an earlier one.
        published: id of the published one, None if there is none.
        rows: table -> rows.
    """

    copied: tuple[str, ...]
    generations: tuple[str, ...]
    published: str | None
    rows: dict[str, int]


def migrate(
    stores: tuple[IndexStore, IndexStore], databases: tuple[Database, Database], tell: Told = lambda _: None
) -> MigrationReport:
    """Copy indexes and records from the first of each pair to the second; what is there already is compared only.

    Nothing is removed from the source. Broken off, it goes on where it was: a generation is there whole or not at all,
    rows are added in portions.

    Args:
        stores: source and target of the generations.
        databases: of the records.
        tell: told of each step.

    Raises:
        IndexingError: if a generation is not whole, at the source or at the target.
        DatabaseError: if the target holds other records.
    """
    rows = copy_records(*databases)
    tell(f"{sum(rows.values())} records in {len(rows)} tables are there, and the same")
    source, target = stores
    published = source.published_id()
    wanted = sorted(source.generations(), key=lambda one: (one.manifest.created, one.id))
    there = {one.id: one for one in target.generations()}
    copied = []
    for generation in wanted:
        if generation.id in there and not target.verify(there[generation.id]):
            continue
        if generation.id in there:
            target.discard(there[generation.id])
        target.publish(_copied(source, target, generation), MOST_GENERATIONS)  # what was built by hand is kept too
        copied.append(generation.id)
        tell(f"generation {generation.id} is copied: {generation.manifest.passages} passages")
    current = next((one for one in target.generations() if one.id == published), None)
    if current is not None and target.published_id() != published:
        target.publish(current, MOST_GENERATIONS)
    return MigrationReport(tuple(copied), _ids(wanted), target.published_id(), rows)


def _copied(source: IndexStore, target: IndexStore, generation: IndexGeneration) -> IndexGeneration:
    problems = source.verify(generation)
    if problems:
        raise IndexingError(f"{generation.id} is damaged: {problems[0]}; run danvan reindex --full, then migrate again")
    parts = source.read_parts(generation)
    _copy_vectors(source, target, generation, parts)
    written = target.write_parts(generation, parts)
    problems = target.verify(written)
    if problems:
        target.discard(written)
        raise IndexingError(f"{generation.id} does not read back from where it was copied to: {problems[0]}")
    return written


def _copy_vectors(source: IndexStore, target: IndexStore, generation: IndexGeneration, parts: Parts) -> None:
    """Have the target know what was embedded for a generation, so that the next index is not embedded anew."""
    manifest = generation.manifest
    facts = ModelFacts(manifest.fingerprint, manifest.dimension, max_tokens=0)  # how long a text may be is not kept
    title_by_id = {document.id: heading_of(document) for document in parts.documents}
    titles = [title_by_id[passage.document_id] for passage in parts.passages]
    texts = [passage.text for passage in parts.passages]
    keys = [key_of(embedded_text(titles, texts, row)) for row in parts.rows.tolist()]
    counted = [key_of(titled(title, text)) for title, text in zip(titles, texts, strict=True)]
    with (
        contextlib.closing(source.vector_cache(facts, writing=False)) as here,
        contextlib.closing(target.vector_cache(facts)) as there,
    ):
        for start in range(0, len(keys), PORTION):
            some = dict(zip(keys[start : start + PORTION], parts.vectors[start : start + PORTION], strict=True))
            there.add_vectors(some)
        for start in range(0, len(counted), PORTION):
            there.add_counts(here.counts(counted[start : start + PORTION]))
        there.keep_only(generation.id, {*keys, *counted}, [one.id for one in source.generations()])


def _ids(generations: Sequence[IndexGeneration]) -> tuple[str, ...]:
    return tuple(generation.id for generation in generations)
