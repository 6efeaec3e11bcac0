"""`ask` and `chat` as a person meets them: the words, the exit status, and nothing else where a program reads."""

import fcntl
import json
import os
import pty
import re
import select
import signal
import subprocess
import termios
import time
from pathlib import Path
from typing import Any

import pytest

from bot.commands.chat import UNKNOWN_COMMAND
from bot.phrases import NO_OTHER, NOTHING_ASKED
from bot.terminal.reading_on import WRONG
from tests.conftest import DANVAN, PATIENCE, QUICK, Run, environment, heed_interrupts

ASKED = "năm 2020 được chọn là năm gì?"


def test_an_answer_for_people_shows_the_words_the_passage_and_the_source(danvan: Run, indexed: Path) -> None:
    done = danvan("ask", ASKED, data_dir=indexed)
    assert done.status == 0
    assert done.err == ""
    assert "Trả lời: Năm dân vận khéo" in done.out
    assert "Nguồn: Tổng kết công tác dân vận" in done.out
    assert "10/01/2020" in done.out
    assert not re.search(r"[ \t]+$", done.out, re.MULTILINE)
    assert "\x1b" not in done.out  # no colours into a pipe


def test_json_is_utf_8_whatever_the_locale(quick: Run, quick_indexed: Path) -> None:
    plain_locale = {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = quick("ask", "năm 2020 là năm gì?", "--json", data_dir=quick_indexed, variables=plain_locale)
    assert (done.status, done.err) == (0, "")
    assert json.loads(done.out)["question"] == "năm 2020 là năm gì?"
    assert "Năm dân vận khéo" in done.out


def test_json_is_the_contract_and_nothing_else(danvan: Run, indexed: Path) -> None:
    done = danvan("ask", "nam 2020 duoc chon la nam gi", "--json", data_dir=indexed)
    assert done.status == 0
    assert done.err == ""
    assert done.out.endswith("}\n")
    assert done.out.count("\n") == 1
    assert "Năm dân vận khéo" in done.out
    answer = json.loads(done.out)
    assert {
        *(
            "id",
            "question",
            "status",
            "confidence",
            "answer",
            "kind",
            "answers",
            "verdict",
            "parts",
            "goes_on",
            "language",
        ),
        *("notes", "generation", "elapsed_ms", "citations"),
    } <= set(answer)
    assert (answer["id"], answer["status"]) == (None, "answered")
    assert 0 <= answer["confidence"] <= 1
    assert [citation["rank"] for citation in answer["citations"]] == [1, 2, 3]
    first = answer["citations"][0]
    assert {
        *("rank", "document_id", "title", "published", "publisher", "url", "link"),
        *("passage_id", "passage", "quote", "quotes", "score", "page", "heading", "path", "place"),
    } <= set(first)
    assert (first["document_id"], first["published"]) == ("tong-ket-nam-dan-van-chinh-quyen-2019", "2020-01-10")
    for citation in answer["citations"]:
        assert citation["quote"] in citation["passage"]
        assert len(citation["quote"]) <= 300
        assert re.fullmatch(r"[a-z2-7]{16}", citation["passage_id"])
    assert answer["answer"] in first["quote"]


def test_bytes_that_are_no_text_are_asked_leniently_and_explained(quick: Run, quick_indexed: Path) -> None:
    done = quick("ask", b"n\xffm 2020 \xc3", "--json", "--explain", "--top", "1", data_dir=quick_indexed)
    assert done.status == 0, done.err
    answer = json.loads(done.out)
    assert answer["question"] == "n\ufffdm 2020 \ufffd"
    assert len(answer["citations"]) == 1
    assert answer["explanation"]["hits"][0]["passage_id"] == answer["citations"][0]["passage_id"]


def test_an_invalid_question_is_one_sentence_and_not_done(quick: Run, quick_indexed: Path) -> None:
    done = quick("ask", "🙂", "--json", data_dir=quick_indexed)
    assert done.status == 1
    assert json.loads(done.out)["status"] == "invalid"
    assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask",),
        ("ask", "a", "b"),
        ("ask", "a", "--top", "0"),
        ("ask", "a", "--top", "x"),
        ("ask", "a", "--colour"),
        ("ask", "--batch", "-"),
        ("ask", "a", "--batch", "-", "--json"),
        ("ask", "--after", "a", "--batch", "-", "--json"),
        ("answer", "a"),
        (b"\xff\xfe",),
        ("corpus", "show"),
        ("reindex", "now"),
    ],
    ids=str,
)
def test_wrong_usage_is_status_two(quick: Run, tmp_path: Path, arguments: Any) -> None:
    done = quick(*arguments, data_dir=tmp_path)
    assert done.status == 2
    assert done.out == ""
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    "command", [("ask", "a gì?"), ("ask", "--batch", "-", "--json"), ("chat",), ("verify",)], ids=str
)
def test_a_missing_index_is_one_sentence_that_says_what_to_run(quick: Run, tmp_path: Path, command: Any) -> None:
    done = quick(*command, data_dir=tmp_path)
    assert done.status == 1
    assert done.out == ""
    assert len(done.err.splitlines()) == 1
    assert "danvan reindex" in done.err
    assert list(tmp_path.iterdir()) == []


