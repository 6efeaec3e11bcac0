"""The five articles the project starts with, held to what is printed on their pages."""

import pytest

from corpus.cleaning import clean
from corpus.folder.folder_contents import FolderContents
from corpus.folder.reading_folder import DEFAULT_DOCUMENTS
from corpus.models import Document
from corpus.splitting import split

TONG_KET = "tong-ket-nam-dan-van-chinh-quyen-2019"
KIEN_TRI = "can-bo-dan-van-kien-tri-2022"
CAN_BO_TRE = "can-bo-tre-dan-van-chinh-quyen-2019"
NAM_2014 = "nam-dan-van-2014"
TOA_DAM = "toa-dam-dan-van-co-quan-nha-nuoc-2017"

# id: title, published, author, publisher, number of paragraphs, how the first and the last begin
GOLDEN = {
    TONG_KET: (
        "Tổng kết công tác dân vận và đánh giá kết quả thực hiện “Năm dân vận chính quyền” 2019",
        "2020-01-10",
        "Minh Thúy",
        None,
        6,
        "Ngày 9/1, Ban Dân vận Trung ương phối hợp với Ban Cán sự Đảng Chính phủ",
        "Phát biểu chỉ đạo tại Hội nghị, Thủ tướng Chính phủ Nguyễn Xuân Phúc nhấn mạnh",
    ),
    KIEN_TRI: (
        "Cán bộ dân vận phải kiên trì, không nóng vội, không chủ quan, phải nhiệt tình và trách nhiệm",
        "2022-01-13",
        "Hoàng Minh",
        "thainguyen.gov.vn",
        4,
        "Các đại biểu tham dự tại điểm cầu tỉnh Thái Nguyên",
        "Báo cáo về công tác dân vận năm 2021 cho thấy",
    ),
    CAN_BO_TRE: (
        "Phát huy vai trò của cán bộ, công chức, viên chức trẻ với công tác dân vận chính quyền",
        "2019-10-14",
        "P.V",
        "mt.gov.vn",
        7,
        "Trong khuôn khổ lễ tuyên dương Giải thưởng",
        "Bí thư thường trực Trung ương Đoàn cho rằng, thời gian tới",
    ),
    NAM_2014: (
        "Tập trung thực hiện 2 khâu đột phá trong Năm dân vận 2014",
        None,
        None,
        "Báo điện tử Đảng Cộng sản",
        7,
        "(Mic.gov.vn) - Nhằm tiếp tục nâng cao nhận thức",
        "Các Đảng ủy trực thuộc cụ thể hóa và tổ chức thực hiện",
    ),
    TOA_DAM: (
        "Tọa đàm “Giải pháp nâng cao hiệu qủa công tác dân vận của cơ quan nhà nước”",
        "2020-10-18",
        "Trần Đức Thuận - Ban Tuyên giáo",
        None,
        17,
        "Chiều ngày 15/11/2017, Ban Thường vụ Đảng uỷ Khối các cơ quan tỉnh",
        "Buổi Tọa đàm đã góp phần nâng cao nhận thức của cấp ủy",
    ),
}
FURNITURE = {
    TONG_KET: ("RSS Youtube", "Hotline", "05:58", "tong ket cong tac dan van", "Minh Thúy"),
    KIEN_TRI: ("Truy cập nội dung", "13-01-2022", "Hoàng Minh", "thainguyen.gov.vn"),
    CAN_BO_TRE: ("GMT+7", "P.V", "Tìm theo ngày", "Di chuột", "Khách online", "Lượt truy cập"),
    NAM_2014: ("Nguồn:", "ĐÁNH GIÁ BÀI VIẾT"),
    TOA_DAM: (
        "18/10/2020",
        "Tác giả bài viết",
        "Tổng số điểm",
        "Click để",
        "Ý kiến bạn đọc",
        "Những tin",
        "54-TB/ĐUK",
        "TB mở",
        "22/09/2021",
        "17/09/2021",
        "Máy chủ tìm kiếm",
        "không sử dụng Site",
    ),
}


def find(five: FolderContents, identifier: str) -> Document:
    return next(document for document in five.documents if document.id == identifier)


def test_all_five_are_read_without_a_problem(five: FolderContents) -> None:
    assert [document.id for document in five.documents] == sorted(GOLDEN)
    assert five.problems == ()


@pytest.mark.parametrize("identifier", GOLDEN)
def test_what_is_printed(five: FolderContents, identifier: str) -> None:
    document = find(five, identifier)
    paragraphs = document.text.split("\n\n")
    title, published, author, publisher, count, first, last = GOLDEN[identifier]
    assert (document.title, document.published, document.author, document.publisher) == (
        title,
        published,
        author,
        publisher,
    )
    assert len(paragraphs) == count
    assert paragraphs[0].startswith(first)
    assert paragraphs[-1].startswith(last)


@pytest.mark.parametrize("identifier", FURNITURE)
def test_no_furniture_in_any_passage(five: FolderContents, identifier: str) -> None:
    passages = split(find(five, identifier))
    assert not [(word, passage.text) for passage in passages for word in FURNITURE[identifier] if word in passage.text]


@pytest.mark.parametrize("identifier", GOLDEN)
def test_every_paragraph_is_in_a_passage(five: FolderContents, identifier: str) -> None:
    """Every line of the raw page longer than 90 characters is article, but for the footers named above."""
    raw = clean((DEFAULT_DOCUMENTS / f"{identifier}.txt").read_text(encoding="utf-8"))
    together = " ".join(passage.text for passage in split(find(five, identifier)))
    for line in raw.split("\n"):
        if len(line) > 90 and not any(word in line for word in FURNITURE[identifier]) and line != GOLDEN[identifier][0]:
            assert line in together


def test_captions_that_alone_say_who_spoke_are_kept(five: FolderContents) -> None:
    texts = [passage.text for passage in split(find(five, TOA_DAM))]
    assert "Đồng chí Nguyễn Thị Lệ Hà, Phó Bí thư Đảng uỷ Khối báo cáo đề dẫn toạ đàm" in texts
    assert "Đồng chí Trần Thế Dũng, Tỉnh uỷ viên, Bí thư Đảng uỷ Khối kết luận Toạ đàm" in texts
    assert any(text.startswith("Toàn cảnh Hội nghị") for text in (p.text for p in split(find(five, TONG_KET))))


def test_the_known_address_comes_from_the_sources(five: FolderContents) -> None:
    assert (find(five, CAN_BO_TRE).url or "").startswith("http://mt.gov.vn/")
    assert find(five, TONG_KET).url is None
