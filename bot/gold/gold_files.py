"""Reading gold sets: JSON lines, CSV, spreadsheets and BEIR folders, every mistake named by file and row."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from bot.gold.gold_items import GoldItem, GoldProblem, GoldSet, Kind, Split
from bot.gold.gold_rows import item_from
from corpus.atomic import write_atomically
from corpus.errors import GoldError

DELIMITERS = (",", ";", "\t")

Row = tuple[int, Mapping[str, object] | str]  # number and cells, or number and why the cells cannot be had


def read_gold(path: Path) -> GoldSet:
    """Read a gold set: `.jsonl`, `.csv`, `.xlsx`, or a BEIR folder (corpus.jsonl, queries.jsonl, qrels.tsv).

    Raises:
        GoldError: if the file or folder itself cannot be used or holds no question at all. Bad rows do not raise;
            they are listed in the set's `problems`, and the rest is read.
    """
    if path.is_dir():
        return _read_beir(path)
    readers = {".jsonl": _json_rows, ".csv": _csv_rows, ".xlsx": _spreadsheet_rows}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise GoldError(f"{path} is not a gold set: expected {', '.join(readers)} or a BEIR folder")
    content = _bytes_of(path)
    items: list[GoldItem] = []
    problems: list[GoldProblem] = []
    rows_of: dict[str, int] = {}
    for row, cells in reader(path, content):
        if isinstance(cells, str):
            problems.append(GoldProblem(path, row, cells))
            continue
        item, sentences = item_from(cells, row)
        problems += [GoldProblem(path, row, sentence) for sentence in sentences]
        if item is None:
            continue
        if item.id in rows_of:
            problems.append(GoldProblem(path, row, f"id {item.id!r} stands in row {rows_of[item.id]} already"))
            continue
        rows_of[item.id] = row
        items.append(item)
    if not items and not problems:
        raise GoldError(f"{path} holds no question")
    return GoldSet(path, tuple(items), tuple(problems), checksum=hashlib.sha256(content).hexdigest())


def write_gold(path: Path, items: Iterable[GoldItem]) -> None:
    """Write items as JSON lines in one step: readers see the old file or the new one, never a part."""
    text = "".join(json.dumps(item.as_json(), ensure_ascii=False) + "\n" for item in items)
    replace_file(path, text.encode())


def replace_file(path: Path, content: bytes) -> None:
    """Put content where path is in one step, keeping the permissions of a file that is there.

    Raises:
        GoldError: if the file cannot be written; what was there before is then untouched.
    """
    path = path.resolve()  # a link stays a link
    try:
        if not path.parent.is_dir():
            raise GoldError(f"{path} cannot be written: there is no folder {path.parent}")
        write_atomically(path, content, mode=path.stat().st_mode & 0o7777 if path.exists() else None)
    except OSError as error:
        raise GoldError(f"{path} cannot be written: {error.strerror}") from error


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise GoldError(f"{path} cannot be read: {error.strerror}") from error


def _text_of(path: Path, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise GoldError(f"{path}, row {line}: not UTF-8; save the file as UTF-8 (in Excel: CSV UTF-8)") from error


def _json_rows(path: Path, content: bytes) -> Iterator[Row]:
    for number, line in enumerate(_text_of(path, content).split("\n"), 1):
        if not line.strip():
            continue
        try:
            cells = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            yield number, f"broken JSON: {error}"
            continue
        yield number, cells if isinstance(cells, dict) else f"expected a JSON object, not {line.strip()[:40]!r}"


def _csv_rows(path: Path, content: bytes) -> Iterator[Row]:
    text = _text_of(path, content)
    first = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise GoldError(f"{path} is not a well-formed CSV file: {error}") from error
    yield from _table_rows(path, rows)


def _spreadsheet_rows(path: Path, content: bytes) -> Iterator[Row]:
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        rows = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError, IndexError) as error:
        raise GoldError(f"{path} is not a spreadsheet that can be read; save it as .xlsx or CSV UTF-8") from error
    yield from _table_rows(path, rows)


def _table_rows(path: Path, rows: Sequence[Sequence[object]]) -> Iterator[Row]:
    """Pair the cells of a table with the names in its first row; rows without any content are passed over."""
    if not rows:
        return
    header = [_cell(name).lower() for name in rows[0]]
    while header and not header[-1]:
        header.pop()
    if "question" not in header:
        raise GoldError(f"{path}, row 1: no column named question; the first row must name the columns")
    twice = {name for name in header if header.count(name) > 1}
    if twice:
        raise GoldError(f"{path}, row 1: column {min(twice)!r} stands there twice")
    for number, row in enumerate(rows[1:], 2):
        values = [_cell(value) for value in row]
        if not any(values):
            continue
        if any(values[len(header) :]):
            yield number, f"{len(values)} cells but {len(header)} columns; is a text with the separator unquoted?"
            continue
        yield number, {name: value for name, value in zip(header, values, strict=False) if value}


def _cell(value: object) -> str:
    """Return a cell as text: whole numbers without a decimal point, dates as ISO days."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _read_beir(folder: Path) -> GoldSet:
    """Read a BEIR folder: queries are judged by document; those that qrels does not mention are left out."""
    queries, corpus = folder / "queries.jsonl", folder / "corpus.jsonl"
    qrels = next((path for path in (folder / "qrels.tsv", folder / "qrels" / "test.tsv") if path.is_file()), None)
    for path in (queries, corpus):
        if not path.is_file():
            raise GoldError(f"{folder} is not a BEIR folder: {path.name} is missing")
    if qrels is None:
        raise GoldError(f"{folder} is not a BEIR folder: qrels.tsv is missing")
    relevant, problems = _read_qrels(qrels)
    content = _bytes_of(queries)
    items: dict[str, GoldItem] = {}
    unjudged = 0
    for row, cells in _json_rows(queries, content):
        item = cells if isinstance(cells, str) else _beir_item(cells, relevant, row)
        if isinstance(item, str):
            problems.append(GoldProblem(queries, row, item))
        elif item.id in items:
            problems.append(GoldProblem(queries, row, f"_id {item.id!r} stands in row {items[item.id].row} already"))
        elif item.answerable and not item.relevant:
            unjudged += 1
        else:
            items[item.id] = item
    if unjudged:
        sentence = f"{unjudged} queries have no relevant document in {qrels.name} and are left out"
        problems.append(GoldProblem(queries, 0, sentence, serious=False))
    if not items and not any(problem.serious for problem in problems):
        raise GoldError(f"{folder} holds no question with a relevant document")
    checksum = hashlib.sha256(content + _bytes_of(qrels)).hexdigest()
    return GoldSet(folder, tuple(items.values()), tuple(problems), documents=folder, checksum=checksum)


