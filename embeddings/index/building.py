"""Building a generation: passages, vectors and words written aside, checked, and renamed into their place."""

import json
import platform
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from corpus.atomic import sync
from corpus.errors import IndexingError
from corpus.models import Document, Passage
from corpus.splitting import split
from embeddings.encoder.encoder import Encoder, Progress
from embeddings.headings import heading_of
from embeddings.index.corpus_language import LANGUAGE_VERSION
from embeddings.index.dense import DENSE_VERSION, DenseIndex, embedded_text, rows_of, titled
from embeddings.index.derived import Derived
from embeddings.index.generations import FOLDER, Generation, Manifest, digest
from embeddings.index.lexical import LEXICAL_VERSION, LexicalIndex
from embeddings.index.office_records import OFFICES_VERSION
from embeddings.index.parts import Parts
from embeddings.index.publishing import BUILDING
from embeddings.index.structure import STRUCTURE_VERSION
from embeddings.index.verifying import verify

SHAPE = {
    "vectors": DENSE_VERSION,
    "words": LEXICAL_VERSION,
    "structure": STRUCTURE_VERSION,
    "offices": OFFICES_VERSION,
    "language": LANGUAGE_VERSION,
}
"""Versions of the code that decides what of a passage stands in an index; another shape is a reason to build anew."""

_PACKAGES = ("danvan", "faiss-cpu", "numpy", "onnxruntime", "sentence-transformers", "tokenizers", "torch")


def build(
    data_dir: Path, documents: Sequence[Document], encoder: Encoder, on_progress: Progress | None = None
) -> Generation:
    """Build a generation beside the published one and check what was written; it is not published yet.

    Raises:
        IndexingError: if there is nothing to index, or the disk does not take it.
    """
    return write(data_dir, *embed(documents, encoder, on_progress))


def embed(
    documents: Sequence[Document], encoder: Encoder, on_progress: Progress | None = None
) -> tuple[Manifest, Parts]:
    """All that a new generation of these documents is made of, and what it says of itself; without checksums.

    Raises:
        IndexingError: if there is nothing to index.
    """
    passages = passages_of(documents)
    titles = {document.id: heading_of(document) for document in documents}
    named, texts = [titles[passage.document_id] for passage in passages], [passage.text for passage in passages]
    rows = rows_of(named, texts, encoder)
    vectors = encoder.encode_documents([embedded_text(named, texts, row) for row in rows.tolist()], on_progress)
    created = datetime.now(UTC)
    manifest = Manifest(
        id=new_id(created),
        created=created.isoformat(timespec="microseconds"),
        fingerprint=encoder.fingerprint,
        dimension=encoder.dimension,
        documents=len(documents),
        passages=len(passages),
        vectors=len(rows),
        versions=versions(),
        checksums={},
        shape=dict(SHAPE),
    )
    return manifest, Parts(documents, passages, rows, vectors, Derived.read_out(documents, passages))


def write(data_dir: Path, manifest: Manifest, parts: Parts) -> Generation:
    """Write a generation aside, rename it into its place and check it; it is not published yet.

    Args:
        data_dir: where the generations are.
        manifest: without checksums.
        parts: what it is made of.

    Raises:
        IndexingError: if the disk does not take it, or it does not read back.
    """
    identity = manifest.id
    titles = {document.id: heading_of(document) for document in parts.documents}
    texts = (titled(titles[passage.document_id], passage.text) for passage in parts.passages)
    root = data_dir / FOLDER
    aside = root / f"{BUILDING}{identity}"
    try:
        aside.mkdir(parents=True)
        _write_lines(aside / "documents.jsonl", parts.documents)
        _write_lines(aside / "passages.jsonl", parts.passages)
        DenseIndex.of(parts.rows, parts.vectors, len(parts.passages)).save(aside)  # let go of before words are counted
        LexicalIndex.build(texts).save(aside / "lexical")
        parts.derived.save(aside)
        files = (path for path in sorted(aside.rglob("*")) if path.is_file())
        manifest = replace(manifest, checksums={path.relative_to(aside).as_posix(): digest(path) for path in files})
        (aside / "manifest.json").write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=1), "utf-8")
        for path in (*aside.rglob("*"), aside):
            sync(path)
        aside.rename(root / identity)
        sync(root)
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


def passages_of(documents: Sequence[Document]) -> list[Passage]:
    """The passages of all documents, in the order of the index.

    Raises:
        IndexingError: if there are none.
    """
    passages = [passage for document in documents for passage in split(document)]
    if not passages:
        raise IndexingError("there is nothing to index: no document holds any text")
    return passages


def new_id(created: datetime) -> str:
    """A generation's id: when it was created, and something by which two of one second differ."""
    return f"{created:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"


def versions() -> dict[str, str]:
    """Versions of Python and of the packages that have a part in an index."""
    found = {"python": platform.python_version()}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except (PackageNotFoundError, OSError):
            continue
    return found


def _write_lines(path: Path, items: Sequence[Document | Passage]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(asdict(item), ensure_ascii=False) + "\n" for item in items)
