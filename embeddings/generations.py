"""Generations: indexes on disk, each complete in a folder of its own, of which one is published.

DATA_DIR/generations/ID/            manifest.json, the files whose checksums it lists, `published` once it was
DATA_DIR/generations/current        the published generation's id, replaced by one atomic rename
DATA_DIR/generations/.building-*    unfinished; swept by the next build
"""

import hashlib
import json
import os
import platform
import re
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from corpus.errors import DamagedIndexError, ForeignIndexError, IndexingError, MissingIndexError
from corpus.models import Document, Passage
from corpus.splitting import split
from embeddings.dense import DenseIndex, titled
from embeddings.encoder import Encoder, Progress
from embeddings.lexical import LexicalIndex

FORMAT = 2
"""Of what a folder holds; 2: sentences have vectors of their own, read without the title."""
KEPT = 3
"""Generations that stay on disk, the published one among them."""

_FOLDER = "generations"
_CURRENT = "current"
_PUBLISHED = "published"
_BUILDING = ".building-"
_RUN = "run: danvan reindex"
_ID = re.compile(r"[\w-]{1,100}", re.ASCII)
_PACKAGES = ("danvan", "bm25s", "faiss-cpu", "numpy", "sentence-transformers", "torch")


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
        format: of the layout; a program refuses others than its own.
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
    format: int = FORMAT


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
    dense: DenseIndex
    lexical: LexicalIndex


def build(
    data_dir: Path, documents: Sequence[Document], encoder: Encoder, on_progress: Progress | None = None
) -> Generation:
    """Build a generation beside the published one and check what was written; it is not published yet.

    Raises:
        IndexingError: if there is nothing to index, or the disk does not take it.
    """
    passages = [passage for document in documents for passage in split(document)]
    if not passages:
        raise IndexingError("there is nothing to index: no document holds any text")
    titles = {document.id: document.title for document in documents}
    passage_titles = [titles[passage.document_id] for passage in passages]
    texts = [passage.text for passage in passages]
    dense = DenseIndex.build(passage_titles, texts, encoder, on_progress)
    lexical = LexicalIndex.build(titled(title, text) for title, text in zip(passage_titles, texts, strict=True))
    created = datetime.now(UTC)
    identity = f"{created:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
    root = data_dir / _FOLDER
    aside = root / f"{_BUILDING}{identity}"
    try:
        aside.mkdir(parents=True)
        _write_lines(aside / "documents.jsonl", documents)
        _write_lines(aside / "passages.jsonl", passages)
        dense.save(aside)
        lexical.save(aside / "lexical")
        manifest = Manifest(
            id=identity,
            created=created.isoformat(timespec="microseconds"),
            fingerprint=encoder.fingerprint,
            dimension=encoder.dimension,
            documents=len(documents),
            passages=len(passages),
            vectors=len(dense.rows),
            versions=_versions(),
            checksums={
                str(path.relative_to(aside)): _digest(path) for path in sorted(aside.rglob("*")) if path.is_file()
            },
        )
        (aside / "manifest.json").write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=1), "utf-8")
        for path in (*aside.rglob("*"), aside):
            _sync(path)
        aside.rename(root / identity)
        _sync(root)
    except OSError as error:
        shutil.rmtree(aside, ignore_errors=True)
        reason = error.strerror or str(error)
        raise IndexingError(
            f"the index could not be written to {root} ({reason}); the published one is unchanged"
        ) from error
    generation = Generation(identity, root / identity, manifest)
    problems = verify(generation)
    if problems:
        shutil.rmtree(generation.folder, ignore_errors=True)
        raise IndexingError(f"the index just written does not read back: {problems[0]}; the published one is unchanged")
    return generation


def publish(data_dir: Path, generation: Generation) -> None:
    """Make a generation the one that answers, by one atomic rename; then remove the oldest beyond `KEPT`.

    Raises:
        IndexingError: if the disk does not take it; what was published stays published.
    """
    root = data_dir / _FOLDER
    fresh = root / f".{_CURRENT}-{secrets.token_hex(4)}"
    try:
        (generation.folder / _PUBLISHED).touch()
        fresh.write_text(generation.id + "\n", "utf-8")
        _sync(fresh)
        fresh.replace(root / _CURRENT)
        _sync(root)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        reason = error.strerror or str(error)
        raise IndexingError(f"generation {generation.id} could not be published ({reason})") from error
    others = [g for g in generations(data_dir) if g.id != generation.id]
    for old in others[: max(0, len(others) - (KEPT - 1))]:
        shutil.rmtree(old.folder, ignore_errors=True)


def discard(generation: Generation) -> None:
    """Remove a generation that will not be published."""
    shutil.rmtree(generation.folder, ignore_errors=True)


def sweep(data_dir: Path) -> int:
    """Remove what killed builds have left; only for the one writer. Returns how many leftovers there were."""
    root = data_dir / _FOLDER
    leftovers = [path for path in root.glob(".*") if path.name.startswith((_BUILDING, f".{_CURRENT}-"))]
    current = published_id(data_dir)
    leftovers += [g.folder for g in generations(data_dir) if g.id != current and not _was_published(g)]
    for path in leftovers:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return len(leftovers)


def _was_published(generation: Generation) -> bool:
    return (generation.folder / _PUBLISHED).exists()


