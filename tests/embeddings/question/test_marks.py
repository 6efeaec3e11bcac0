"""Restoring marks, and the counts of a corpus that it is done from."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.folder.reading_folder import DEFAULT_DOCUMENTS, read_folder
from corpus.splitting import split
from corpus.vietnamese import fold
from embeddings.index.corpus_language import START, CorpusLanguage
from embeddings.question.general_language import follows, forms_used, is_used, lacks_tone
from embeddings.question.language import Language, question_phrases
from embeddings.question.marks import recase, restore_marks
from embeddings.syllables import agrees, canonical, is_marked, tokens


@pytest.fixture(scope="module")
def five() -> Language:
    documents = read_folder(DEFAULT_DOCUMENTS).documents
    texts = [*(d.title for d in documents), *(p.text for d in documents for p in split(d))]
    return Language(CorpusLanguage.count(texts))


def test_counts() -> None:
    language = Language(CorpusLanguage.count(["Dân vận khéo", "dân vận chính quyền", "vân vân"]))
    plain = Language(CorpusLanguage.count([]))
    assert language.bigrams["dân", canonical("vận")] - plain.bigrams["dân", canonical("vận")] == 2
    assert language.bigrams[START, "dân"] - plain.bigrams[START, "dân"] == 2
    assert language.folded_pairs["van", "van"] == 1
    assert language.unigrams["vân"] == 2
    assert language.unigrams[START] == 3 + 4 * len(question_phrases())
    assert language.forms("van") >= {"vân", canonical("vận")}
    assert language.spelling(canonical("vận")) == "vận"
    assert language.total == sum(language.unigrams.values())
    assert language.knows("kheo")
    assert not language.knows("khéo")
    assert language.has(canonical("khéo"))
    assert not language.has("kheo")
    assert set(language.vocabulary()) >= {"dan", "van", "kheo"}


def test_the_usual_spelling_of_the_corpus_is_taken() -> None:
    assert Language(CorpusLanguage.count(["Uỷ ban", "uỷ viên", "Ủy ban"])).spelling(canonical("ủy")) == "uỷ"


@pytest.mark.parametrize(
    ("typed", "restored"),
    [
        ("nam 2020 duoc chon la nam gi", "năm 2020 được chọn là năm gì"),
        ("cong tac dan van chinh quyen", "công tác dân vận chính quyền"),
        ("ai chu tri hoi nghi tai diem cau thai nguyen?", "ai chủ trì hội nghị tại điểm cầu thái nguyên?"),
        ("CONG TAC DAN VAN", "CÔNG TÁC DÂN VẬN"),
        ("Thu tuong Nguyen Xuan Phuc noi gi", "Thủ tướng Nguyễn Xuân Phúc nói gì"),
        ("chi thi 18/2000/CT-TTg", "chỉ thị 18/2000/CT-TTg"),
        ("can bo UBND tinh", "cán bộ UBND tỉnh"),
        ("dan vận kheo la gi", "dân vận khéo là gì"),
        ("Hoi nghị trực tuyến ở điểm cầu Thai Nguyen", "Hội nghị trực tuyến ở điểm cầu Thái Nguyên"),
        ("công tác dan van o Hai Phong", "công tác dân vận ở Hải Phòng"),
    ],
)
def test_restored_from_the_five_articles(five: Language, typed: str, restored: str) -> None:
    assert restore_marks(typed, five) == restored


@pytest.mark.parametrize(
    "typed",
    [
        "Ai chủ trì hội nghị dân vận ở Hà Giang năm 2031?",
        "tổ chức hội nghị ở Hà Giang năm 2031",
        "Trần Văn Giang phát biểu gì?",
        "Đồng chí Nguyễn Văn Dũng nói gì?",
        "ai là cán bộ ở phường Dương Nội?",
        "Ông Phúc đề nghị gì ở Bình Dương?",
        "Năm 2020 được chọn là năm gì?",
        "ngân hàng HSBC, 7,5%; 15/11/2017 (UBND)",
        "what about weather, OK?",
        "🙂 ?!",
        "",
    ],
)
def test_what_is_typed_as_meant_stays(five: Language, typed: str) -> None:
    assert restore_marks(typed, five) == typed


@pytest.mark.parametrize(
    ("typed", "restored"),
    [
        ("hoi nghi o ha giang nam 2031", "hội nghị ở hà giang năm 2031"),
        ("HOI NGHI O HA GIANG", "HỘI NGHỊ Ở HÀ GIANG"),
        ("uy ban nhan dan tinh Binh Duong", "ủy ban nhân dân tỉnh Bình Dương"),
        ("can bo o thua thien hue", "cán bộ ở thừa thiên huế"),
    ],
)
def test_places_that_no_document_mentions_are_known(five: Language, typed: str, restored: str) -> None:
    assert restore_marks(typed, five) == restored


def test_the_documents_own_words_go_before_a_place_of_the_list() -> None:
    language = Language(CorpusLanguage.count(["họ làm đồng từ sớm", "người làm đồng", "nhà có hai phòng rộng"]))
    assert restore_marks("nguoi lam dong o nha co hai phong", language) == "người làm đồng ở nhà có hai phòng"


@pytest.mark.parametrize(
    ("typed", "restored"),
    [
        ("duong", "đường"),
        ("dương", "dương"),
        ("đường", "đường"),
        ("con đuong moi", "con đường mới"),
        ("con duòng moi", "con đường mới"),
        ("con dương moi", "con đường mới"),
        ("Duong", "Đường"),
    ],
)
def test_typed_marks_bind(typed: str, restored: str) -> None:
    language = Language(CorpusLanguage.count(["con đường mới", "con đường cũ", "đường về", "ông Dương về"]))
    assert restore_marks(typed, language) == restored


def test_neighbours_decide() -> None:
    language = Language(CorpusLanguage.count(["con đường mới", "ông Dương nói", "đường mới", "đường dài"]))
    assert restore_marks("ong duong noi", language) == "ông dương nói"
    assert restore_marks("con duong moi", language) == "con đường mới"


def test_words_put_in_do_not_hide_that_marks_were_left_out(five: Language) -> None:
    text = "chủ tịch ủy ban nhân dân tinh la ai"
    assert restore_marks(text, five, "ct ubnd tinh la ai") == "chủ tịch ủy ban nhân dân tỉnh là ai"


def test_nearly_every_syllable_of_the_documents_comes_back(five: Language) -> None:
    said = right = 0
    for document in read_folder(DEFAULT_DOCUMENTS).documents:
        for passage in split(document):
            meant = [canonical(word) for word in tokens(passage.text)]
            got = [canonical(word) for word in tokens(restore_marks(fold(passage.text), five))]
            said += len(meant)
            right += sum(a == b for a, b in zip(meant, got, strict=True))
    assert right / said > 0.98


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_only_marks_change(five: Language, text: str) -> None:
    restored = restore_marks(text, five)
    assert [fold(word) for word in tokens(restored)] == [fold(word) for word in tokens(text)]


@settings(max_examples=60)
@given(st.lists(st.sampled_from(["đường", "Hà", "Giang", "dan", "vận", "hoi", "nghị", "phường", "2020", "Dũng"])))
def test_names_and_marks_once_typed_are_only_added_to(five: Language, words: list[str]) -> None:
    for before, after in zip(words, restore_marks(" ".join(words), five).split(), strict=True):
        assert agrees(before, after) or not is_marked(before) or five.has(canonical(after))
        if before in ("đường", "vận", "nghị"):
            assert canonical(after) == canonical(before)


@pytest.mark.parametrize(
    ("typed", "word", "expected"),
    [("Ha", "hà", "Hà"), ("HA", "hà", "HÀ"), ("ha", "hà", "hà"), ("A", "à", "À"), ("TTg", "tếg", "Tếg")],
)
def test_recase(typed: str, word: str, expected: str) -> None:
    assert recase(typed, word) == expected


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hop o dau", "họp ở đâu"),
        ("may ho dong bao dan toc thieu so duoc giup do", "mấy hộ đồng bào dân tộc thiểu số được giúp đỡ"),
        ("moi hoi nghi phan bien cua mat tran co may nguoi du", "mỗi hội nghị phản biện của mặt trận có mấy người dự"),
    ],
)
def test_what_the_documents_say_too_seldom_is_known_of_the_language_at_large(
    five: Language, typed: str, meant: str
) -> None:
    assert restore_marks(typed, five) == meant


def test_shares_of_what_follows() -> None:
    dan, van = "dân", canonical("vận")
    assert follows(van, dan, START) > 0.1 > follows("vân", dan, START) >= 0
    assert follows(canonical("ủy"), canonical("Đảng"), "cac") > follows("uy", canonical("Đảng"), "cac")
    assert follows("xyz", dan, START) == 0
    assert 0 < follows("ai", START, START) < 1
    assert follows(canonical("khéo"), van, dan) > follows(canonical("khéo"), van, "xyz") > 0


def test_forms_that_vietnamese_uses() -> None:
    assert {canonical(word) for word in ("con", "còn")} < set(forms_used("con"))
    assert canonical("viêc") not in forms_used("viec")
    assert canonical("việc") == forms_used("viec")[0]
    assert forms_used("xyz") == forms_used("nghiengg") == ()
    assert is_used(canonical("lo"))
    assert not is_used(canonical("giữũ"))
    assert lacks_tone("viêc")
    assert lacks_tone("cac")
    assert not lacks_tone("việc")
    assert not lacks_tone("con")


@pytest.mark.parametrize(
    "typed",
    [
        "quyền làm chủ của bà con được nới ra không",  # the documents have "còn" alone
        "mệnh lệnh cũ nào được lôi ra làm tiếp",
        "mỗi nơi ai phải gánh phần nặng nhất",
        "bài cũ nhất trong kho là bài nào",
        "sang 2020 người nhà nước có bị soi kỹ hơn không",
        "làm dở thì hậu quả ra sao",
        "quán phở nào ngon",
    ],
)
def test_words_that_vietnamese_uses_stay_in_a_question_with_marks(five: Language, typed: str) -> None:
    assert restore_marks(typed, five) == typed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("viêc quán triêt quan điẻm của đảng ơ cơ quan", "việc quán triệt quan điểm của đảng ở cơ quan"),
        ("nguoi chuyen lo van dong quan chung", "người chuyên lo vận động quần chúng"),
        ("quyen lam chu cua ba con", "quyền làm chủ của bà con"),
        ("vu hong bac chu tri hoi nghi nao", "vũ hồng bắc chủ trì hội nghị nào"),
    ],
)
def test_forms_of_vietnamese_at_large_are_restored(five: Language, typed: str, meant: str) -> None:
    assert restore_marks(typed, five).lower() == meant
