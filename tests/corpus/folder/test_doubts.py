"""What an admin is told to look at: doubtful documents, and texts that are there twice."""

import random
from datetime import date
from pathlib import Path

import pytest

from corpus.folder import duplicates
from corpus.folder.doubts import doubts
from corpus.folder.duplicates import near_duplicates, text_key, word_runs
from corpus.folder.reading_folder import DEFAULT_DOCUMENTS, read_folder
from corpus.models import Document
from corpus.similarity import jaccard
from tests.corpus.library.test_adding import put, text

TODAY = date(2026, 11, 22)
LONG = " ".join(f"Điều {number} quy định việc thứ {number * 7} của ban {number * 3}." for number in range(40))


def kinds(folder: Path) -> dict[str, list[str]]:
    return {identity: [doubt.kind for doubt in found] for identity, found in doubts(read_folder(folder), TODAY).items()}


def page(title: str = "Thông báo về việc họp thôn đầu năm", day: str = "10/01/2020", body: str = LONG) -> str:
    return f"{title}\n\n05:58 | {day}\n\n{body}\n"


def test_a_good_document_is_not_named(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", page())
    assert kinds(tmp_path) == {}


@pytest.mark.parametrize(
    ("content", "kind", "sentence"),
    [
        (page(day="10/01/2027"), "future", "Its date 2027-01-10 is still to come."),
        (f"Thông báo về việc họp thôn đầu năm\n\n{LONG}\n", "no_date", "No date of publication was found."),
        (page(body="Sáng nay, xã A họp bàn việc chung của cả năm tới."), "short", "It is very short: 49 characters."),
    ],
)
def test_a_doubtful_document_is_named_with_the_reason(tmp_path: Path, content: str, kind: str, sentence: str) -> None:
    put(tmp_path, "a.txt", content)
    ((found,),) = doubts(read_folder(tmp_path), TODAY).values()
    assert (found.kind, found.sentence) == (kind, sentence)


def test_corrections_settle_doubts(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", f"{LONG}\n\n{LONG[:-9]} khác.\n")
    assert set(kinds(tmp_path)["a"]) >= {"no_date", "no_title"}
    put(tmp_path, "sources.toml", '["a.txt"]\ntitle = "Quy định"\npublished = "2020"\n')
    assert kinds(tmp_path) == {}


def test_much_left_out_is_a_doubt(tmp_path: Path) -> None:
    names = ("Trang chủ", "Giới thiệu", "Liên hệ", "Tin tức - Sự kiện", "Văn bản chỉ đạo điều hành", "Thư viện ảnh")
    menu = "\n".join(names * 9)
    body = "Sáng 9/1, Ban Dân vận huyện tổ chức hội nghị tổng kết công tác năm và bàn nhiệm vụ của năm tới. " * 4
    put(tmp_path, "a.txt", f"{menu}\n\nThông báo về việc họp thôn đầu năm\n\n05:58 | 10/01/2020\n\n{body}\n")
    found = doubts(read_folder(tmp_path), TODAY)["a"]
    assert [doubt.kind for doubt in found] == ["much_dropped"]
    assert found[0].sentence.endswith("% of its characters were left out as menus, links and the like.")


def test_texts_that_are_there_twice(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", page())
    put(tmp_path, "b.txt", page("Kế hoạch họp thôn đầu năm của xã"))
    put(tmp_path, "c.txt", page(body=LONG.replace("thứ 14 ", "thứ mười bốn ")))
    put(tmp_path, "d.txt", text(3))
    found = doubts(read_folder(tmp_path), TODAY)
    assert [doubt.sentence for doubt in found["b"]] == ["It is the same text as a."]
    assert found["c"][0].kind == "near_duplicate"
    assert "a" not in found


def test_lines_of_json_are_doubted_for_date_and_text_only(tmp_path: Path) -> None:
    put(tmp_path, "corpus.jsonl", '{"_id": "a", "text": "Ngắn."}\n{"_id": "b", "text": "Hai.", "date": "2030"}\n')
    assert kinds(tmp_path) == {"b": ["future"]}


def test_of_the_five_articles_only_one_lacks_its_date() -> None:
    assert kinds(DEFAULT_DOCUMENTS) == {"nam-dan-van-2014": ["no_date"]}


def documents(count: int, seed: int) -> list[Document]:
    chance = random.Random(seed)
    words = [f"từ{number}" for number in range(400)]
    made: list[Document] = []
    for number in range(count):
        body = " ".join(chance.choices(words, k=200))
        if number % 5 == 4:  # a neighbour's text with a few words changed
            own = made[-1].text.split()
            for place in chance.sample(range(len(own)), chance.choice((1, 3, 12, 40))):
                own[place] = "đổi"
            body = " ".join(own)
        made.append(Document(str(number), "", None, None, None, None, body, ""))
    return made


def test_pairs_are_those_that_comparing_everything_finds() -> None:
    made = documents(60, seed=7)
    runs = [word_runs(document.text) for document in made]
    expected = {
        (first.id, second.id): jaccard(runs[i], runs[i + 1 + j])
        for i, first in enumerate(made)
        for j, second in enumerate(made[i + 1 :])
        if jaccard(runs[i], runs[i + 1 + j]) >= 0.8
    }
    assert expected
    assert {(pair.first, pair.second): pair.resemblance for pair in near_duplicates(made)} == expected


def test_many_copies_are_told_from_the_first_without_comparing_each_with_all(monkeypatch: pytest.MonkeyPatch) -> None:
    made = [Document(str(number), "", None, None, None, None, LONG, "") for number in range(500)]
    monkeypatch.delattr(duplicates, "jaccard")
    pairs = near_duplicates(made)
    assert {pair.first for pair in pairs} == {"0"}
    assert len(pairs) == 499


def test_runs_of_words_and_keys_by_hand() -> None:
    some, others = word_runs("một hai ba bốn năm"), word_runs("Mot, hai: BA bốn sáu")
    assert (len(some), len(others), len(some & others)) == (2, 2, 1)
    assert text_key("Một – hai,\n\nba.") == text_key("một hai BA")
    assert text_key("một hai ba") != text_key("mot hai ba"), "marks are words' own"
