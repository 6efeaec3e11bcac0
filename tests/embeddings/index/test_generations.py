"""Generations on disk: atomic publishing, every kind of damage, roll back, what is kept, a disk that is full."""

import errno
import json
import os
import resource
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import faiss
import numpy as np
import pytest

from corpus.errors import DamagedIndexError, ForeignIndexError, IndexingError, MissingIndexError
from corpus.splitting import split
from embeddings.index import building, generations
from embeddings.index.building import build
from embeddings.index.generations import Generation, digest, published, published_id, read
from embeddings.index.lexical import LexicalIndex
from embeddings.index.protocol import KEPT
from embeddings.index.publishing import discard, publish, rollback, sweep
from embeddings.index.verifying import verify
from tests.embeddings.fakes import LIBRARY, WordEncoder, document

WORDS = WordEncoder()


@pytest.fixture
def first(tmp_path: Path) -> Generation:
    """A published generation."""
    generation = build(tmp_path, LIBRARY, WORDS)
    publish(tmp_path, generation)
    return generation


def leftovers(data_dir: Path) -> list[str]:
    return sorted(path.name for path in (data_dir / "generations").glob(".*"))


def test_what_was_built_reads_back(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    generation = build(tmp_path, LIBRARY, WORDS, lambda done, of: told.append((done, of)))
    passages = [passage for one in LIBRARY for passage in split(one)]
    assert verify(generation) == []
    contents = read(generation, "words")
    assert list(contents.documents.values()) == list(LIBRARY)
    assert list(contents.passages) == passages
    assert contents.lexical.size == len(passages)
    manifest = generation.manifest
    assert (manifest.documents, manifest.passages, manifest.vectors) == (3, len(passages), told[-1][1])
    assert (manifest.id, manifest.fingerprint, manifest.dimension) == (generation.folder.name, "words", 64)
    assert set(manifest.checksums) == {
        str(path.relative_to(generation.folder))
        for path in generation.folder.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    assert {"python", "numpy", "faiss-cpu"} <= set(manifest.versions)
    assert leftovers(tmp_path) == []


def test_built_is_not_published_until_it_is(tmp_path: Path) -> None:
    generation = build(tmp_path, LIBRARY, WORDS)
    assert published_id(tmp_path) is None
    with pytest.raises(MissingIndexError, match="run: danvan reindex"):
        published(tmp_path)
    publish(tmp_path, generation)
    assert published(tmp_path) == generation
    assert published_id(tmp_path) == generation.id
    assert leftovers(tmp_path) == []


def test_publishing_replaces_the_pointer_in_one_step(
    tmp_path: Path, first: Generation, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = build(tmp_path, LIBRARY[:1], WORDS)
    seen = []
    replace_file = Path.replace

    def watched(self: Path, target: Path) -> Path:
        seen.append((self.parent == target.parent, self.read_text(), published_id(tmp_path)))
        return replace_file(self, target)

    monkeypatch.setattr(Path, "replace", watched)
    publish(tmp_path, second)
    assert seen == [(True, second.id + "\n", first.id)]
    assert published_id(tmp_path) == second.id


def test_nothing_to_index(tmp_path: Path) -> None:
    for documents in ((), (document("leer", "Trống", ""),)):
        with pytest.raises(IndexingError, match="nothing to index"):
            build(tmp_path, documents, WORDS)
    assert not (tmp_path / "generations").exists()


def every_file(generation: Generation) -> list[Path]:
    return sorted(generation.folder / name for name in generation.manifest.checksums)


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "missing": Path.unlink,
    "truncated": lambda path: path.write_bytes(path.read_bytes()[:-1]),
    "empty": lambda path: path.write_bytes(b""),
    "flipped": flip,
    "longer": lambda path: path.write_bytes(path.read_bytes() + b"\n"),
}


@pytest.mark.parametrize("damage", list(DAMAGES))
def test_damage_to_any_file_is_found(first: Generation, damage: str) -> None:
    for path in every_file(first):
        whole = path.read_bytes()
        DAMAGES[damage](path)
        problems = verify(first)
        assert len(problems) == 1
        assert str(path.relative_to(first.folder)) in problems[0]
        with pytest.raises(DamagedIndexError, match="run: danvan reindex"):
            read(first, "words")
        path.write_bytes(whole)
    assert verify(first) == []


def resign(generation: Generation, name: str) -> Generation:
    """The generation with the checksum of a changed file set right, as by somebody who meant it."""
    checksums = generation.manifest.checksums | {name: digest(generation.folder / name)}
    return replace(generation, manifest=replace(generation.manifest, checksums=checksums))


def test_files_that_do_not_belong_together_are_found(first: Generation) -> None:
    rows = np.load(first.folder / "rows.npy")
    np.save(first.folder / "rows.npy", rows[:-1])
    assert verify(resign(first, "rows.npy")) == ["its files do not read back (ValueError)"]
    with pytest.raises(DamagedIndexError, match="does not read back"):
        read(resign(first, "rows.npy"), "words")
    np.save(first.folder / "rows.npy", rows)
    assert verify(replace(first, manifest=replace(first.manifest, passages=99))) == [
        "its counts differ from its manifest"
    ]
    path = first.folder / "passages.jsonl"
    lines = path.read_text("utf-8").splitlines()
    moved = json.loads(lines[0]) | {"start": 1}
    path.write_text("\n".join([json.dumps(moved), *lines[1:]]) + "\n", "utf-8")
    (problem,) = verify(resign(first, "passages.jsonl"))
    assert f"passage {moved['id']} does not stand in its document" in problem


def test_an_index_of_another_model_is_refused(first: Generation) -> None:
    with pytest.raises(ForeignIndexError, match=r"'words'.*'others'.*run: danvan reindex"):
        read(first, "others")


def rewrite(generation: Generation, **fields: object) -> None:
    path = generation.folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | fields), "utf-8")


