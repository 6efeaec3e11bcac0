"""`danvan corpus` from the outside: what it prints, how it ends, and what a kill or a full disk leaves."""

import json
import os
import resource
import signal
import subprocess
import time
from pathlib import Path

import pytest

from bot.data_folder.writer import only_writer
from tests.bot.commands.test_cli_reindex import ARTICLES
from tests.conftest import PATIENCE, QUICK, Run, environment
from tests.corpus.intake.web import PAGE, response, server
from tests.corpus.library.test_adding import put, text

KEYS = {"source", "action", "sentence", "document_id", "documents", "file", "title", "published", "publisher"}
KEYS |= {"author", "url", "paragraphs", "dropped", "unread", "warnings", "sha256", "size"}


def rows(out: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.splitlines()]


def test_added_shown_corrected_indexed_and_found(quick: Run, tmp_path: Path) -> None:
    data, path = tmp_path / "data", put(tmp_path, "thông báo.txt", text(1))
    dry = quick("corpus", "add", str(path), "--dry-run", "--json", data_dir=data)
    assert (dry.status, dry.err) == (0, "")
    assert not data.exists()
    done = quick("corpus", "add", str(path), "--json", data_dir=data)
    assert done.out == dry.out
    (row,) = rows(done.out)
    assert set(row) == KEYS
    assert (row["action"], row["published"], row["paragraphs"], row["dropped"]) == ("added", "2020-01-10", 2, 1)
    assert len(list((data / "documents").glob("*.txt"))) == ARTICLES + 1, "the articles are not forgotten"

    identity = str(row["document_id"])
    said = quick("corpus", "set", identity, "title=Tên đúng", "published=3/2/2019", data_dir=data)
    assert said.status == 0
    shown = rows(quick("corpus", "show", identity, "--json", data_dir=data).out)[0]
    assert (shown["title"], shown["published"]) == ("Tên đúng", "2019-02-03")
    assert shown["corrected"] == {"title": "Tên đúng", "published": "2019-02-03"}
    assert shown["dropped"] == [{"text": "05:58 | 10/01/2020", "role": "date"}]
    plain = quick("corpus", "show", str(shown["file"]), "--dropped", data_dir=data).out
    assert "corrected  title, published" in plain
    assert "left out   date: 05:58 | 10/01/2020" in plain

    assert quick("reindex", data_dir=data).status == 0
    answer = rows(quick("ask", "họp bàn về trường học trong năm nào?", "--json", data_dir=data).out)[0]
    assert answer["citations"][0]["document_id"] == identity  # type: ignore[index]
    removed = quick("corpus", "remove", identity, data_dir=data)
    assert removed.out.startswith(f"removed {identity}\n")
    assert quick("corpus", "restore", identity, data_dir=data).out.startswith(f"restored {identity}\n")
    history = rows(quick("corpus", "history", identity, "--json", data_dir=data).out)
    assert [entry["action"] for entry in history] == ["added", "corrected", "removed", "restored"]
    assert "restored" in quick("corpus", "history", data_dir=data).out
    again = quick("reindex", "--json", data_dir=data)
    assert not rows(again.out)[0]["changed"], "what was removed and brought back is what it was"


def test_removing_says_that_the_index_answers_until_it_is_rebuilt(quick: Run, tmp_path: Path) -> None:
    case, data = Path(__file__).parents[2] / "cases" / "cli-remove-no-hint", tmp_path / "data"
    added = quick("corpus", "add", str(case / "tp-hcm.md"), data_dir=data)
    assert added.out.endswith("run: danvan reindex\n")
    removed = quick("corpus", "remove", "tp-hcm", data_dir=data)
    assert removed.out.endswith("run: danvan reindex\n")


def test_people_are_told_what_was_understood_and_what_was_refused(quick: Run, tmp_path: Path) -> None:
    put(tmp_path, "in/a.txt", text(1))
    put(tmp_path, "in/b\x1b[31m.txt", text(1, "\x1b[31m"))
    put(tmp_path, "in/c.xyz", b"?")
    done = quick("corpus", "add", str(tmp_path / "in"), data_dir=tmp_path / "data")
    assert done.status == 0
    assert "\x1b" not in done.out + done.err
    assert "Thông báo về trường học số 1 của huyện" in done.out
    assert "10/01/2020" in done.out
    assert "2 paragraphs kept, 1 lines left out" in done.out
    assert done.out.splitlines()[-1] == "2 added, 1 refused; run: danvan reindex"
    (refused,) = done.err.splitlines()
    assert refused.startswith(f"refused: {tmp_path}/in/c.xyz: The file is skipped: .xyz is not one of ")


