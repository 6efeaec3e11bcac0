"""`danvan doctor`: whether everything the program needs is in place, and what to do where it is not."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from http import HTTPStatus
from importlib.metadata import PackageNotFoundError, version

import typer
from rich.text import Text

from bot.commands.options import AsJson
from bot.model_wiring import BUNDLED, load_model, quieten
from bot.settings import TOKEN_SHAPE, Settings, load_settings, token_problem
from bot.terminal.rendering import plain
from bot.terminal.streams import console, explain_os_error, print_json
from bot.wiring import open_index, read_corpus
from corpus.errors import DanvanError
from corpus.readers.programs import ANTIWORD, CATDOC, TESSERACT, office, path_of, recognises

OLDEST_PYTHON = (3, 11)
TELEGRAM_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at.

    Attributes:
        found: what was found, and what to do about it where it is not ok.
    """

    name: str
    ok: bool
    found: str


def doctor(as_json: AsJson = False) -> None:
    """Check the installation, the settings, the documents and the index."""
    checks = []
    for check in examine():
        checks.append(check)
        if not as_json:
            mark = Text("ok      ", style="green") if check.ok else Text("not ok  ", style="bold red")
            console().print(Text.assemble(mark, (f"{check.name:<12} ", "bold"), plain(check.found)))
    if as_json:
        print_json({"ok": all(check.ok for check in checks), "checks": [asdict(check) for check in checks]})
    if not all(check.ok for check in checks):
        raise typer.Exit(1)


def examine() -> Iterator[Check]:
    """Look at one thing after the other; what depends on readable settings comes only if they can be read."""
    yield _python()
    yield _torch()
    try:
        settings = load_settings()
    except DanvanError as error:
        yield Check("settings", ok=False, found=str(error))
        return
    yield Check("settings", ok=True, found="all known and in range")
    for name, look in (
        ("model", _model),
        ("reader", _reader),
        ("reranker", _reranker),
        ("data folder", _data_folder),
        ("scans", _scans),
        ("old files", _old_files),
        ("documents", _documents),
        ("index", _index),
        ("token", token_told),
    ):
        yield _looked(name, look, settings)


def _looked(name: str, look: Callable[[Settings], str], settings: Settings) -> Check:
    try:
        return Check(name, ok=True, found=look(settings))
    except DanvanError as error:
        return Check(name, ok=False, found=str(error))
    except OSError as error:
        return Check(name, ok=False, found=explain_os_error(error))


def _python() -> Check:
    found = ".".join(map(str, sys.version_info[:3]))
    wanted = ".".join(map(str, OLDEST_PYTHON))
    ok = sys.version_info >= OLDEST_PYTHON
    return Check("Python", ok, found if ok else f"{found}: install Python {wanted} or later")


def _torch() -> Check:
    try:
        found = version("torch")
    except PackageNotFoundError:
        return Check("torch", ok=False, found="not installed: run make demo, or pip install torch")
    import torch  # noqa: PLC0415 - slow to import

    cuda = torch.version.cuda
    return Check(
        "torch", ok=True, found=f"{found}, " + (f"a CUDA {cuda} build; a CPU build is enough" if cuda else "CPU build")
    )


def _model(settings: Settings) -> str:
    quieten(settings)
    if settings.model == BUNDLED:
        from embeddings.network.bundled_weights import read_weights, weights_path  # noqa: PLC0415
        from embeddings.network.network import open_network  # noqa: PLC0415

        read_weights()
        return f"{weights_path()} has the right checksum; {open_network(settings.data_dir).prepared.speed}"
    return f"{load_model(settings).fingerprint} loads"


def _reader(settings: Settings) -> str:
    from embeddings.reading.loading_reader import load_reader  # noqa: PLC0415

    quieten(settings)
    if settings.reader == BUNDLED:
        from embeddings.network.adapters import read_adapters, shipped  # noqa: PLC0415

        return f"{read_adapters(shipped('reader.safetensors')).name} is in place"
    reader = load_reader(settings.reader)
    return f"{reader.name} loads; its certainty has no part in the confidence" if reader else "turned off"


