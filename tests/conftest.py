"""What many tests need: a clean environment, the program as a subprocess, an index of the five articles built once."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
# Before a library that computes is imported: threads that wait for each other on busy cores burn most of the time they
# are given, and tests run beside other programs.

import pytest
from hypothesis import HealthCheck, settings

from tests.forking import Forking, forking

if TYPE_CHECKING:
    from bot.answering.answerer import Answerer
    from bot.evaluation.run import Run as GoldRun
    from embeddings.encoder.encoder import Encoder
    from embeddings.retriever import Retriever
    from tests.postgres_server import Server

DANVAN = Path(sys.executable).with_name("danvan")
GOLD = Path(__file__).with_name("gold") / "articles.jsonl"
BOT_NAME = "kiem_thu_bot"
QUICK = [sys.executable, "-P", str(Path(__file__).with_name("quick.py"))]
os.environ.setdefault("OMP_WAIT_POLICY", "passive")
"""Torch's threads sleep while they wait for each other: spinning, on a busy machine they take most of its time."""

settings.register_profile("danvan", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
settings.register_profile("soak", settings.get_profile("danvan"), derandomize=False, max_examples=2000)
settings.load_profile("danvan")
"""`make test` tries the same examples everywhere; `make soak` draws new ones each time, many more."""

PATIENCE = 600
"""Seconds after which a test is taken to hang; nothing else is judged by the clock."""


@dataclass(frozen=True)
class Ended:
    """A program that has ended, and what it said; both streams must be valid UTF-8."""

    status: int
    out: str
    err: str


Run = Callable[..., Ended]


NEED_THE_MODEL = frozenset({"danvan", "encoder", "gold_run", "indexed", "real_answerer", "retriever"})
"""Fixtures that load the model or start a process that does."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where several processes run the tests, keep those that need the model in one of them: it is loaded once then.

    Before pytest-xdist looks at the marks.
    """
    for item in items:
        if NEED_THE_MODEL.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.xdist_group("model"))


def pytest_collection_finish(session: pytest.Session) -> None:
    """Groups that fall apart unseen cost the models in every process, and tests that go on from each other fail."""
    if getattr(session.config.option, "loadgroup", False):
        astray = [
            item.nodeid for item in session.items if item.get_closest_marker("xdist_group") and "@" not in item.nodeid
        ]
        if astray:
            raise pytest.UsageError(f"this pytest-xdist does not keep groups together: {astray[0]}")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Call a file's bytes by their number: a name from the bytes of an archive packed this second is another in each
    process that collects the tests."""
    return f"{argname} of {len(val)} bytes" if isinstance(val, bytes) and len(val) > 40 else None


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.upper().startswith("DANVAN_"):
            monkeypatch.delenv(name)


def environment(**settings: object) -> dict[str, str]:
    """The environment with no other settings than these: `data_dir=...` is DANVAN_DATA_DIR."""
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith("DANVAN_")}
    return kept | {f"DANVAN_{name.upper()}": str(value) for name, value in settings.items()}


def heed_interrupts() -> None:
    """Let Ctrl-C reach a program about to start: a shell's background jobs, such as these tests, inherit deafness."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def runner(program: list[str], forks: Forking, elsewhere: Path) -> Run:
    """A function that runs a program to its end, in a folder without `.env`.

    What can only be done to a program as it starts (`variables` of Python's own, `before` it begins) starts one; all
    other runs are forked from a process that has loaded the libraries.
    """

    def run(
        *arguments: str | bytes,
        stdin: bytes = b"",
        variables: dict[str, str] | None = None,
        before: Callable[[], None] | None = None,
        **settings: object,
    ) -> Ended:
        given = environment(**settings) | (variables or {})
        with tempfile.TemporaryFile() as told, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            told.write(stdin)
            streams = (told, out, err)
            told.seek(0)
            if variables or before:
                status = subprocess.run(
                    [*program, *arguments],
                    stdin=told,
                    stdout=out,
                    stderr=err,
                    env=given,
                    cwd=elsewhere,
                    preexec_fn=before,
                    timeout=PATIENCE,
                    check=False,
                ).returncode
            else:
                status = forks.run([os.fsdecode(argument) for argument in arguments], given, elsewhere, streams)
            out.seek(0)
            err.seek(0)
            return Ended(status, out.read().decode("utf-8"), err.read().decode("utf-8"))

    return run


