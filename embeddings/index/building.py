"""Building a generation: passages, vectors and words written aside, checked, and renamed into their place."""

import json
import platform
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from corpus.atomic import sync
from corpus.errors import IndexingError
from corpus.models import Document, Passage
from corpus.splitting import split
from embeddings.encoder.encoder import Encoder, Progress
from embeddings.index.dense import DENSE_VERSION, DenseIndex, titled
from embeddings.index.generations import FOLDER, Generation, Manifest, digest
from embeddings.index.lexical import LEXICAL_VERSION, LexicalIndex
from embeddings.index.number_spellings import NumberSpellings
from embeddings.index.office_records import OFFICES_VERSION, OfficeDirectory
from embeddings.index.publishing import BUILDING
from embeddings.index.structure import STRUCTURE_VERSION, Structure
from embeddings.index.verifying import verify

SHAPE = {
    "vectors": DENSE_VERSION,
    "words": LEXICAL_VERSION,
    "structure": STRUCTURE_VERSION,
    "offices": OFFICES_VERSION,
}
"""Versions of the code that decides what of a passage stands in an index; another shape is a reason to build anew."""

_PACKAGES = ("danvan", "bm25s", "faiss-cpu", "numpy", "sentence-transformers", "torch")


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
    spellings = NumberSpellings.count([*titles.values(), *texts])
    dates = {document.id: document.published for document in documents}
    offices = OfficeDirectory.read_out((p.document_id, p.text, dates[p.document_id]) for p in passages)
    created = datetime.now(UTC)
    identity = f"{created:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
    root = data_dir / FOLDER
    aside = root / f"{BUILDING}{identity}"
    try:
        aside.mkdir(parents=True)
        _write_lines(aside / "documents.jsonl", documents)
        _write_lines(aside / "passages.jsonl", passages)
        dense.save(aside)
        lexical.save(aside / "lexical")
        Structure.build(documents).save(aside)
        spellings.save(aside)
        offices.save(aside)
        manifest = Manifest(
            id=identity,
            created=created.isoformat(timespec="microseconds"),
            fingerprint=encoder.fingerprint,
            dimension=encoder.dimension,
            documents=len(documents),
            passages=len(passages),
            vectors=len(dense.rows),
            versions=versions(),
            checksums={
                path.relative_to(aside).as_posix(): digest(path) for path in sorted(aside.rglob("*")) if path.is_file()
            },
            shape=dict(SHAPE),
        )
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


def versions() -> dict[str, str]:
    """Versions of Python and of the packages that have a part in an index."""
    found = {"python": platform.python_version()}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def _write_lines(path: Path, items: Sequence[Document | Passage]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(asdict(item), ensure_ascii=False) + "\n" for item in items)
