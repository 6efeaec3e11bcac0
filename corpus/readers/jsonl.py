"""Documents as JSON lines in BEIR's layout: `{"_id", "title", "text", "url"?, "date"?, "publisher"?}`."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.cleaning import clean
from corpus.dates import is_date
from corpus.models import Document


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is no document: its 1-based number and one sentence that says why."""

    number: int
    sentence: str


def read_jsonl(path: Path) -> Iterator[Document | BadLine]:
    """Read a file of documents line by line, keeping its order.

    The text is taken as it is (no furniture is looked for), only cleaned, its paragraphs set apart by one blank line.
    The document's id is `_id` as written; making it safe and unique is the library's work. The snapshot is the SHA-256
    of the line.

    Raises:
        OSError: if the file cannot be read.
    """
    with path.open("rb") as lines:
        yield from read_lines(lines)


def read_lines(lines: Iterable[bytes]) -> Iterator[Document | BadLine]:
    """The same, of lines that are at hand."""
    for number, line in enumerate(lines, start=1):
        raw = line.strip().removeprefix(b"\xef\xbb\xbf")
        if not raw:
            continue
        try:
            yield _document(raw)
        except (ValueError, RecursionError) as error:
            yield BadLine(number, f"Line {number} is skipped: {_reason(error)}.")


def _document(raw: bytes) -> Document:
    record = json.loads(raw.decode("utf-8"))
    if not isinstance(record, dict):
        raise ValueError("it is not a JSON object")  # noqa: TRY004
    identifier = record.get("_id")
    if isinstance(identifier, int) and not isinstance(identifier, bool):
        identifier = str(identifier)
    if not isinstance(identifier, str) or not identifier.strip():
        raise ValueError('"_id" is missing')
    text = "\n\n".join(line for line in clean(_string(record, "text") or "").split("\n") if line)
    if not text:
        raise ValueError('"text" is missing or empty')
    published = _string(record, "date")
    if published is not None and not is_date(published):
        raise ValueError(f'"date" must look like 2020-01-31, 2020-01 or 2020, not {published!r}')
    return Document(
        id=identifier,
        title=" ".join((_string(record, "title") or "").split()) or identifier,
        published=published,
        publisher=_string(record, "publisher"),
        author=_string(record, "author"),
        url=_string(record, "url"),
        text=text,
        snapshot=hashlib.sha256(raw).hexdigest(),
    )


def _string(record: dict[str, object], key: str) -> str | None:
    value = record.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise ValueError(f'"{key}" must be a string')  # noqa: TRY004
    return clean(value) or None


def _reason(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8"
    if isinstance(error, json.JSONDecodeError):
        return f"it is not valid JSON ({error.msg} at character {error.pos + 1})"
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    return str(error)