@pytest.fixture(scope="session")
def danvan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """Runs the program."""
    with forking(patience=PATIENCE) as forks:
        yield runner([str(DANVAN)], forks, tmp_path_factory.mktemp("elsewhere"))


@pytest.fixture(scope="session")
def quick(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """Runs the program with a small encoder in the place of the model; see `tests.quick`."""
    with forking("quick", patience=PATIENCE) as forks:
        yield runner(QUICK, forks, tmp_path_factory.mktemp("elsewhere"))


@pytest.fixture(scope="session")
def indexed(danvan: Run, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder in which the five articles are indexed by the real model; for reading only."""
    yield from _index(danvan, tmp_path_factory.mktemp("indexed"))


@pytest.fixture(scope="session")
def postgres() -> Iterator["Server"]:
    """A running PostgreSQL server."""
    yield from _server()


@pytest.fixture(scope="session")
def second_postgres() -> Iterator["Server"]:
    """Another running PostgreSQL server."""
    yield from _server()


@pytest.fixture
def database_url(postgres: "Server") -> Iterator[str]:
    """The address of an empty database in PostgreSQL."""
    yield from _database(postgres)


@pytest.fixture
def second_url(second_postgres: "Server") -> Iterator[str]:
    """The address of an empty database on the other server."""
    yield from _database(second_postgres)


@pytest.fixture(scope="session")
def encoder() -> "Encoder":
    """The real model."""
    from embeddings.encoder.encoder import load_encoder  # noqa: PLC0415 - seconds to import

    return load_encoder()


@pytest.fixture(scope="session")
def retriever(indexed: Path, encoder: "Encoder") -> "Retriever":
    """The five articles, found by the real model; for reading only."""
    from embeddings.retriever import Retriever  # noqa: PLC0415 - seconds to import

    return Retriever.open(indexed, encoder=encoder)


@pytest.fixture(scope="session")
def real_answerer(indexed: Path, retriever: "Retriever") -> "Answerer":
    """The assistant over the five articles, with the real model and the bundled reader, as a bot has it."""
    from bot.answering.answerer import Answerer  # noqa: PLC0415 - seconds to import
    from bot.answering.links import Links  # noqa: PLC0415
    from bot.model_wiring import load_reranking  # noqa: PLC0415
    from bot.settings import Settings  # noqa: PLC0415

    reranking = load_reranking(Settings(_env_file=None, data_dir=indexed))  # type: ignore[call-arg]
    return Answerer(retriever, Links(bot_name=BOT_NAME), reranking)


@pytest.fixture(scope="session")
def gold_run(real_answerer: "Answerer") -> "GoldRun":
    """The whole gold set over the five articles, asked once for all tests that need its answers."""
    from bot.evaluation.run import evaluate  # noqa: PLC0415
    from bot.gold.gold_files import read_gold  # noqa: PLC0415

    return evaluate(real_answerer, read_gold(GOLD))


@pytest.fixture(scope="session")
def quick_indexed(quick: Run, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The same by the small encoder."""
    yield from _index(quick, tmp_path_factory.mktemp("quick"))


def _index(program: Run, data_dir: Path) -> Iterator[Path]:
    """A data folder with an index; no test may leave anything in it."""
    done = program("reindex", data_dir=data_dir)
    assert done.status == 0, done.err
    before = _files_in(data_dir)
    yield data_dir
    assert _files_in(data_dir) - before == set(), "a test wrote into a data folder that all tests share"


def _files_in(data_dir: Path) -> set[str]:
    """The files of a data folder, but for those that every program may add: caches and locks."""
    found = (path.relative_to(data_dir) for path in data_dir.rglob("*") if path.is_file())
    return {str(path) for path in found if path.parts[0] != "cache" and path.suffix != ".lock"}


def _server() -> Iterator["Server"]:
    from tests.postgres_server import Server, servers  # noqa: PLC0415

    with servers() as folder:
        server = Server.set_up(folder / "server").start()
        yield server
        server.stop()


def _database(server: "Server") -> Iterator[str]:
    name = server.new_database()
    yield server.url(name)
    server.drop(name)