def test_an_index_of_another_format_is_refused(tmp_path: Path, first: Generation) -> None:
    rewrite(first, format=99)
    with pytest.raises(ForeignIndexError, match="format 99"):
        published(tmp_path)
    assert generations.generations(tmp_path) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        f'{{"format": {generations.FORMAT}}}',
        f'{{"format": {generations.FORMAT}, "unknown": 2}}',
        "\udcff",
    ],
)
def test_a_manifest_that_cannot_be_read(tmp_path: Path, first: Generation, text: str) -> None:
    (first.folder / "manifest.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(DamagedIndexError, match="run: danvan reindex"):
        published(tmp_path)


@pytest.mark.parametrize("fields", [{"id": "other"}, {"checksums": {}}, {"checksums": ["a"]}, {"more": 1}])
def test_a_manifest_that_is_not_its_own(tmp_path: Path, first: Generation, fields: dict[str, object]) -> None:
    rewrite(first, **fields)
    with pytest.raises(DamagedIndexError, match="run: danvan reindex"):
        published(tmp_path)


@pytest.mark.parametrize("name", ["20200101T000000-abcdef", "..", ".", "../..", "a/b", "\x00", "x" * 400])
def test_a_pointer_to_nothing(tmp_path: Path, first: Generation, name: str) -> None:
    (tmp_path / "generations" / "current").write_text(name)
    with pytest.raises(DamagedIndexError, match="run: danvan reindex"):
        published(tmp_path)


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe"])
def test_an_unreadable_pointer_is_no_index(tmp_path: Path, first: Generation, content: bytes) -> None:
    (tmp_path / "generations" / "current").write_bytes(content)
    with pytest.raises(MissingIndexError):
        published(tmp_path)


def test_a_half_written_folder_is_never_seen_and_swept(tmp_path: Path, first: Generation) -> None:
    root = tmp_path / "generations"
    shutil.copytree(first.folder, root / ".building-20990101T000000-abcdef")
    (root / ".current-1234").write_text("x")
    (root / "20990101T000000-ffffff").mkdir()
    assert generations.generations(tmp_path) == [first]
    assert published(tmp_path) == first
    assert sweep(tmp_path) == 3
    assert leftovers(tmp_path) == []
    assert sweep(tmp_path) == 0
    assert verify(published(tmp_path)) == []
    assert sweep(tmp_path / "nowhere") == 0


def test_the_newest_are_kept_and_the_published_one_always(tmp_path: Path) -> None:
    built: list[str] = []
    for _ in range(KEPT + 2):
        generation = build(tmp_path, LIBRARY[:1], WORDS)
        created = f"2026-01-0{len(built) + 1}T00:00:00+00:00"
        rewrite(generation, created=created)
        built.append(generation.id)
        publish(tmp_path, replace(generation, manifest=replace(generation.manifest, created=created)))
    assert [generation.id for generation in generations.generations(tmp_path)] == built[-KEPT:]
    assert published_id(tmp_path) == built[-1]
    assert rollback(tmp_path).id == built[-2]
    assert published_id(tmp_path) == built[-2]
    assert rollback(tmp_path).id == built[-3]
    with pytest.raises(IndexingError, match="no earlier generation"):
        rollback(tmp_path)
    assert published_id(tmp_path) == built[-3]


def test_roll_back_passes_over_a_damaged_generation(tmp_path: Path) -> None:
    built: list[Generation] = []
    for day in range(1, 4):
        generation = build(tmp_path, LIBRARY[:1], WORDS)
        rewrite(generation, created=f"2026-01-0{day}T00:00:00+00:00")
        publish(tmp_path, generation)
        built.append(generation)
    flip(built[1].folder / "dense.faiss")
    assert rollback(tmp_path).id == built[0].id
    with pytest.raises(IndexingError, match="no earlier"):
        rollback(tmp_path / "nowhere")


def published_on(data_dir: Path, day: int, encoder: WordEncoder = WORDS) -> Generation:
    generation = build(data_dir, LIBRARY[:1], encoder)
    rewrite(generation, created=f"2026-01-0{day}T00:00:00+00:00")
    publish(data_dir, generation)
    return generation


def test_roll_back_passes_over_what_was_rolled_back_from(tmp_path: Path) -> None:
    good, bad = published_on(tmp_path, 1), published_on(tmp_path, 2)
    assert rollback(tmp_path).id == good.id
    last = published_on(tmp_path, 3)
    assert rollback(tmp_path).id == good.id
    publish(tmp_path, last)
    discard(good)
    with pytest.raises(IndexingError, match="rolled back from themselves"):
        rollback(tmp_path)
    publish(tmp_path, bad)
    publish(tmp_path, last)
    assert rollback(tmp_path).id == bad.id, "published again, it is as good as any other"


def test_roll_back_keeps_to_the_model(tmp_path: Path) -> None:
    other = WordEncoder()
    other.fingerprint = "other words"
    mine, _foreign, last = published_on(tmp_path, 1), published_on(tmp_path, 2, other), published_on(tmp_path, 3)
    assert rollback(tmp_path, fingerprint="words").id == mine.id
    publish(tmp_path, last)
    discard(mine)
    with pytest.raises(IndexingError, match="of another model"):
        rollback(tmp_path, fingerprint="words")
    assert published_id(tmp_path) == last.id


def test_discard(tmp_path: Path, first: Generation) -> None:
    second = build(tmp_path, LIBRARY, WORDS)
    discard(second)
    assert generations.generations(tmp_path) == [first]
    discard(second)


def full(*_: object, **__: object) -> object:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize(
    ("owner", "step"),
    [
        (Path, "mkdir"),
        (Path, "open"),
        (faiss, "write_index"),
        (Path, "write_text"),
        (Path, "rename"),
        (np, "save"),
        (os, "fsync"),
        (LexicalIndex, "save"),
        (building, "digest"),
    ],
)
def test_a_full_disk_at_any_step_leaves_the_published_one(
    tmp_path: Path, first: Generation, monkeypatch: pytest.MonkeyPatch, owner: object, step: str
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(owner, step, full)
        with pytest.raises(IndexingError, match=r"No space left on device.*published one is unchanged"):
            build(tmp_path, LIBRARY, WORDS)
    assert published(tmp_path) == first
    assert verify(first) == []
    assert leftovers(tmp_path) == []
    assert generations.generations(tmp_path) == [first]


@pytest.fixture
def small_files() -> Iterator[Callable[[int], None]]:
    """Sets how long a file this process may write, which fails real writes in the middle."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("size", [0, 50, 200, 500, 1000, 2000, 2500])
def test_writes_that_break_off_leave_the_published_one(
    tmp_path: Path, first: Generation, small_files: Callable[[int], None], size: int
) -> None:
    longest = max(path.stat().st_size for path in first.folder.rglob("*") if path.is_file())
    assert size < longest
    soft = resource.getrlimit(resource.RLIMIT_FSIZE)[0]
    small_files(size)
    try:
        with pytest.raises(IndexingError, match="published one is unchanged"):
            build(tmp_path, LIBRARY, WORDS)
    finally:
        small_files(soft)
    assert published(tmp_path) == first
    assert verify(first) == []
    assert leftovers(tmp_path) == []
    assert generations.generations(tmp_path) == [first]


@pytest.mark.parametrize(("owner", "step"), [(Path, "open"), (Path, "replace"), (os, "fsync")])
def test_a_full_disk_while_publishing_leaves_the_published_one(
    tmp_path: Path, first: Generation, monkeypatch: pytest.MonkeyPatch, owner: object, step: str
) -> None:
    second = build(tmp_path, LIBRARY, WORDS)
    with monkeypatch.context() as patch:
        patch.setattr(owner, step, full)
        with pytest.raises(IndexingError, match="could not be published"):
            publish(tmp_path, second)
    assert published(tmp_path) == first
    assert leftovers(tmp_path) == []


def test_what_does_not_read_back_is_not_kept(
    tmp_path: Path, first: Generation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "verify", lambda generation: ["rows.npy has changed since it was written"])
    with pytest.raises(IndexingError, match="does not read back"):
        build(tmp_path, LIBRARY, WORDS)
    assert generations.generations(tmp_path) == [first]


def test_a_generation_that_was_never_published_is_swept_and_never_rolled_back_to(tmp_path: Path) -> None:
    first = build(tmp_path, LIBRARY, WordEncoder())
    publish(tmp_path, first)
    refused = build(tmp_path, LIBRARY, WordEncoder())
    last = build(tmp_path, LIBRARY, WordEncoder())
    publish(tmp_path, last)
    assert rollback(tmp_path).id == first.id
    sweep(tmp_path)
    assert {generation.id for generation in generations.generations(tmp_path)} == {first.id, last.id}
    assert not refused.folder.exists()
