"""What speaks for the first hit, worked out by hand."""

from dataclasses import replace

import pytest

from bot.answering.evidence import Evidence, weigh
from bot.answering.quoting import QuotedHit
from corpus.models import Document, Passage
from embeddings.hits import Hit, Search
from embeddings.question.answer_type import expect
from embeddings.question.names import named
from embeddings.question.question import Question, Understanding
from embeddings.question.subject_words import SubjectWords
from embeddings.reading.readings import Reading, Span
from embeddings.reranking.reranking import belief
from embeddings.syllables import canonical

TEXT = "Hội nghị tại Hải Phòng."
DOCUMENT = Document("d", "Tổng kết công tác", "2020-01-10", None, None, None, f"{TEXT}\n\nỞ Thái Nguyên.", "0" * 64)
FIRST = Passage("a" * 16, "d", 0, 0, len(TEXT), TEXT)
SECOND = Passage("b" * 16, "d", 1, len(TEXT) + 2, len(TEXT) + 16, "Ở Thái Nguyên.")
OTHER = Passage("c" * 16, "e", 0, 0, 3, "Xa.")


def search(question: str, worth: dict[str, float] | None = None, missing: tuple[str, ...] = ()) -> Search:
    hits = tuple(
        Hit(passage, score, rank, 0.85, 3.0, 0.6, ((0, len(passage.text), 0.9),))
        for rank, (passage, score) in enumerate([(FIRST, 0.9), (SECOND, 0.7), (OTHER, 0.4)], start=1)
    )
    names = tuple(named(question, lambda word: True))
    understanding = Understanding(question, question, question, worth=worth or {}, named=names, missing=missing)
    return Search(Question(question), understanding, expect(question), hits)


def evidence(question: str, worth: dict[str, float] | None = None, missing: tuple[str, ...] = ()) -> Evidence:
    found = search(question, worth, missing)
    return weigh(found, QuotedHit(found.hits[0], 0, len(TEXT)), DOCUMENT, (FIRST, SECOND))


def test_a_question_of_common_words_alone_is_on_the_subject_by_all_it_says() -> None:
    assert evidence("hội nghị thế nào").on_subject == pytest.approx(0.6)
    assert evidence("hội nghị thế nào", {"nghi": 1.0, "xa": 3.0}).on_subject == pytest.approx(0.25)


def test_scores() -> None:
    found = evidence("hội nghị thế nào")
    assert found.whole == pytest.approx(0.5)
    assert found.sentence == pytest.approx(0.75)
    assert found.coverage == 0.6
    assert found.margin == pytest.approx(0.2)
    assert found.other == pytest.approx(0.5)


def said_of(rarity: dict[str, float], pairs: tuple[tuple[str, str], ...] = (), *, marked: bool = False) -> Evidence:
    found = search("x")
    subject = SubjectWords(rarity, pairs, marked)
    told = replace(found, understanding=replace(found.understanding, subject=subject))
    return weigh(told, QuotedHit(found.hits[0], 0, len("Hội nghị")), DOCUMENT, (FIRST, SECOND))


def test_words() -> None:
    found = said_of({"hoi": 1.0, "tong": 1.0, "phong": 2.0, "vang": 4.0})
    assert found.words == pytest.approx(0.5)
    assert found.words_quoted == pytest.approx(0.125)
    assert found.worst == 1
    assert found.words_lead == pytest.approx(3 / 8)
    assert (found.rarest, found.lacking, found.length) == (pytest.approx(0.4), pytest.approx(0.2), pytest.approx(0.4))
    assert said_of({"hoi": 4.0, "vang": 1.0}).worst == pytest.approx(0.25)
    assert said_of({"hoi": 4.0, "phong": 2.0}).worst == 0
    assert said_of({"xa": 1.0}).words_lead == -1


def test_words_typed_with_marks_are_compared_with_them() -> None:
    assert said_of({"phong": 1.0}).words == 1
    assert said_of({canonical("phóng"): 1.0}, marked=True).words == 0
    assert said_of({canonical("phòng"): 1.0}, marked=True).words == 1


def test_words_side_by_side() -> None:
    found = said_of({}, (("hoi", "nghi"), ("hai", "phong"), ("phong", "hoi"), ("cong", "tac")))
    assert (found.pairs, found.pairs_quoted) == (0.75, 0.25)
    assert (said_of({}).pairs, said_of({}).words) == (0.5, 1)


@pytest.mark.parametrize(
    ("question", "unnamed", "elsewhere"),
    [
        ("ở Hải Phòng", 0.0, 0.0),
        ("ở Thái Nguyên", 1.0, 0.0),
        ("ở Hà Giang", 1.0, 1.0),
        ("năm 2020", 0.0, 0.0),
        ("năm 2031", 1.0, 1.0),
        ("ngày 10/1/2020", 0.0, 0.0),
        ("Hải Phòng năm 2031", 0.5, 0.5),
        ("thế nào", 0.0, 0.0),
    ],
)
def test_names(question: str, unnamed: float, elsewhere: float) -> None:
    found = evidence(question)
    assert found.unnamed == unnamed
    assert found.elsewhere == elsewhere