def published_id(data_dir: Path) -> str | None:
    """Id of the published generation, None if there is none; cheap enough to ask before every question."""
    try:
        return (data_dir / _FOLDER / _CURRENT).read_text("utf-8").strip() or None
    except (OSError, UnicodeDecodeError):
        return None


def published(data_dir: Path) -> Generation:
    """The published generation, its manifest read; files are checked by `verify` and `read`.

    Raises:
        MissingIndexError: if nothing was published.
        DamagedIndexError: if its manifest is missing or not readable.
        ForeignIndexError: if another format of this program wrote it.
    """
    identity = published_id(data_dir)
    if identity is None:
        raise MissingIndexError(f"there is no index in {data_dir} yet; {_RUN}")
    folder = data_dir / _FOLDER / identity
    if not _ID.fullmatch(identity) or not folder.is_dir():
        raise DamagedIndexError(f"the published index {identity[:60]!r} is missing from {data_dir}; {_RUN}")
    return Generation(identity, folder, _read_manifest(folder))


def generations(data_dir: Path) -> list[Generation]:
    """All complete generations, oldest first; unreadable folders are left out."""
    found = []
    for folder in (data_dir / _FOLDER).glob("[!.]*"):
        if folder.is_dir():
            try:
                found.append(Generation(folder.name, folder, _read_manifest(folder)))
            except IndexingError:
                continue
    return sorted(found, key=lambda generation: (generation.manifest.created, generation.id))


def rollback(data_dir: Path) -> Generation:
    """Publish again the newest whole generation that was published before the present one.

    Raises:
        IndexingError: if there is none.
    """
    current = published_id(data_dir)
    known = generations(data_dir)
    place = next((i for i, generation in enumerate(known) if generation.id == current), len(known))
    for generation in reversed(known[:place]):
        if _was_published(generation) and not verify(generation):
            publish(data_dir, generation)
            return generation
    raise IndexingError("there is no earlier generation to go back to")


def verify(generation: Generation) -> list[str]:
    """What is wrong with a generation, one sentence each; empty when it is whole."""
    problems = _wrong_files(generation)
    if problems:
        return problems
    try:
        contents = _read(generation)
    except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
        return [f"its files do not read back ({type(error).__name__})"]
    manifest = generation.manifest
    counted = (len(contents.documents), len(contents.passages), len(contents.dense.rows), contents.dense.index.d)
    if counted != (manifest.documents, manifest.passages, manifest.vectors, manifest.dimension):
        problems.append("its counts differ from its manifest")
    problems += [
        f"passage {passage.id} does not stand in its document {passage.document_id}"
        for passage in contents.passages
        if passage.document_id not in contents.documents
        or contents.documents[passage.document_id].text[passage.start : passage.end] != passage.text
    ]
    return problems


def read(generation: Generation, fingerprint: str) -> Contents:
    """Load a generation once its checksums have been found right.

    Args:
        generation: what to load.
        fingerprint: of the encoder that questions will be embedded with.

    Raises:
        ForeignIndexError: if it was built with another model.
        DamagedIndexError: if files are missing, truncated or changed.
    """
    if generation.manifest.fingerprint != fingerprint:
        raise ForeignIndexError(
            f"the index was built with the model {generation.manifest.fingerprint!r}, "
            f"the settings name {fingerprint!r}; {_RUN}"
        )
    problems = _wrong_files(generation)
    if problems:
        raise DamagedIndexError(f"the index {generation.id} is damaged: {problems[0]}; {_RUN}")
    try:
        return _read(generation)
    except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
        raise DamagedIndexError(f"the index {generation.id} does not read back ({error}); {_RUN}") from error


def _read(generation: Generation) -> Contents:
    folder = generation.folder
    documents = [Document(**fields) for fields in _read_lines(folder / "documents.jsonl")]
    passages = tuple(Passage(**fields) for fields in _read_lines(folder / "passages.jsonl"))
    return Contents(
        documents={document.id: document for document in documents},
        passages=passages,
        dense=DenseIndex.load(folder, len(passages)),
        lexical=LexicalIndex.load(folder / "lexical", len(passages)),
    )


def _wrong_files(generation: Generation) -> list[str]:
    problems = []
    for name, expected in generation.manifest.checksums.items():
        try:
            if _digest(generation.folder / name) != expected:
                problems.append(f"{name} has changed since it was written")
        except OSError:
            problems.append(f"{name} is missing or cannot be read")
    return problems


def _read_manifest(folder: Path) -> Manifest:
    try:
        fields = json.loads((folder / "manifest.json").read_bytes())
        if fields["format"] != FORMAT:
            raise ForeignIndexError(
                f"the index {folder.name} has format {fields['format']}, this program reads format {FORMAT}; {_RUN}"
            )
        manifest = Manifest(**fields)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedIndexError(f"the manifest of the index {folder.name} cannot be read; {_RUN}") from error
    if manifest.id != folder.name or not isinstance(manifest.checksums, dict) or not manifest.checksums:
        raise DamagedIndexError(f"the manifest of the index {folder.name} is not its own; {_RUN}")
    return manifest


def _write_lines(path: Path, items: Sequence[Document | Passage]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(asdict(item), ensure_ascii=False) + "\n" for item in items)


def _read_lines(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="\n") as file:
        return [json.loads(line) for line in file]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    """Have the disk hold a file or folder before a rename speaks of it."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found