def _beir_item(cells: Mapping[str, object], relevant: Mapping[str, Mapping[str, int]], row: int) -> GoldItem | str:
    """Make an item of one query; `kind`, `context`, `split`, `answerable` and `answers` are read where present."""
    identity, text = cells.get("_id"), cells.get("text")
    answers: object = cells.get("answers") or []
    context = cells.get("context")
    if not isinstance(identity, str) or not identity or not isinstance(text, str) or not text.strip():
        return "a query needs _id and text"
    if not isinstance(answers, list) or not all(isinstance(answer, str) for answer in answers):
        return f"answers must be a list of texts, not {answers!r}"
    if context is not None and not isinstance(context, str):
        return f"context must be text, not {context!r}"
    answerable = cells.get("answerable", True)
    try:
        kind = Kind(str(cells.get("kind") or (Kind.DIRECT if answerable else Kind.UNANSWERABLE)))
        split = Split(str(cells["split"])) if cells.get("split") else None
    except ValueError as error:
        return str(error)
    return GoldItem(
        id=identity,
        question=text,
        kind=kind,
        context=context,
        answerable=bool(answerable),
        answers=tuple(answers),
        split=split,
        relevant=relevant.get(identity, {}),
        row=row,
    )


def _read_qrels(path: Path) -> tuple[dict[str, dict[str, int]], list[GoldProblem]]:
    """Read `query-id  corpus-id  score` lines, with or without a header; grades below 1 are not relevant.

    TREC's four columns (with an iteration number in second place) are understood too.
    """
    relevant: dict[str, dict[str, int]] = {}
    problems = []
    for number, line in enumerate(_text_of(path, _bytes_of(path)).splitlines(), 1):
        cells = line.split("\t") if "\t" in line else line.split()
        if not cells or cells[0] == "query-id":
            continue
        try:
            query, document, grade = cells[0], cells[-2], int(cells[-1])
        except (IndexError, ValueError):
            if number > 1:
                problems.append(GoldProblem(path, number, f"expected query, document and grade, not {line[:60]!r}"))
            continue
        if len(cells) not in (3, 4):
            problems.append(GoldProblem(path, number, f"expected 3 columns, found {len(cells)}"))
        elif grade > 0:
            relevant.setdefault(query, {})[document] = grade
    return relevant, problems