def _reranker(settings: Settings) -> str:
    if not settings.reranker:
        return "none; not needed"
    from embeddings.reranking.cross_encoder import CrossEncoderReranker  # noqa: PLC0415

    quieten(settings)
    CrossEncoderReranker(settings.reranker)
    return f"{settings.reranker} loads"


def _data_folder(settings: Settings) -> str:
    folder = settings.data_dir
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    try:
        with tempfile.NamedTemporaryFile(dir=existing, prefix=".danvan-doctor-") as probe:
            probe.write(b"\0" * 4096)
            probe.flush()
            os.fsync(probe.fileno())
    except OSError as error:
        raise DanvanError(
            f"{folder} cannot be written to ({error.strerror}): set DANVAN_DATA_DIR to a folder that can, or free space"
        ) from error
    return f"{folder} can be written to" + ("" if existing == folder else ", and will be created")


def _scans(_: Settings) -> str:
    if recognises():
        return "Tesseract is there with Vietnamese: scans and pictures are read"
    if path_of(TESSERACT):
        return "Tesseract lacks Vietnamese, so scans are refused; to read them: sudo apt install tesseract-ocr-vie"
    return "refused; to read them: sudo apt install tesseract-ocr tesseract-ocr-vie"


def _old_files(_: Settings) -> str:
    if office():
        return "LibreOffice is there: .doc, .xls and .ppt are read"
    found = [name for name in (ANTIWORD, CATDOC) if path_of(name)]
    if found:
        return f"{' and '.join(found)} is there: .doc is read; for .xls and .ppt install LibreOffice"
    return ".doc, .xls and .ppt are refused; to read them: sudo apt install antiword catdoc, or LibreOffice"


def _documents(settings: Settings) -> str:
    reading = read_corpus(settings)
    if reading.problems:
        first = reading.problems[0]
        raise DanvanError(f"{len(reading.problems)} cannot be read, the first: {first.path}: {first.sentence}")
    if not reading.documents:
        raise DanvanError(f"{settings.corpus_dir} holds no document: add .txt files there, then run: danvan reindex")
    return f"{len(reading.documents)} can be read"


def _index(settings: Settings) -> str:
    store = open_index(settings)
    generation = store.published()
    store.open(generation, load_model(settings).fingerprint).close()
    return f"{generation.id} is whole: {generation.manifest.passages} passages"


def token_told(settings: Settings) -> str:
    """What is known of the bot's token, which Telegram is asked about where it can be reached.

    Raises:
        DanvanError: if its shape is wrong, or Telegram refuses it.
    """
    if settings.telegram_token is None:
        return "not set; needed for danvan serve only"
    problem = token_problem(settings)
    if problem:
        raise DanvanError(problem)
    return f"{_shape(settings)} (not shown); {_asked_telegram(settings)}"


def _shape(settings: Settings) -> str:
    token = settings.telegram_token
    shaped = token is not None and TOKEN_SHAPE.fullmatch(token.get_secret_value())
    return "has the shape of a bot token" if shaped else "is set, of another shape than Telegram's own"


def _asked_telegram(settings: Settings) -> str:
    """Whether Telegram takes the token, as far as it can be asked from here."""
    import httpx  # noqa: PLC0415 - only for this question

    token = settings.telegram_token.get_secret_value() if settings.telegram_token else ""
    try:
        reply = httpx.post(f"{settings.telegram_base_url}{token}/getMe", timeout=TELEGRAM_SECONDS)
        said = reply.json()
    except (httpx.HTTPError, ValueError):
        return "Telegram could not be asked from here"
    if reply.status_code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND):
        raise DanvanError("Telegram refuses the token: copy it from @BotFather again")
    name = said.get("result", {}).get("username") if isinstance(said, dict) and said.get("ok") else None
    return f"Telegram knows it as @{name}" if name else "Telegram could not be asked from here"