def test_a_batch_file_that_is_missing_is_one_sentence(quick: Run, quick_indexed: Path) -> None:
    done = quick("ask", "--batch", "missing.jsonl", "--json", data_dir=quick_indexed)
    assert (done.status, done.out, len(done.err.splitlines())) == (1, "", 1)
    assert "missing.jsonl" in done.err


def test_an_unknown_setting_is_one_sentence_with_the_nearest_name(quick: Run, tmp_path: Path) -> None:
    done = quick("ask", ASKED, data_dir=tmp_path, telegram_tokn="123456:secret")
    assert (done.status, done.out, len(done.err.splitlines())) == (1, "", 1)
    assert "DANVAN_TELEGRAM_TOKEN" in done.err
    assert "secret" not in done.err


@pytest.mark.parametrize("token", [{}, {"telegram_token": "123:wrong"}], ids=["missing", "malformed"])
def test_serving_without_a_token_is_one_sentence(quick: Run, tmp_path: Path, token: Any) -> None:
    done = quick("serve", data_dir=tmp_path, web="off", **token)
    assert (done.status, done.out, len(done.err.splitlines())) == (1, "", 1)
    assert "DANVAN_TELEGRAM_TOKEN" in done.err
    assert "wrong" not in done.err


def test_version(danvan: Run) -> None:
    assert danvan("--version").out == "danvan 0.1.0\n"


def test_an_unexpected_error_is_one_line_and_a_traceback_only_for_the_asking(quick: Run, tmp_path: Path) -> None:
    broken = tmp_path / "sitecustomize.py"
    broken.write_text(
        "import bot.settings\ndef fail():\n    raise RuntimeError('boom')\nbot.settings.load_settings = fail\n"
    )
    variables = {"PYTHONPATH": str(tmp_path)}
    quiet = quick("status", data_dir=tmp_path, variables=variables)
    assert (quiet.status, quiet.out, len(quiet.err.splitlines())) == (1, "", 1)
    assert "boom" in quiet.err
    assert "--debug" in quiet.err
    loud = quick("--debug", "status", data_dir=tmp_path, variables=variables)
    assert loud.status == 1
    assert "Traceback" in loud.err


def test_a_reader_that_leaves_early_ends_it_quietly(tmp_path: Path) -> None:
    command = [str(DANVAN), "corpus", "show", "tong-ket-nam-dan-van-chinh-quyen-2019"]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(data_dir=tmp_path)
    )
    with process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
        process.wait(timeout=PATIENCE)


