"""What is kept in the first database of a divided generation: of the whole, beside the first of its parts."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from psycopg import Connection

from corpus.errors import DamagedIndexError
from embeddings.index.derived import Derived
from embeddings.index.generations import RUN, Manifest
from embeddings.index.parts import Parts
from embeddings.index.postgres.catalogue import StoredGeneration, manifest_of
from embeddings.index.sharded.dividing import Numbering, shards_of
from embeddings.index.sharded.searching import Whole

_LAYOUT = """
CREATE TABLE IF NOT EXISTS danvan_index.divided (
    generation text NOT NULL REFERENCES danvan_index.generations ON DELETE CASCADE, name text NOT NULL,
    content bytea NOT NULL, PRIMARY KEY (generation, name)
)
"""
_MANIFEST, _DOCUMENTS, _PASSAGES, _GROUPS = "manifest", "shards of documents", "shards of passages", "groups"


def write_whole(connection: Connection[Any], manifest: Manifest, parts: Parts) -> StoredGeneration:
    """Write what holds of the whole, once the first database has its part."""
    documents, passages = shards_of(parts.documents, parts.passages, manifest.shards)
    groups = sorted({one.groups for one in parts.documents})
    files = {
        _DOCUMENTS: documents,
        _PASSAGES: passages,
        _GROUPS: json.dumps(groups, ensure_ascii=False).encode(),
        **parts.derived.to_files(),
    }
    whole = replace(manifest, checksums={name: _digest(content) for name, content in files.items()})
    files[_MANIFEST] = json.dumps(asdict(whole), ensure_ascii=False).encode()
    connection.execute(_LAYOUT)
    with connection.transaction(), connection.cursor() as cursor:
        rows = [(manifest.id, name, content) for name, content in files.items()]
        cursor.executemany("INSERT INTO danvan_index.divided VALUES (%s, %s, %s)", rows)
    return StoredGeneration(manifest.id, whole)


def read_manifest(connection: Connection[Any], generation: str) -> StoredGeneration:
    """What a generation says of itself.

    Raises:
        DamagedIndexError: if it is not there.
        ForeignIndexError: if another format of this program wrote it.
    """
    files = _read(connection, generation, f"AND name = '{_MANIFEST}'")
    return StoredGeneration(generation, manifest_of(generation, json.loads(files[_MANIFEST])))


def read_whole(connection: Connection[Any], generation: str) -> Whole:
    """What is needed at hand to search a generation.

    Raises:
        DamagedIndexError: if it does not read back.
    """
    files = _read(connection, generation)
    manifest = manifest_of(generation, json.loads(files.pop(_MANIFEST)))
    try:
        documents, passages = (Numbering.of(files.pop(name), manifest.shards) for name in (_DOCUMENTS, _PASSAGES))
        groups = frozenset(map(tuple, json.loads(files.pop(_GROUPS))))
        return Whole(generation, documents, passages, Derived.from_files(files), groups)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedIndexError(f"the index {generation} does not read back; {RUN}") from error


def wrong_whole(connection: Connection[Any], generation: str) -> list[str]:
    """What of it has changed since it was written."""
    files = _read(connection, generation)
    manifest = manifest_of(generation, json.loads(files.pop(_MANIFEST)))
    found = {name: _digest(content) for name, content in files.items()}
    return [
        f"what is kept of the whole has changed since it was written: {name}"
        for name in sorted(manifest.checksums.keys() | found.keys())
        if found.get(name) != manifest.checksums.get(name)
    ]


def _read(connection: Connection[Any], generation: str, further: str = "") -> dict[str, bytes]:
    there = connection.execute("SELECT to_regclass('danvan_index.divided') IS NOT NULL").fetchone()
    files: Mapping[str, bytes] = {}
    if there and there[0]:
        query: Any = f"SELECT name, content FROM danvan_index.divided WHERE generation = %s {further}"  # noqa: S608
        files = dict(connection.execute(query, (generation,)).fetchall())
    if _MANIFEST not in files:
        raise DamagedIndexError(f"the index {generation} is not whole in the first database; {RUN}")
    return dict(files)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
