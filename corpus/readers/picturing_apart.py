"""Pictures of pages, drawn in a process of its own like everything that opens files of strangers."""

import subprocess
from pathlib import Path

from pydantic import TypeAdapter

from corpus.errors import UnreadableError
from corpus.readers.picture_order import PictureOrder
from corpus.readers.reader_limits import Limits
from corpus.readers.reading_apart import LIMITS, PATIENCE, run_apart

ORDER: TypeAdapter[PictureOrder] = TypeAdapter(PictureOrder)
DRAWN = b"\x01"
"""What the process says first where a picture follows; else it says a sentence."""
_SECONDS = 20.0
_WORKER = Path(__file__).with_name("picturing_worker.py")


def picture_apart(raw: bytes, wanted: PictureOrder) -> bytes:
    """A page of a PDF or of a picture of pages as WebP, with what is quoted framed.

    Raises:
        UnreadableError: if there is no such page, or it cannot be drawn within the bounds.
    """
    limits = Limits(seconds=_SECONDS)
    arguments = [LIMITS.dump_json(limits).decode(), ORDER.dump_json(wanted).decode()]
    try:
        status, said = run_apart(_WORKER, arguments, raw, limits.seconds * PATIENCE)
    except subprocess.TimeoutExpired as error:
        raise UnreadableError(f"page {wanted.page} of it takes longer than {_SECONDS:g} seconds to draw") from error
    if said.startswith(DRAWN):
        return said[len(DRAWN) :]
    raise UnreadableError(said.decode("utf-8", "replace") or f"page {wanted.page} of it cannot be drawn ({status})")
