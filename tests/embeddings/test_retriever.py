"""The whole of retrieval: the real model over the five articles, and a small encoder where only order matters."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from unicodedata import normalize

import pytest

from corpus.errors import ForeignIndexError, MissingIndexError
from corpus.folder.reading_folder import DEFAULT_DOCUMENTS, read_folder
from corpus.vietnamese import fold
from embeddings import Retriever
from embeddings.index.building import build
from embeddings.index.publishing import publish
from embeddings.question.question import Question
from embeddings.question.topic import topic_after
from tests.embeddings.fakes import LIBRARY, WordEncoder, document

FLAGSHIP = [
    ("năm 2020 được chọn là năm gì?", "tong-ket-nam-dan-van-chinh-quyen-2019", "được chọn là “Năm dân vận khéo”"),
    ("Quỹ vắc xin trị giá bao nhiêu?", "can-bo-dan-van-kien-tri-2022", "hơn 21 tỷ đồng"),
    ("Diễn đàn cán bộ, công chức trẻ diễn ra ở đâu?", "can-bo-tre-dan-van-chinh-quyen-2019", "tại Hải Phòng"),
    ("Chỉ thị 18/2000/CT-TTg về việc gì?", "nam-dan-van-2014", "Chỉ thị số 18/2000/CT-TTg của Thủ tướng"),
    ("Ai chủ trì Hội nghị tại điểm cầu Thái Nguyên?", "tong-ket-nam-dan-van-chinh-quyen-2019", "đồng chí Vũ Hồng Bắc"),
    ("Năm dân vận 2014 được phát động ở đâu?", "nam-dan-van-2014", "tại Hà Nội, Đảng ủy Khối"),
    ("Phương châm hành động của Năm dân vận chính quyền 2019?", "tong-ket-nam-dan-van-chinh-quyen-2019", "“Kỷ cương"),
]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    folder = tmp_path_factory.mktemp("small")
    publish(folder, build(folder, LIBRARY, WordEncoder()))
    return Retriever.open(folder, encoder=WordEncoder())


def test_scores_are_between_0_and_1_however_little_or_much_a_passage_has(small: Retriever) -> None:
    """A caption is set back where it is asked why, and what fits the question is set forward."""
    for question in ("vì sao Cuộc họp thôn?", "vì sao làm đường", "con đường dài bao nhiêu km?", "năm 2020"):
        hits = small.search(question, top_k=len(small.passages))
        scores = [hit.score for hit in hits]
        assert len(hits) == len(small.passages)
        assert all(0 <= score <= 1 for score in scores)
        assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(("question", "document", "evidence"), FLAGSHIP)
@pytest.mark.parametrize("form", ["typed", "unmarked"])
def test_the_right_passage_is_first(
    retriever: Retriever, question: str, document: str, evidence: str, form: str
) -> None:
    best = retriever.search(question if form == "typed" else fold(question), top_k=1)[0]
    assert evidence in best.passage.text
    assert best.passage.document_id == document


@pytest.mark.parametrize(
    ("question", "previous", "evidence"),
    [
        ("ở đâu?", "diễn đàn cán bộ, công chức, viên chức trẻ diễn ra khi nào?", "tại Hải Phòng"),
        ("còn năm 2019?", "phương châm hành động Năm dân vận chính quyền 2018 là gì?", "“Kỷ cương"),
        ("CT UBND tỉnh TN là ai?", None, "Chủ tịch"),
        ("coong tacs daan vaanj cuar luwcj luwowngj vux trang", None, "lực lượng vũ trang"),
        ("cong tac dan van cua luc luong vu tranng", None, "lực lượng vũ trang"),
    ],
)
def test_follow_ups_abbreviations_and_slips(
    retriever: Retriever, question: str, previous: str | None, evidence: str
) -> None:
    assert evidence in retriever.look_up(Question(question, previous), 1).hits[0].passage.text


def test_a_new_topic_does_not_inherit_the_old_one(retriever: Retriever) -> None:
    question = "Quỹ vắc xin phòng chống dịch được ủng hộ bao nhiêu tỷ đồng?"
    alone = retriever.search(question, 3)
    behind = retriever.look_up(Question(question, "năm 2020 được chọn là năm gì?"), 3).hits
    assert behind[0].passage == alone[0].passage


@pytest.mark.parametrize(
    ("question", "alone"),
    [
        ("bài mới nhất là bài nào?", True),
        ("tài liệu gần đây nhất là tài liệu nào", True),
        ("thế bài mới nhất về việc đó là bài nào?", False),
    ],
)
def test_the_newest_of_all_documents_is_asked_for_alone(retriever: Retriever, question: str, alone: bool) -> None:
    asked = Question(question, "quỹ vắc xin được ủng hộ bao nhiêu tiền?")
    assert retriever.stands_alone(asked) is alone
    assert (retriever.look_up(asked, 1).understanding.inherited == "") is alone


@pytest.mark.parametrize(
    "question",
    [
        "Ai chủ trì hội nghị dân vận ở Hà Giang năm 2031?",
        "tổ chức hội nghị ở Hà Giang năm 2031",
        "hoi nghi dan van o ha giang nam 2031",
    ],
)
def test_what_no_document_mentions_is_missing(retriever: Retriever, question: str) -> None:
    assert set(retriever.look_up(Question(question)).understanding.missing) == {"Hà Giang", "năm 2031"}


def test_what_documents_mention_is_not_missing(retriever: Retriever) -> None:
    for question, _, _ in FLAGSHIP:
        for text in (question, fold(question)):
            assert retriever.look_up(Question(text)).understanding.missing == ()


def test_every_passages_own_words_find_it(small: Retriever) -> None:
    for passage in small.passages:
        assert small.search(passage.text, 1)[0].passage == passage
        assert small.passage(passage.id) == passage


@pytest.mark.parametrize("question", ["đường", "Con đường nào dài?", "đường ở bản", "Đường mới"])
def test_duong_is_never_outranked_by_the_name(small: Retriever, question: str) -> None:
    """One passage says Dương over and over; what was typed with marks is binding."""
    hits = small.search(question, 10)
    ranks = {hit.passage.text: hit.rank for hit in hits}
    of_roads = [rank for text, rank in ranks.items() if "đường" in text]
    of_names = [rank for text, rank in ranks.items() if "Dương" in text]
    assert max(of_roads) < min(of_names)


def test_hits(retriever: Retriever) -> None:
    hits = retriever.search("công tác dân vận", 7)
    assert [hit.rank for hit in hits] == [1, 2, 3, 4, 5, 6, 7]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({hit.passage.id for hit in hits}) == 7
    for hit in hits:
        document = retriever.documents[hit.passage.document_id]
        assert document.text[hit.passage.start : hit.passage.end] == hit.passage.text
        assert 0 <= hit.coverage <= 1
        assert hit.lexical > 0
        assert -1 <= hit.dense <= 1
        assert "".join(hit.passage.text[a:b] for a, b, _ in hit.sentences).replace(" ", "") == (
            hit.passage.text.replace(" ", "")
        )


def test_fewer_hits_are_the_first_of_more(small: Retriever) -> None:
    everything = small.search("trạm y tế", 50)
    assert len(everything) == len(small.passages)
    for top in (1, 2, 4):
        assert small.search("trạm y tế", top) == everything[:top]


def test_passages_of_a_document(small: Retriever) -> None:
    passages = small.passages_of("giao-thong")
    assert [passage.ordinal for passage in passages] == [0, 1]
    assert small.passages_of("unknown") == ()
    assert small.passage("unknown") is None


def test_ids_are_equal_between_two_builds(retriever: Retriever, tmp_path: Path) -> None:
    again = build(tmp_path, read_folder(DEFAULT_DOCUMENTS).documents, WordEncoder())
    other = Retriever(again, WordEncoder())
    assert [passage.id for passage in other.passages] == [passage.id for passage in retriever.passages]
    assert again.id != retriever.generation_id


def test_nothing_published_and_another_model(tmp_path: Path) -> None:
    with pytest.raises(MissingIndexError):
        Retriever.open(tmp_path, encoder=WordEncoder())
    publish(tmp_path, build(tmp_path, LIBRARY, WordEncoder()))
    foreign = WordEncoder()
    foreign.fingerprint = "other words"
    with pytest.raises(ForeignIndexError):
        Retriever.open(tmp_path, encoder=foreign)


@pytest.mark.parametrize("question", ["", " ", "🙂", "?", "\x00", "\ud800", "đ", "1", "a" * 5000, "năm " * 2000])
def test_any_text_is_searched(small: Retriever, question: str) -> None:
    assert len(small.search(question, 3)) == 3
    assert len(small.look_up(Question("ở đâu?", question), 3).hits) == 3


def test_threads_find_what_one_finds(retriever: Retriever) -> None:
    questions = [question for question, _, _ in FLAGSHIP]
    alone = [[hit.passage.id for hit in retriever.search(question)] for question in questions]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(retriever.search, questions * 3))
    assert [[hit.passage.id for hit in hits] for hits in together] == alone * 3


def test_a_view_is_the_index_that_its_documents_alone_would_have(tmp_path: Path) -> None:
    secret = document("kin", "Chuyện kín", "Ông Dương Văn Tiến được thưởng 77 triệu đồng ở xã Kơnia.", "Năm 2020 kín.")
    closed = replace(secret, groups=("to-chuc",))
    publish(tmp_path / "all", build(tmp_path / "all", (*LIBRARY, closed), WordEncoder()))
    publish(tmp_path / "open", build(tmp_path / "open", LIBRARY, WordEncoder()))
    whole = Retriever.open(tmp_path / "all", encoder=WordEncoder())
    alone = Retriever.open(tmp_path / "open", encoder=WordEncoder())
    view = whole.visible_to(frozenset({"khac"}))
    assert whole.visible_to(None) is whole
    assert whole.visible_to(frozenset({"to-chuc", "khac"})) is whole
    assert whole.visible_to(frozenset()) is view
    for text in ("ông Dương được thưởng bao nhiêu?", "nam 2020 kham bao nhieu nguoi", "xã Kơnia ở đâu?", "lam duong"):
        seen, expected = view.look_up(Question(text)), alone.look_up(Question(text))
        assert [hit.passage.id for hit in seen.hits] == [hit.passage.id for hit in expected.hits]
        assert [hit.score for hit in seen.hits] == pytest.approx([hit.score for hit in expected.hits])
        assert [hit.sentences for hit in seen.hits] == [hit.sentences for hit in expected.hits]
        assert seen.understanding == expected.understanding
    assert view.passage(whole.passages_of("kin")[0].id) is None
    assert view.passages_of("kin") == ()


def test_who_may_see_no_document_finds_nothing(tmp_path: Path) -> None:
    closed = [replace(one, groups=("to-chuc",)) for one in LIBRARY]
    publish(tmp_path, build(tmp_path, closed, WordEncoder()))
    view = Retriever.open(tmp_path, encoder=WordEncoder()).visible_to(frozenset())
    assert view.search("ông Dương là ai?") == []
    assert dict(view.documents) == {}


def test_a_follow_up_behind_another_is_found_as_often(retriever: Retriever) -> None:
    """A third question lives on the subject alone: the words of the second lead it nowhere else."""
    lines = (Path(__file__).parents[1] / "gold" / "articles.jsonl").read_text("utf-8").splitlines()
    gold = [item for item in map(json.loads, lines) if item["kind"] == "followup" and item["answerable"]]
    between = [item["question"] for item in gold]
    right = [0, 0]
    for place, item in enumerate(gold):
        other = between[(place + 7) % len(between)]
        understanding = retriever.look_up(Question(other, item["context"]), 1).understanding
        topic = topic_after(item["context"], understanding) or item["context"]
        for turn, previous in enumerate((item["context"], topic)):
            passage = retriever.look_up(Question(item["question"], previous), 1).hits[0].passage.text
            right[turn] += any(_collapsed(text) in _collapsed(passage) for text in item["evidence"])
    directly, behind = right
    assert directly - behind <= 1
    assert behind / len(gold) >= 0.7


def _collapsed(text: str) -> str:
    return " ".join(normalize("NFC", text).split())
