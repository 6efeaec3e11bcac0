"""Abbreviations: the list itself, what documents explain, and the words around."""

import re
import tomllib
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import pytest

from corpus.vietnamese import fold
from embeddings.index.corpus_language import CorpusLanguage
from embeddings.question.abbreviations import Abbreviations, as_officials_write
from embeddings.question.language import Language
from embeddings.syllables import is_marked

DATA: dict[str, Any] = tomllib.loads(files("embeddings").joinpath("data/abbreviations.toml").read_text("utf-8"))
SINGLE: dict[str, str] = DATA["single"]
MEANINGS = [(entry["short"], meaning) for entry in DATA["several"] for meaning in entry["meanings"]]
TEXTS = (
    "Hội nghị tổng kết công tác dân vận tại tỉnh Thái Nguyên, huyện Đồng Hỷ, tỉnh Tây Ninh, tỉnh Thái Nguyên.",
    "Trung tâm bồi dưỡng chính trị (TTBDCT) mở lớp; Quỹ tín dụng xã (gọi tắt là QTDX) cho vay.",
    "Ông Nam (Bắc) và bà Lan (ABC) dự.",
)


def of(texts: Sequence[str]) -> Abbreviations:
    counted = CorpusLanguage.count(texts)
    return Abbreviations(counted, Language(counted))


@pytest.fixture(scope="module")
def abbreviations() -> Abbreviations:
    return of(TEXTS)


def initials(long: str) -> str:
    words = re.findall(r"[^\W\d_]+", fold(long))
    return "".join(word[0] for word in words if word != "va")


@pytest.mark.parametrize(("short", "long"), [*SINGLE.items(), *((short, said["long"]) for short, said in MEANINGS)])
def test_every_entry_spells_its_long_form(short: str, long: str) -> None:
    """`W` is written for ư; small letters behind the capitals belong to the last word (`TTg`, `QĐi`)."""
    capitals = re.sub(r"(?<=[A-ZĐƯ])[a-z]$", "", short)
    letters = re.sub(r"[^a-z]", "", fold(capitals).replace("w", "u"))
    assert letters == initials(long)
    assert is_marked(long) or long == "chi bộ"


@pytest.mark.parametrize(("short", "meaning"), MEANINGS)
def test_every_pattern_compiles_and_reads_folded_text(short: str, meaning: dict[str, str]) -> None:
    assert set(meaning) <= {"long", "after", "before"}
    for name in ("after", "before"):
        pattern = meaning.get(name, "")
        re.compile(pattern)
        assert pattern == fold(pattern)
    assert meaning.get("before", " $").endswith(" $")
    assert meaning.get("after", "^").startswith("^")


def test_no_short_form_is_listed_twice() -> None:
    shorts = [short.lower() for short in (*SINGLE, *(entry["short"] for entry in DATA["several"]))]
    assert sorted(shorts) == sorted(set(shorts))
    assert all(short.islower() for short in DATA["phone"])


