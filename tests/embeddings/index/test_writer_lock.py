"""Who builds in a database is free to others the moment it is done, not when the server notices a closed connection."""

import contextlib

import pytest

from corpus.errors import IndexingError
from embeddings.index.postgres.store import PostgresStore
from tests.conftest import PATIENCE

TIMES = 50


def test_another_may_build_as_soon_as_the_one_before_is_done(database_url: str) -> None:
    with (
        contextlib.closing(PostgresStore(database_url, patience=PATIENCE)) as one,
        contextlib.closing(PostgresStore(database_url, patience=PATIENCE)) as other,
    ):
        for _ in range(TIMES):
            one.begin_writing()
            with pytest.raises(IndexingError, match="another program"):
                other.begin_writing()
            one.end_writing()
            other.begin_writing()
            other.end_writing()
            assert one.sweep() == 0