@pytest.mark.parametrize("source", ["nowhere.txt", "ftp://example.vn/a", "http://127.0.0.1/", "http://localhost:1/"])
def test_nothing_added_is_status_1_and_says_why(quick: Run, tmp_path: Path, source: str) -> None:
    done = quick("corpus", "add", source, data_dir=tmp_path)
    assert done.status == 1
    assert done.err.splitlines()[-1].startswith(f"danvan: nothing could be added: {source}: ")
    if "127" in source or "localhost" in source:
        assert "addresses of this machine or of a private network are not fetched" in done.err


def test_an_address_of_this_machine_is_fetched_where_the_setting_says_so(quick: Run, tmp_path: Path) -> None:
    with server({"/a.html": response(), "/b": response(b"x" * 1_000_001, "text/plain")}) as (port, _):
        address = f"http://localhost:{port}"
        settings = {"data_dir": tmp_path, "fetch_private": "true", "max_file_mb": 1}
        done = quick("corpus", "add", f"{address}/a.html", f"{address}/b", "--json", **settings)
        assert done.status == 0, done.err
        page, large = rows(done.out)
        assert (page["action"], page["url"], page["file"]) == ("added", f"{address}/a.html", "a.html")
        assert "larger than 1.0 MB" in str(large["sentence"])
        again = quick("corpus", "refetch", **settings)
        assert (again.status, again.out.splitlines()[-1]) == (0, "1 unchanged")
    assert (tmp_path / "documents" / "a.html").read_bytes() == PAGE
    gone = quick("corpus", "refetch", "a", **settings)
    assert gone.status == 1
    assert "cannot be reached" in gone.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("set", "nam-dan-van", "title=x"), "there is no document 'nam-dan-van': did you mean nam-dan-van-2014"),
        (
            ("set", "nam-dan-van-2014", "tilte=x"),
            "'tilte' cannot be set, only title, published, publisher, author, url",
        ),
        (("set", "nam-dan-van-2014", "title"), "'title' is not KEY=VALUE, such as published=2020-01-31"),
        (("set", "nam-dan-van-2014", "published=mai"), "published must be a date"),
        (("remove", "zzzzzz"), "there is no document 'zzzzzz'; run: danvan corpus list"),
        (("restore", "nam-dan-van-2014"), "no earlier version of nam-dan-van-2014 is kept"),
        (("show", "nam-dan-van"), "did you mean nam-dan-van-2014"),
        (("history", "zzzzzz"), "there is no document 'zzzzzz'"),
        (("refetch", "nam-dan-van-2014"), "no address is known of nam-dan-van-2014.txt"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(quick: Run, tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    done = quick("corpus", *arguments, data_dir=tmp_path)
    assert (done.status, done.out, len(done.err.splitlines())) == (1, "", 1)
    assert said in done.err


def test_check_lists_the_doubtful(quick: Run, tmp_path: Path) -> None:
    put(tmp_path, "documents/a.txt", text(1))
    put(tmp_path, "documents/b.txt", "")
    done = quick("corpus", "check", "--json", data_dir=tmp_path)
    assert done.status == 0
    short, unreadable = rows(done.out)
    assert (short["id"], [reason["kind"] for reason in short["reasons"]]) == ("a", ["short"])  # type: ignore[attr-defined]
    assert unreadable["reasons"] == [{"kind": "unreadable", "sentence": "The file is skipped: it is empty."}]
    plain = quick("corpus", "check", data_dir=tmp_path)
    assert plain.status == 0
    assert "1 of 1 documents are doubtful, 1 files cannot be read or used as they are" in plain.out


def test_one_writer_at_a_time(quick: Run, tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt", text(1))
    with only_writer(tmp_path / "data", "reindex"):
        for arguments in (("add", str(path)), ("remove", "nam-dan-van-2014"), ("set", "nam-dan-van-2014", "title=x")):
            done = quick("corpus", *arguments, data_dir=tmp_path / "data")
            assert (done.status, done.out) == (1, "")
            assert f"reindex (process {os.getpid()}" in done.err
        assert quick("corpus", "add", str(path), "--dry-run", data_dir=tmp_path / "data").status == 0


def test_kill_9_while_adding_leaves_whole_documents_and_the_next_run_completes(quick: Run, tmp_path: Path) -> None:
    data = tmp_path / "data"
    for number in range(120):
        put(tmp_path, f"kho/{number}.txt", text(number))
    arguments = ["corpus", "add", "--json", str(tmp_path / "kho")]
    for attempt in range(4):
        process = subprocess.Popen(
            [*QUICK, *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment(data_dir=data)
        )
        assert process.stdout is not None
        for _ in range(1 + 15 * attempt):
            process.stdout.readline()
        time.sleep(0.003 * attempt)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=PATIENCE)
        for path in (data / "documents" / "kho").glob("[0-9]*.txt"):
            assert path.read_text("utf-8") == text(int(path.stem))
    done = quick(*arguments, data_dir=data)
    actions = [row["action"] for row in rows(done.out)]
    assert (len(actions), set(actions)) == (120, {"added", "unchanged"})
    assert len(list((data / "documents" / "kho").glob("*.txt"))) == 120
    assert not [path for path in data.rglob(".*.part") if "cache" not in path.parts]
    logged = [entry["file"] for entry in rows(quick("corpus", "history", "--json", data_dir=data).out)]
    assert len(logged) == len(set(logged)) == 120, "every document is in the log once"
    assert quick("reindex", "--dry-run", data_dir=data).status == 0


def test_a_full_disk_is_one_sentence_and_the_next_run_completes(quick: Run, tmp_path: Path) -> None:
    data, path = tmp_path / "data", put(tmp_path, "large.txt", text(1) + "Thêm một câu cho dài ra mãi. " * 2000)
    put(tmp_path, "small.txt", text(2))

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    done = quick("corpus", "add", str(tmp_path / "small.txt"), str(path), data_dir=data, before=little_room)
    assert done.status == 1
    assert len(done.err.splitlines()) == 1
    assert "there is no space left for writing" in done.err
    assert (data / "documents" / "small.txt").exists()
    assert not (data / "documents" / "large.txt").exists()
    again = quick("corpus", "add", str(tmp_path / "small.txt"), str(path), data_dir=data)
    assert again.out.splitlines()[-1] == "1 unchanged, 1 added; run: danvan reindex"


def test_a_file_that_holds_none_or_many_documents_is_said_to_be_there(quick: Run, tmp_path: Path) -> None:
    put(tmp_path, "documents/broken.pdf", "không phải PDF")
    put(tmp_path, "documents/lines.jsonl", '{"_id": "x", "text": "Một."}\n{"_id": "y", "text": "Hai."}\n')
    none = quick("corpus", "show", "broken.pdf", data_dir=tmp_path)
    assert (none.status, none.out) == (1, "")
    last = none.err.splitlines()[-1]
    assert last.startswith("danvan: broken.pdf cannot be read (")
    assert last.endswith("so there is nothing in it to show")
    many = quick("corpus", "show", "lines.jsonl", data_dir=tmp_path)
    assert many.err.splitlines()[-1] == "danvan: lines.jsonl holds 2 documents; name one of them by its id"
    assert rows(quick("corpus", "show", "y", "--json", data_dir=tmp_path).out)[0]["text"] == "Hai."


def test_what_was_changed_says_that_the_index_answers_as_before_or_brings_it_up_to_date(
    quick: Run, tmp_path: Path
) -> None:
    put(tmp_path, "in/a.txt", text(1))
    put(tmp_path, "in/b.txt", text(2))
    added = quick("corpus", "add", str(tmp_path / "in"), "--reindex", data_dir=tmp_path / "data")
    assert added.status == 0, added.err
    assert "published" in added.out
    assert "run: danvan reindex" not in added.out
    for change in (("set", "a", "title=Khác"), ("remove", "a"), ("restore", "a")):
        done = quick("corpus", *change, data_dir=tmp_path / "data")
        assert done.out.splitlines()[-1] == "until then the index answers as before; run: danvan reindex"
    same = quick("corpus", "set", "a", "title=Khác", data_dir=tmp_path / "data")
    assert "danvan reindex" not in same.out
    done = quick("corpus", "remove", "a", "--reindex", "--json", data_dir=tmp_path / "data")
    removed, indexed = rows(done.out)
    assert (removed["action"], indexed["published"], indexed["documents_removed"]) == ("removed", True, ["a"])
    gone = quick("corpus", "set", "b", "title=Khác", "--json", data_dir=tmp_path / "data")
    assert len(rows(gone.out)) == 1
    assert gone.err.endswith("run: danvan reindex\n")
