"""Look-alike sources are one source to a person."""

from bot.answering.look_alikes import fold_look_alikes
from bot.answers import Answer, Citation, Status
from corpus.models import Document, Passage

TEXT = "Ngày 9/1, Ban Dân vận tổ chức hội nghị tổng kết công tác năm và triển khai nhiệm vụ năm sau tại hội trường lớn."


def citation(rank: int, document: str, text: str, title: str = "") -> Citation:
    source = Document(document, title or document, None, None, None, None, text, "")
    return Citation(source, Passage("a" * 16, document, 0, 0, len(text), text), text, None, 1 / rank, rank)


def answer(*citations: Citation) -> Answer:
    return Answer("?", Status.ANSWERED, None, citations, 0.9, (), "g", 1.0)


def test_a_republished_text_is_one_source_and_the_others_are_named() -> None:
    copy = TEXT.replace("hội trường lớn", "Hội trường lớn tỉnh")
    other = "Một nội dung khác hẳn, nói về việc tiếp công dân định kỳ ở cơ sở."
    folded = fold_look_alikes(
        answer(citation(1, "goc", TEXT), citation(2, "chep", copy, "Bản chép"), citation(3, "khac", other))
    )
    assert [c.document.id for c in folded.citations] == ["goc", "khac"]
    assert folded.notes == ("Nội dung này cũng có trong: “Bản chép”.",)


def test_another_year_is_another_source() -> None:
    later = "Ngày 8/1, Ban Tuyên giáo khai mạc hội nghị sơ kết công tác quý và bàn nhiệm vụ quý sau tại hội trường lớn."
    kept = answer(citation(1, "a", TEXT), citation(2, "b", later))
    assert fold_look_alikes(kept) is kept


def test_two_passages_of_one_document_both_stay() -> None:
    kept = answer(citation(1, "a", TEXT), citation(2, "a", TEXT))
    assert fold_look_alikes(kept) is kept