def test_missing_names() -> None:
    found = evidence("Hải Phòng năm 2031", missing=("năm 2031",))
    assert found.absent == 0.5
    assert found.names == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("question", "asks"),
    [("Ai nói?", "person"), ("Khi nào?", "time"), ("Bao nhiêu?", "number"), ("Ở đâu?", "place"), ("là năm gì", "name")],
)
def test_what_is_asked(question: str, asks: str) -> None:
    found = evidence(question)
    kinds = ("person", "time", "number", "place", "name")
    assert [getattr(found, f"asks_{kind}") for kind in kinds] == [kind == asks for kind in kinds]


def test_fit() -> None:
    assert evidence("Ở đâu?").fit == 1
    assert evidence("Khi nào?").fit == 0
    assert evidence("Khi nào?").quote_fit == 0


def test_values_stand_in_the_order_of_labels() -> None:
    found = evidence("Ai nói?")
    values = found.values(Evidence.labels())
    assert dict(zip(Evidence.labels(), values, strict=True))["asks_person"] == 1.0
    assert all(isinstance(value, float) for value in values)


def read(question: str, *readings: Reading | None) -> Evidence:
    found = search(question)
    hits = tuple(replace(hit, reading=reading) for hit, reading in zip(found.hits, readings, strict=True))
    return weigh(replace(found, hits=hits), QuotedHit(hits[0], 0, len(TEXT)), DOCUMENT, (FIRST, SECOND))


def test_nothing_read() -> None:
    found = evidence("ở đâu")
    assert (found.read, found.read_quote, found.read_lead, found.read_share, found.read_fit, found.read_new) == (0,) * 6


def test_what_was_read() -> None:
    place = (TEXT.index("Hải"), len(TEXT) - 1)
    best = Reading((Span(*place, 6.0), Span(0, 8, 6.0)))
    found = read("họp ở đâu", best, Reading((Span(0, 3, -2.0),)), None)
    assert found.read == found.read_quote == pytest.approx(belief(6.0))
    assert found.read_lead == pytest.approx(belief(6.0) - belief(-2.0))
    assert found.read_share == pytest.approx(0.5)
    assert found.read_fit == 1
    assert found.read_new == 1
    assert read("họp ở Hải Phòng năm nào", best, None, None).read_new == 0
    assert read("họp khi nào", best, None, None).read_fit == 0
    assert read("vì sao", best, None, None).read_fit == 0.5


def test_figures_of_a_reader_are_named_so() -> None:
    assert set(Evidence.labels()) - set(Evidence.labels(read=False)) == {
        name for name in Evidence.labels() if name.startswith("read")
    }


def test_another_quarter_or_year_than_the_one_asked_for() -> None:
    same, other, year = (evidence(f"hội nghị {one}") for one in ("năm 2020", "quý 2", "năm 2018"))
    assert (same.otherwise, same.other_year) == (0, 0)
    assert (other.otherwise, other.other_year) == (0, 0)  # the passage has no quarter at all
    assert (year.otherwise, year.other_year) == (0, 1)
    text = "Hội nghị quý III tại Hải Phòng."
    found = search("hội nghị quý 2")
    hit = replace(found.hits[0], passage=Passage("a" * 16, "d", 0, 0, len(text), text))
    told = replace(found, hits=(hit, *found.hits[1:]))
    assert weigh(told, QuotedHit(hit, 0, len(text)), DOCUMENT, (hit.passage, SECOND)).otherwise == 1


def test_words_that_are_said_in_other_words() -> None:
    """`cầm trịch` stands for `chủ trì`, in the table that the program learned."""
    found = search("ai cầm trịch vàng")
    subject = SubjectWords({canonical(word): 1.0 for word in ("cầm", "trịch", "vàng")}, (), marked=True)
    told = replace(found, understanding=replace(found.understanding, restored="ai cầm trịch vàng", subject=subject))
    plain = weigh(told, QuotedHit(told.hits[0], 0, len(TEXT)), DOCUMENT, (FIRST, SECOND))
    assert plain.stood_for == 0
    assert plain.unsaid == 1
    text = "Đồng chí Lê An chủ trì buổi lễ."
    hit = replace(told.hits[0], passage=Passage("a" * 16, "d", 0, 0, len(text), text))
    said = weigh(replace(told, hits=(hit,)), QuotedHit(hit, 0, len(text)), DOCUMENT, (hit.passage, SECOND))
    assert 0.2 < said.stood_for <= 2 / 3
    assert said.unsaid == 1  # vàng
