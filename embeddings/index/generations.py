"""Generations: indexes on disk, each complete in a folder of its own, of which one is published; how they are read.

DATA_DIR/generations/ID/            manifest.json, the files whose checksums it lists, `published` once it was
DATA_DIR/generations/current        the published generation's id, replaced by one atomic rename
DATA_DIR/generations/.building-*    unfinished; swept by the next build

`building` writes them, `publishing` has one answer and removes others, `verifying` proves them.
"""

import hashlib
import json
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import DamagedIndexError, ForeignIndexError, IndexingError, MissingIndexError
from corpus.from_json import document_from_json, passage_from_json
from corpus.models import Document, Passage
from embeddings.headings import heading_of
from embeddings.index.generation_facts import IndexGeneration
from embeddings.index.known_numbers import KnownNumbers
from embeddings.index.structure import Structure

if TYPE_CHECKING:
    from embeddings.index.corpus_language import CorpusLanguage
    from embeddings.index.dense import DenseIndex
    from embeddings.index.lexical import LexicalIndex
    from embeddings.index.number_spellings import NumberSpellings
    from embeddings.index.office_records import OfficeDirectory

FORMAT = 5
"""Of what a folder holds; 5: words lie in files that are mapped, the documents' language is counted at indexing."""

FOLDER = "generations"
CURRENT = "current"
RUN = "run: danvan reindex"
_ID = re.compile(r"[\w-]{1,100}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation says of itself.

    Attributes:
        created: UTC, ISO 8601.
        fingerprint: of the model whose vectors it holds.
        dimension: width of a vector.
        documents, passages, vectors: counts.
        versions: of the packages it was built with.
        checksums: file name below the folder -> SHA-256 (hex).
        shape: versions of the code that decides what stands in an index (see `embeddings.index.building.SHAPE`).
        format: of the layout; a program refuses others than its own.
        shards: over how many databases it is divided.
    """

    id: str
    created: str
    fingerprint: str
    dimension: int
    documents: int
    passages: int
    vectors: int
    versions: dict[str, str]
    checksums: dict[str, str]
    shape: dict[str, int] = field(default_factory=dict)
    format: int = FORMAT
    shards: int = 1


@dataclass(frozen=True, slots=True)
class Generation:
    """An index on disk."""

    id: str
    folder: Path
    manifest: Manifest


@dataclass(frozen=True, slots=True)
class Contents:
    """A generation in memory; passages stand in the order of the index's numbers."""

    documents: dict[str, Document]
    passages: tuple[Passage, ...]
    dense: "DenseIndex"
    lexical: "LexicalIndex"
    structure: Structure
    spellings: "NumberSpellings"
    offices: "OfficeDirectory"
    document_numbers: KnownNumbers
    language: "CorpusLanguage"

    def only(self, document_ids: Collection[str]) -> "Contents":
        """The same with some of the documents alone, everything that is counted over them counted anew."""
        from embeddings.index.corpus_language import CorpusLanguage  # noqa: PLC0415
        from embeddings.index.dense import titled  # noqa: PLC0415 - who does not search starts sooner
        from embeddings.index.lexical import LexicalIndex  # noqa: PLC0415
        from embeddings.index.number_spellings import NumberSpellings  # noqa: PLC0415

        documents = {identity: one for identity, one in self.documents.items() if identity in document_ids}
        numbers = [number for number, one in enumerate(self.passages) if one.document_id in documents]
        passages = tuple(self.passages[number] for number in numbers)
        texts = [*(one.title for one in documents.values()), *(one.text for one in passages)]
        return Contents(
            documents=documents,
            passages=passages,
            dense=self.dense.only(numbers),
            lexical=LexicalIndex.build(titled(heading_of(documents[one.document_id]), one.text) for one in passages),
            structure=Structure({one: units for one, units in self.structure.units.items() if one in documents}),
            spellings=NumberSpellings.count(texts),
            offices=self.offices.only(numbers),
            document_numbers=KnownNumbers.build(tuple(documents.values())),
            language=CorpusLanguage.count(texts),
        )


def published_id(data_dir: Path) -> str | None:
    """Id of the published generation, None if there is none; cheap enough to ask before every question."""
    try:
        return (data_dir / FOLDER / CURRENT).read_text("utf-8").strip() or None
    except (OSError, UnicodeDecodeError):
        return None


def published(data_dir: Path) -> Generation:
    """The published generation, its manifest read; files are checked by `embeddings.index.verifying` and `read`.

    Raises:
        MissingIndexError: if nothing was published.
        DamagedIndexError: if its manifest is missing or not readable.
        ForeignIndexError: if another format of this program wrote it.
    """
    identity = published_id(data_dir)
    if identity is None:
        raise MissingIndexError(f"there is no index in {data_dir} yet; {RUN}")
    folder = data_dir / FOLDER / identity
    if not _ID.fullmatch(identity) or not folder.is_dir():
        raise DamagedIndexError(f"the published index {identity[:60]!r} is missing from {data_dir}; {RUN}")
    return Generation(identity, folder, read_manifest(folder))


def generations(data_dir: Path) -> list[Generation]:
    """All complete generations, oldest first; unreadable folders are left out."""
    found = []
    for folder in (data_dir / FOLDER).glob("[!.]*"):
        if folder.is_dir():
            try:
                found.append(Generation(folder.name, folder, read_manifest(folder)))
            except IndexingError:
                continue
    return sorted(found, key=lambda generation: (generation.manifest.created, generation.id))


def read(generation: Generation, fingerprint: str) -> Contents:
    """Load a generation once its checksums have been found right.

    Args:
        generation: what to load.
        fingerprint: of the encoder that questions will be embedded with.

    Raises:
        ForeignIndexError: if it was built with another model.
        DamagedIndexError: if files are missing, truncated or changed.
    """
    refuse_foreign_model(generation, fingerprint)
    _refuse_damage(generation)
    try:
        return load(generation)
    except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
        raise DamagedIndexError(f"the index {generation.id} does not read back ({error}); {RUN}") from error


def read_texts(generation: Generation) -> tuple[dict[str, Document], tuple[Passage, ...]]:
    """Documents by id, and passages, of a generation whose files are all as they were written; no vectors are loaded.

    Raises:
        DamagedIndexError: if files are missing, truncated or changed.
    """
    _refuse_damage(generation)
    try:
        return load_texts(generation)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedIndexError(f"the index {generation.id} does not read back ({error}); {RUN}") from error


def load(generation: Generation) -> Contents:
    """Load a generation's files as they are; errors are those of the libraries that read them."""
    from embeddings.index.corpus_language import CorpusLanguage  # noqa: PLC0415
    from embeddings.index.dense import DenseIndex  # noqa: PLC0415 - what does not search starts quicker without
    from embeddings.index.lexical import LexicalIndex  # noqa: PLC0415
    from embeddings.index.number_spellings import NumberSpellings  # noqa: PLC0415
    from embeddings.index.office_records import OfficeDirectory  # noqa: PLC0415

    documents, passages = load_texts(generation)
    return Contents(
        documents=documents,
        passages=passages,
        dense=DenseIndex.load(generation.folder, len(passages)),
        lexical=LexicalIndex.load(generation.folder / "lexical", len(passages)),
        structure=Structure.load(generation.folder),
        spellings=NumberSpellings.load(generation.folder),
        offices=OfficeDirectory.load(generation.folder),
        document_numbers=KnownNumbers.load(generation.folder),
        language=CorpusLanguage.load(generation.folder),
    )


def load_texts(generation: Generation) -> tuple[dict[str, Document], tuple[Passage, ...]]:
    """Load documents and passages as they are."""
    folder = generation.folder
    documents = [document_from_json(fields) for fields in _read_lines(folder / "documents.jsonl")]
    passages = tuple(passage_from_json(fields) for fields in _read_lines(folder / "passages.jsonl"))
    return {document.id: document for document in documents}, passages


def wrong_files(generation: Generation) -> list[str]:
    """What is wrong with the files that the manifest lists, one sentence each."""
    problems = []
    for name, expected in generation.manifest.checksums.items():
        try:
            if digest(generation.folder / name) != expected:
                problems.append(f"{name} has changed since it was written")
        except OSError:
            problems.append(f"{name} is missing or cannot be read")
    return problems


def refuse_foreign_model(generation: IndexGeneration, fingerprint: str) -> None:
    """Raise ForeignIndexError if a generation was built with another model than this."""
    if generation.manifest.fingerprint != fingerprint:
        raise ForeignIndexError(
            f"the index was built with the model {generation.manifest.fingerprint!r}, "
            f"the settings name {fingerprint!r}; {RUN}"
        )


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a generation's folder.

    Raises:
        DamagedIndexError: if it cannot be read or is that of another folder.
        ForeignIndexError: if another format of this program wrote it.
    """
    try:
        fields = json.loads((folder / "manifest.json").read_bytes())
        if fields["format"] != FORMAT:
            raise ForeignIndexError(
                f"the index {folder.name} has format {fields['format']}, this program reads format {FORMAT}; {RUN}"
            )
        manifest = Manifest(**fields)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedIndexError(f"the manifest of the index {folder.name} cannot be read; {RUN}") from error
    if manifest.id != folder.name or not isinstance(manifest.checksums, dict) or not manifest.checksums:
        raise DamagedIndexError(f"the manifest of the index {folder.name} is not its own; {RUN}")
    return manifest


def as_manifest(generation: IndexGeneration) -> Manifest:
    """The manifest of a generation of any store, without the checksums, which are that store's own."""
    said = generation.manifest
    return Manifest(
        id=generation.id,
        created=said.created,
        fingerprint=said.fingerprint,
        dimension=said.dimension,
        documents=said.documents,
        passages=said.passages,
        vectors=said.vectors,
        versions=said.versions,
        checksums={},
        shape=said.shape,
    )


def digest(path: Path) -> str:
    """SHA-256 (hex) of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _refuse_damage(generation: Generation) -> None:
    problems = wrong_files(generation)
    if problems:
        raise DamagedIndexError(f"the index {generation.id} is damaged: {problems[0]}; {RUN}")


def _read_lines(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="\n") as file:
        return [json.loads(line) for line in file]
