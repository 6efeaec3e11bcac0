"""From misses to drafts of gold questions: grouped by likeness, without a trace of who asked."""

import json
from pathlib import Path

import pytest

from bot.answers import Answer, Status
from bot.gold.drafts import as_drafts, group, without_people
from bot.gold.gold_files import read_gold
from bot.records.database import Database, default_url
from bot.records.history import Asking, History
from bot.records.statistics import Miss
from tests.conftest import Run


def miss(question: str, times: int = 1, status: Status = Status.NOT_FOUND, previous: str | None = None) -> Miss:
    return Miss(question, previous, status, times)


def test_like_questions_are_one_group_the_most_frequent_first() -> None:
    groups = group(
        [
            miss("giá vé xe buýt là bao nhiêu?"),
            miss("kết quả ở Hà Giang ra sao?", 3),
            miss("ket qua o ha giang the nao", 2),
            miss("giá vé xe buýt là bao nhiêu?", previous="xã Bình An có gì mới?"),
        ]
    )
    assert [(one.question, one.times, one.others) for one in groups] == [
        ("kết quả ở Hà Giang ra sao?", 5, ("ket qua o ha giang the nao",)),
        ("giá vé xe buýt là bao nhiêu?", 1, ()),
        ("giá vé xe buýt là bao nhiêu?", 1, ()),
    ]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("gọi tôi số 0912 345 678 nhé", "gọi tôi số … nhé"),
        ("gọi +84912345678", "gọi …"),
        ("CCCD 001234567890 của tôi", "CCCD … của tôi"),
        ("gửi a.b@c.gov.vn cho @nguyenvana", "gửi … cho …"),
        ("tôi là Nguyễn Văn An, hỏi về năm 2020", "tôi là …, hỏi về năm 2020"),
        ("xem t.me/someone", "xem …"),
    ],
)
def test_what_tells_of_a_person_is_hidden(text: str, kept: str) -> None:
    assert without_people(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "ngày 15/11/2017 có gì?",
        "Chỉ thị 18/2000/CT-TTg",
        "từ 2014 đến 2020",
        "1.200.000 đồng",
        "Nghị định 04/2015/NĐ-CP",
    ],
)
def test_dates_codes_and_sums_stay(text: str) -> None:
    assert without_people(text) == text


def test_drafts_are_gold_items_a_tester_can_read(tmp_path: Path) -> None:
    drafts = as_drafts(
        group(
            [
                miss("ở Hà Giang ra sao?", 2),
                miss("gia nuoc?", status=Status.ANSWERED),
                miss("gì?", status=Status.RELATED),
            ]
        )
    )
    assert [(one.kind, one.answerable) for one in drafts] == [
        ("unanswerable", False), ("unmarked", True), ("direct", True),
    ]  # fmt: skip


def test_the_command_lists_and_exports_without_names_ids_or_numbers(quick: Run, tmp_path: Path) -> None:
    database = Database.open(default_url(tmp_path / "data"))
    history = History(database)
    for number, question in enumerate(("Ở Hà Giang ra sao? Gọi 0912345678", "giá nước?", "Ở Hà Giang ra sao?")):
        status = Status.ANSWERED if "nước" in question else Status.NOT_FOUND
        answer = Answer(question, status, None, (), 0.1, (), "g", 1.0)
        answer_id = history.record(
            Asking("telegram:987654321", "telegram:1/987654321", str(number), question), None, answer
        )
        history.rate(answer_id, "telegram:987654321", helpful=False)
    database.close()
    listed = quick("feedback", "list", "--json", data_dir=tmp_path / "data")
    assert listed.status == 0, listed.err
    rows = [json.loads(line) for line in listed.out.splitlines()]
    assert [row["times"] for row in rows] == [2, 1]
    done = quick("feedback", "export", str(tmp_path / "drafts.jsonl"), data_dir=tmp_path / "data")
    assert done.status == 0, done.err
    written = (tmp_path / "drafts.jsonl").read_text("utf-8")
    assert "987654321" not in written + listed.out
    assert "0912345678" not in written + listed.out
    gold = read_gold(tmp_path / "drafts.jsonl")
    assert len(written.splitlines()) == 2
    assert [item.answerable for item in gold.items] == [False]
    again = quick("feedback", "export", str(tmp_path / "drafts.jsonl"), data_dir=tmp_path / "data")
    assert again.status == 1
    assert "exists already" in again.err


def test_people_are_invited_listed_and_shut_out_on_the_command_line(quick: Run, tmp_path: Path) -> None:
    given = {"data_dir": tmp_path / "data", "allowed_users": "12,34", "admin_users": "90"}
    made = quick("invite", "--admin", "--json", **given)
    assert made.status == 0, made.err
    invitation = json.loads(made.out)
    assert invitation["role"] == "admin"
    assert "i_" in invitation["invitation"]
    assert quick("invite", "revoke", "12", **given).status == 0
    listed = [json.loads(line) for line in quick("invite", "list", "--json", **given).out.splitlines()]
    assert {(row["person"], row["role"]) for row in listed} == {
        ("telegram:12", "revoked"), ("telegram:34", "member"), ("telegram:90", "admin"),
    }  # fmt: skip
    [waiting] = [json.loads(line) for line in quick("invite", "open", "--json", **given).out.splitlines()]
    assert waiting["role"] == "admin"
    assert quick("invite", "withdraw", waiting["invitation"], **given).status == 0
    assert quick("invite", "open", **given).out == ""
    gone = quick("invite", "withdraw", waiting["invitation"], **given)
    assert (gone.status, "no open invitation" in gone.err) == (1, True)
    assert quick("invite", "name", "34", "Bà Mận", **given).status == 0
    assert "Bà Mận" in quick("invite", "list", **given).out
    actions = [json.loads(line)["action"] for line in quick("invite", "audit", "--json", **given).out.splitlines()]
    assert actions == ["named", "withdrew", "revoked", "invited"]
    refused = quick("invite", "revoke", "Nguyễn Văn A", **given)
    assert (refused.status, "numeric" in refused.err) == (1, True)
    assert quick("history", "forget", "34", **given).status == 0
    assert json.loads(quick("history", "stats", "--json", **given).out)["questions"] == 0
    assert "0 questions" in quick("history", "purge", **given).err