@pytest.mark.parametrize(("short", "long"), [(s, lg) for s, lg in SINGLE.items() if len(s) > 2])
def test_every_single_entry_is_expanded(abbreviations: Abbreviations, short: str, long: str) -> None:
    assert abbreviations.expand(f"{short} họp") == (f"{long} họp", {short: as_officials_write(long)})
    assert abbreviations.expand(f"họp {short}.")[0] == f"họp {long}."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CT UBND tỉnh là ai?", "chủ tịch ủy ban nhân dân tỉnh là ai?"),
        ("ct ubnd tinh la ai", "chủ tịch ủy ban nhân dân tinh la ai"),
        ("CT số 18 nói gì?", "chỉ thị số 18 nói gì?"),
        ("CT 18/2000/CT-TTg", "chỉ thị 18/2000/CT-TTg"),
        ("CT dân vận", "công tác dân vận"),
        ("hệ thống CT", "hệ thống chính trị"),
        ("HN trực tuyến", "hội nghị trực tuyến"),
        ("ở HN", "ở Hà Nội"),
        ("BTV TU họp", "ban thường vụ tỉnh ủy họp"),
        ("DV khéo", "dân vận khéo"),
        ("DV công", "dịch vụ công"),
        ("CQ nhà nước", "cơ quan nhà nước"),
        ("dân vận CQ", "dân vận chính quyền"),
        ("đ/c Phúc, Đ/C Mai", "đồng chí Phúc, đồng chí Mai"),
        ("T.Ư và TW", "trung ương và trung ương"),
        ("NN&PTNT", "nông nghiệp và phát triển nông thôn"),
        ("KT-XH", "kinh tế - xã hội"),
        ("ko biết j", "không biết gì"),
        ("bí thư đoàn TN", "bí thư đoàn thanh niên"),
        ("PBT Thường trực TU", "phó bí thư Thường trực tỉnh ủy"),
        ("kiêm CT gì", "kiêm chủ tịch gì"),
        ("CT UBTƯ MTTQ", "chủ tịch UBTƯ mặt trận tổ quốc"),
        ("động viên ND thực hiện", "động viên nhân dân thực hiện"),
        ("kết quả quan trắc MT", "kết quả quan trắc môi trường"),
        ("cán bộ MT xã", "cán bộ mặt trận xã"),
    ],
)
def test_the_words_around_decide(abbreviations: Abbreviations, text: str, expected: str) -> None:
    assert abbreviations.expand(text)[0] == expected


@pytest.mark.parametrize(
    "text",
    [
        "từ tu tại chùa",
        "15-CT/TU",
        "số 18/2000/CT-TTg",
        "KO",
        "tư tưởng Hồ Chí Minh",
        "tp",
        "Điểu K'ré",
        "",
        "năm 2020",
    ],
)
def test_words_and_numbers_are_no_abbreviations(abbreviations: Abbreviations, text: str) -> None:
    assert abbreviations.expand(text) == (text, {})


def test_places_of_the_documents_by_their_initials(abbreviations: Abbreviations) -> None:
    assert abbreviations.expand("tỉnh TN")[0] == "tỉnh Thái Nguyên"
    assert abbreviations.expand("huyen DH")[0] == "huyen Đồng Hỷ"
    assert abbreviations.expand("tỉnh XY") == ("tỉnh XY", {})


def test_persons_of_the_documents_by_their_initials() -> None:
    texts = ["Dự họp có đồng chí Lò Văn Pánh, Chủ tịch xã; bà Hà Thị Nhan và ông Lê Mai."]
    assert of(texts).expand("theo đ/c LVP thì sao")[0] == "theo đồng chí Lò Văn Pánh thì sao"
    assert of(texts).expand("ý kiến bà HTN")[0] == "ý kiến bà Hà Thị Nhan"
    assert of(texts).expand("đ/c XYZ nói gì")[0] == "đồng chí XYZ nói gì"
    assert of(texts).expand("LVP nói gì")[0] == "LVP nói gì", "nothing says that it is a person"
    assert of([*texts, "bà Lê Thị Xuân"]).expand("ba LTX nào")[0] == "ba LTX nào", "three of them"
    assert of([*texts, "ông Bùi Thị Vân"]).expand("đ/c BTV")[0] == "đồng chí ban thường vụ", "known otherwise"
    two = [*texts, "ông Lê Văn Phú"]
    assert of(two).expand("ông LVP")[0] == "ông LVP", "two persons have the initials"


def test_documents_teach_abbreviations(abbreviations: Abbreviations) -> None:
    assert abbreviations.expand("TTBDCT ở đâu?")[0] == "Trung tâm bồi dưỡng chính trị ở đâu?"
    assert abbreviations.expand("ttbdct")[0] == "Trung tâm bồi dưỡng chính trị"
    assert abbreviations.expand("qtdx cho vay")[0] == "Quỹ tín dụng xã cho vay"
    assert abbreviations.knows("TTBDCT")
    assert not abbreviations.knows("ABC")
    assert not abbreviations.knows("Bắc")
    assert not of(()).knows("TTBDCT")


def test_a_learned_abbreviation_that_is_a_word_is_read_in_capitals_only() -> None:
    texts = ("Ban nội trú (BNT) họp.", "Đội An Ninh (ĐAN) đan áo.")
    abbreviations = of(texts)
    assert abbreviations.expand("ĐAN áo")[0] == "Đội An Ninh áo"
    assert abbreviations.expand("đan áo") == ("đan áo", {})
    assert abbreviations.expand("bnt")[0] == "Ban nội trú"


