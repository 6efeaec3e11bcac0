"""Copying a whole database into another, of the same engine or not: in portions, resumable, compared at the end."""

import hashlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Table, func, select, text, tuple_

from bot.records.database import Database, DatabaseError
from bot.records.tables import Base

PORTION = 500


def copy_records(source: Database, target: Database) -> dict[str, int]:
    """Copy every row of every table that the target lacks; a copy that was broken off goes on.

    Returns:
        Table -> how many rows it has now.

    Raises:
        DatabaseError: if the target holds other rows than the source, or one of them cannot be used.
    """
    counts = {}
    for table in Base.metadata.sorted_tables:
        for rows in _portions(source, table):
            _add_missing(target, table, rows)
        if target.is_shared and "id" in table.c and table.c.id.type.python_type is int:
            _go_on_counting(target, table)
        counts[table.name] = _compare(source, target, table)
    return counts


def _portions(database: Database, table: Table) -> Iterator[list[dict[str, Any]]]:
    keys = list(table.primary_key.columns)
    after: tuple[Any, ...] | None = None
    while True:
        query = select(table).order_by(*keys).limit(PORTION)
        if after is not None:
            query = query.where(tuple_(*keys) > tuple_(*after))
        with database.reading() as session:
            rows = [dict(row) for row in session.execute(query).mappings()]
        if rows:
            yield rows
            after = tuple(rows[-1][key.name] for key in keys)
        if len(rows) < PORTION:
            return


def _add_missing(target: Database, table: Table, rows: list[dict[str, Any]]) -> None:
    keys = list(table.primary_key.columns)
    with target.writing() as session:
        wanted = [tuple(row[key.name] for key in keys) for row in rows]
        known = {tuple(row) for row in session.execute(select(*keys).where(tuple_(*keys).in_(wanted)))}
        missing = [row for row, key in zip(rows, wanted, strict=True) if key not in known]
        if missing:
            session.execute(table.insert(), missing)


def _go_on_counting(target: Database, table: Table) -> None:
    """Have PostgreSQL number the next row behind those that were copied."""
    with target.writing() as session:
        sequence = session.execute(text("SELECT pg_get_serial_sequence(:name, 'id')"), {"name": table.name}).scalar()
        if sequence:
            highest = session.scalar(select(func.max(table.c.id)))
            session.execute(
                text("SELECT setval(:sequence, :value, :called)"),
                {"sequence": sequence, "value": highest or 1, "called": highest is not None},
            )


def _compare(source: Database, target: Database, table: Table) -> int:
    (count, digest), (count_there, digest_there) = (_digest(one, table) for one in (source, target))
    if (count, digest) != (count_there, digest_there):
        raise DatabaseError(
            f"the table {table.name} has {count} rows here and {count_there} there, or others: name an empty database, "
            "and let nobody write into either meanwhile"
        )
    return count


def _digest(database: Database, table: Table) -> tuple[int, str]:
    """How many rows, and a hash over all of them whatever their order."""
    total, count = 0, 0
    names = sorted(column.name for column in table.columns)
    for rows in _portions(database, table):
        for row in rows:
            written = repr([row[name] for name in names]).encode("utf-8", "surrogatepass")
            total ^= int.from_bytes(hashlib.sha256(written).digest())
            count += 1
    return count, f"{total:x}"
