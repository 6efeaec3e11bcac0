"""The gold questions over files, one PostgreSQL and two: `python -m tests.benchmarks.gold_engines [GOLD]`.

The articles are embedded once by the model and written into all three, so that the engines alone differ. PostgreSQL
servers are set up in a temporary folder. Printed are, for each, the share of answerable questions whose first hit holds
the evidence, and on how many questions the first hit, or one of the ten best, is another than with files.
"""

import contextlib
import sys
import tempfile
from pathlib import Path

from bot.gold.gold_files import read_gold
from bot.gold.gold_items import GoldItem
from corpus.folder.reading_folder import DEFAULT_DOCUMENTS, read_folder
from embeddings.encoder.encoder import load_encoder
from embeddings.hits import Hit
from embeddings.index.files import FilesStore
from embeddings.index.postgres.store import PostgresStore
from embeddings.index.protocol import IndexStore
from embeddings.index.sharded.store import ShardedStore
from embeddings.question.question import Question
from embeddings.retriever import Retriever
from tests.postgres_server import Server, servers

GOLD = Path(__file__).parents[1] / "gold" / "articles.jsonl"
PATIENCE = 600.0


def main(gold: Path) -> None:
    """Ask and compare."""
    items = read_gold(gold).items
    encoder = load_encoder()
    with servers() as folder, tempfile.TemporaryDirectory() as data, contextlib.ExitStack() as stack:
        first, second = (Server.set_up(folder / name).start() for name in ("first", "second"))
        for server in (first, second):
            stack.callback(server.stop)
        files = FilesStore(Path(data))
        alone = PostgresStore(first.url(first.new_database()), patience=PATIENCE)
        both = [PostgresStore(one.url(one.new_database()), patience=PATIENCE, shards=2) for one in (first, second)]
        divided = ShardedStore(both)
        for store in (alone, divided):
            stack.callback(store.close)
        generation = files.build(list(read_folder(DEFAULT_DOCUMENTS).documents), encoder)
        parts = files.read_parts(generation)
        engines: list[tuple[str, IndexStore]] = [("files", files), ("postgres", alone), ("two shards", divided)]
        base: list[list[Hit]] = []
        for name, engine in engines:
            opened = generation if engine is files else engine.write_parts(generation, parts)
            retriever = Retriever(engine.open(opened, encoder.fingerprint), encoder)
            found = [retriever.search(Question(item.question, item.context), 10) for item in items]
            base = base or found
            report(name, items, found, base)


def report(
    name: str, items: "list[GoldItem] | tuple[GoldItem, ...]", found: list[list[Hit]], base: list[list[Hit]]
) -> None:
    """One line for an engine."""
    right = [bool(hits and _holds(item, hits[0])) for item, hits in zip(items, found, strict=True) if item.evidence]
    first = sum(a[0].passage.id != b[0].passage.id for a, b in zip(found, base, strict=True) if b)
    ten = sum({h.passage.id for h in a} != {h.passage.id for h in b} for a, b in zip(found, base, strict=True))
    print(
        f"{name:<12} R@1 {sum(right) / len(right):.4f} of {len(right)}; other than files: first hit {first}, "
        f"ten best {ten} of {len(items)}",
        flush=True,
    )


def _holds(item: GoldItem, hit: Hit) -> bool:
    text = " ".join(hit.passage.text.split())
    return any(" ".join(each.split()) in text for each in item.evidence)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else GOLD)