def test_an_explanation_goes_before_the_list() -> None:
    texts = ("Ủy ban năng động (UBND) là tên một câu lạc bộ.",)
    assert of(texts).expand("UBND")[0] == "Ủy ban năng động"


def test_of_several_meanings_without_a_hint_the_documents_choose() -> None:
    for long in ("kết luận", "kỷ luật"):
        texts = (f"Về {long} của cấp trên, {long} mới.",)
        assert of(texts).expand("KL mới") == (f"{long} mới", {"KL": long})


@pytest.mark.parametrize("text", ["Bác Hồ dạy gì?", "bac ho dạy gì?", "BÁC HỒ dạy gì?"])
def test_people_are_called_as_the_documents_call_them(text: str) -> None:
    teaching = "Chủ tịch Hồ Chí Minh dạy: dân vận khéo thì việc gì cũng thành công."
    assert of([teaching]).expand(text)[0] == "Chủ tịch Hồ Chí Minh dạy gì?"
    assert of([teaching, "Lời Bác Hồ dạy."]).expand(text)[0] == text, "the documents say it themselves"
    assert of(["Bác sĩ khám bệnh."]).expand(text)[0] == text, "the documents name nobody so"


def test_places_have_other_names() -> None:
    texts = ["Hội nghị tại tỉnh Thái Nguyên và Phú Thọ."]
    assert of(texts).expand("ai lo dân vận ở xứ chè")[0] == "ai lo dân vận ở Thái Nguyên"
    assert of(texts).expand("o xu che")[0] == "o Thái Nguyên"
    assert of(texts).expand("về đất Tổ, dat to")[0] == "về Phú Thọ, dat to", "without marks it may be other words"
    assert of([*texts, "Chè của xứ chè."]).expand("ở xứ chè")[0] == "ở xứ chè", "the documents say it themselves"
    assert of(["Họp ở Huế."]).expand("ở xứ chè")[0] == "ở xứ chè", "the documents do not name the place"


@pytest.mark.parametrize(
    "text",
    [
        "thu hồi đất tổ chức kinh tế",
        "xây đất cảng biển",
        "cụ Hồ Thị Lan hiến đất",
        "cu ho thi lan hien dat",
        "trở thành Nam nào",
    ],
)
def test_other_words_are_no_names(text: str) -> None:
    texts = ["Chủ tịch Hồ Chí Minh thăm Phú Thọ, Hải Phòng và Nam Định."]
    assert of(texts).expand(text)[0] == text


def test_names_stand_behind_prepositions_or_with_their_capitals() -> None:
    texts = ["Chủ tịch Hồ Chí Minh thăm Phú Thọ, Hải Phòng và Nam Định."]
    assert of(texts).expand("họp ở đất cảng")[0] == "họp ở Hải Phòng"
    assert of(texts).expand("về đất Tổ")[0] == "về Phú Thọ"
    assert of(texts).expand("cụ Hồ dạy gì")[0] == "Chủ tịch Hồ Chí Minh dạy gì"


@pytest.mark.parametrize(
    ("short", "shown"),
    [
        ("MTTQ", "Mặt trận Tổ quốc"),
        ("mttq", "Mặt trận Tổ quốc"),
        ("UBMTTQ", "Ủy ban Mặt trận Tổ quốc"),
        ("MTTQVN", "Mặt trận Tổ quốc Việt Nam"),
        ("BTVTU", "Ban Thường vụ Tỉnh ủy"),
        ("ĐBQH", "đại biểu Quốc hội"),
        ("PTTg", "Phó Thủ tướng"),
        ("BDVTW", "Ban Dân vận Trung ương"),
        ("NSNN", "ngân sách nhà nước"),
        ("TTHC", "thủ tục hành chính"),
    ],
)
def test_a_person_is_told_the_long_form_as_officials_write_it(
    abbreviations: Abbreviations, short: str, shown: str
) -> None:
    assert abbreviations.expand(f"{short} họp")[1] == {short: shown}
