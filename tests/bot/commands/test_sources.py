"""`danvan corpus watch` and `danvan sources` from the outside, and killed at ten moments."""

import json
import os
import signal
import subprocess
import threading
from collections import Counter
from pathlib import Path

from corpus.library.library import Library
from corpus.watching.watched_sources import WatchedSource, WatchList
from tests.conftest import PATIENCE, QUICK, Run
from tests.corpus.watching.portal import Portal, article, serving
from tests.crashing import serving as running

MOMENTS = (7, 16, 33, 47, 52, 68, 71, 85, 96, 117)
"""Steps that change a file, before which a run is killed; each run goes on where the one before it was."""
PAGES = 60


def rows(out: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.splitlines()]


def test_a_site_is_watched_looked_at_again_and_forgotten(quick: Run, tmp_path: Path) -> None:
    settings = {"data_dir": tmp_path, "fetch_private": "true"}
    with serving(Portal(4)) as portal:
        site = f"{portal.root}/tin"
        first = quick("corpus", "watch", site, "--pause", "0", "--every", "2", "--json", **settings)
        assert first.status == 0, first.err
        *told, summary = rows(first.out)
        assert {row["what"] for row in told} == {"added"}
        assert (summary["counts"], summary["left"], summary["stopped"]) == ({"added": 4}, 0, None)
        (listed,) = rows(quick("sources", "list", "--json", **settings).out)
        assert (listed["source"], listed["every_hours"], listed["pages"]) == (site, 2.0, {"document": 4})
        identity = str(listed["id"])
        assert "nothing is due" in quick("sources", "run", "--due", **settings).out
        del portal.pages["/tin/bai-2.html"]
        portal.pages["/tin/bai-3.html"] = article(3, version=2)
        again = quick("sources", "run", identity, "--reindex", **settings)
        assert again.status == 0, again.err
        assert "gone bai-2.html" in again.out
        assert "replaced bai-3.html" in again.out
        assert "published" in again.out
        gone = quick("sources", "pages", identity, **settings)
        assert gone.out.startswith("gone since ")
        assert "404" in gone.out
    down = quick("sources", "run", **settings)
    assert down.status == 1
    assert f"{identity} was not brought up to date: its robots.txt cannot be had" in down.err
    assert quick("sources", "remove", identity, **settings).status == 0
    assert "nothing is watched" in quick("sources", "list", **settings).out
    assert (tmp_path / "documents" / "bai-2.html").exists()


def test_a_service_looks_after_what_is_due_and_has_the_index_answer_by_it(quick: Run, tmp_path: Path) -> None:
    with serving(Portal(3)) as portal:
        gone = "http://127.0.0.1:9/tin"
        for site in (gone, f"{portal.root}/tin"):
            WatchList(tmp_path).put(WatchedSource(WatchList(tmp_path).free_id(site), site, seconds_between=0.0))
        variables = os.environ | {"DANVAN_DATA_DIR": str(tmp_path), "DANVAN_FETCH_PRIVATE": "true"}
        command = [*QUICK, "sources", "keep", "--reindex", "--look", "0.02"]
        with subprocess.Popen(
            command, env=variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as kept:
            assert kept.stdout
            assert kept.stderr
            stop = threading.Timer(PATIENCE, kept.kill)
            stop.start()
            told: list[str] = []
            while not any("published" in line for line in told):
                line = kept.stdout.readline()
                assert line, kept.stderr.read()
                told.append(line)
            kept.send_signal(signal.SIGTERM)
            assert kept.wait() == 0
            stop.cancel()
            failed = kept.stderr.read()
    assert sum("added" in line and ".html" in line for line in told) == 3
    assert "was not brought up to date" in failed
    pages = [
        json.loads(line)["pages"] for line in quick("sources", "list", "--json", data_dir=tmp_path).out.splitlines()
    ]
    assert {"document": 3} in pages


def test_what_cannot_be_watched_is_one_sentence(quick: Run, tmp_path: Path) -> None:
    for given, said in (
        ("example.vn/tin", "example.vn/tin is no folder; if it is an address, write https://example.vn/tin"),
        ("https://a@example.vn", "addresses with a user name or password are not fetched"),
    ):
        done = quick("corpus", "watch", given, data_dir=tmp_path)
        assert done.status == 1
        assert said in done.err
    done = quick("sources", "run", "gibt-es-nicht", data_dir=tmp_path)
    assert (done.status, "no source 'gibt-es-nicht' is watched" in done.err) == (1, True)


def test_a_run_that_is_killed_at_ten_moments_loses_nothing_and_adds_nothing_twice(tmp_path: Path) -> None:
    settings = {"DANVAN_FETCH_PRIVATE": "true"}
    with serving(Portal(PAGES)) as portal, running() as server:
        arguments = ["corpus", "watch", f"{portal.root}/tin", "--pause", "0"]
        order = {"run": arguments, "data_dir": str(tmp_path), "settings": settings}
        assert all(server.ask(**order, die_at=moment)["signal"] == 9 for moment in MOMENTS)
        done = server.ask(**order)
        assert done["status"] == 0, done["err"]
        library = Library(tmp_path / "documents", tmp_path)
        urls = Counter(document.url for document in library.read().documents if document.url)
        taken = {url: count for url, count in urls.items() if url.startswith(portal.root)}
        assert taken == dict.fromkeys((portal.root + path for path in portal.pages), 1)
        assert library.snapshots.problems() == []
        portal.asked.clear()
        assert server.ask(**order)["status"] == 0
        assert portal.whole() == []