def test_chat_reads_a_pipe_to_its_end(quick: Run, quick_indexed: Path) -> None:
    talk = f"{ASKED}\n\n/moi\n🙂\n".encode() + b"\xff\xfe gi?\n"
    done = quick("chat", data_dir=quick_indexed, stdin=talk)
    assert done.status == 0, done.err
    assert done.err == ""
    assert done.out.startswith(f"Hỏi: {ASKED}\n"), "a transcript has the questions, too"
    assert "Năm dân vận khéo" in done.out
    assert "cuộc trao đổi mới" in done.out
    assert "không hợp lệ" in done.out


def test_chat_reads_on_from_the_answer_given_last(quick: Run, quick_indexed: Path) -> None:
    talk = ["nói rõ hơn", ASKED, "nói rõ hơn", "tóm tắt bài này", *["nguồn khác"] * 3, "trả lời sai rồi", "👍"]
    done = quick("chat", data_dir=quick_indexed, stdin="\n".join(talk).encode())
    assert (done.status, done.err) == (0, "")
    before, answer, more, summary, *others, wrong, good = done.out.split("Hỏi: ")[1:]
    assert NOTHING_ASKED in before
    assert "Nguồn: cùng tài liệu với [1]" in answer, "the second passage is of the first one's document"
    assert answer.count("Nguồn: cùng tài liệu với [1]") == 2, "and so is the third"
    assert "Năm dân vận khéo" in more
    assert "Đối với Thái Nguyên" in more, "the passage before it, too"
    assert "không tự viết tóm tắt" in summary
    assert summary != more
    assert [NO_OTHER in one for one in others] == [False, False, True], "two other passages were found"
    assert others[0] != others[1]
    assert all("Nguồn: " in one and "Năm dân vận khéo" not in one for one in others[:2])
    assert WRONG in wrong
    assert "Vâng ạ" in good


def test_chat_knows_its_commands_from_questions(quick: Run, quick_indexed: Path) -> None:
    talk = ["/khong_co", "/moi", "sai rồi", f"/hoi {ASKED}", "/start"]
    done = quick("chat", data_dir=quick_indexed, stdin="\n".join(talk).encode())
    assert (done.status, done.err) == (0, "")
    unknown, _, wrong, answer, start = done.out.split("Hỏi: ")[1:]
    assert UNKNOWN_COMMAND in unknown
    assert NOTHING_ASKED in wrong, "what was asked before /moi is done with"
    assert "Năm dân vận khéo" in answer
    assert "hướng dẫn này" in start


@pytest.mark.parametrize("leave", [b"\x04", b"\x03"], ids=["Ctrl-D", "Ctrl-C"])
def test_chat_on_a_terminal_is_left_cleanly(quick_indexed: Path, leave: bytes) -> None:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*QUICK, "chat"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment(data_dir=quick_indexed) | {"TERM": "xterm"},
        start_new_session=True,
        preexec_fn=_take_terminal,  # noqa: PLW1509 - the tests start no threads
    )
    os.close(theirs)
    seen = _read_until(ours, "Hỏi: ")
    os.write(ours, leave)
    try:
        _wait_pressing_keys(process, ours)
        assert process.returncode == 0
    finally:
        process.send_signal(signal.SIGKILL)
        seen += _read_until(ours, None)
        os.close(ours)
    assert "Traceback" not in seen


def _wait_pressing_keys(process: subprocess.Popen[bytes], terminal: int) -> None:
    """A Ctrl-C between readline's prompt and its wait for keys is seen when a line is entered, at the latest."""
    end = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < end:
        try:
            process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            os.write(terminal, b"\n")


def _read_until(terminal: int, words: str | None) -> str:
    seen, end = b"", time.monotonic() + PATIENCE
    while time.monotonic() < end and not (words and words in seen.decode("utf-8", "replace")):
        ready, _, _ = select.select([terminal], [], [], 1)
        try:
            more = os.read(terminal, 65536) if ready else b""
        except OSError:  # the other end was closed
            break
        if not more and words is None:
            break
        seen += more
    return seen.decode("utf-8", "replace")


def _take_terminal() -> None:
    """Make standard input the terminal that Ctrl-C and Ctrl-D come from."""
    heed_interrupts()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
