"""Lines that look like furniture and are not, or the other way round, one rule at a time."""

from corpus.readers.plain_text import read_text

LEAD = "Sáng 9/1, Đảng ủy xã Nà Tấu tổ chức hội nghị về đổi mới cách tiếp công dân tại cơ sở."
MORE = "Hội nghị thống nhất giao Văn phòng Đảng ủy theo dõi và báo cáo kết quả hằng quý."
TITLE = "Xã Nà Tấu đổi mới cách tiếp dân"


def page(*lines: str) -> list[str]:
    return list(read_text("\n".join(("Trang chủ > Tin tức", TITLE, "05:58 | 10/01/2020", *lines)).encode()).paragraphs)


def test_four_lines_of_verse_below_the_lead_stay() -> None:
    verse = [
        "Đường lên bản dốc quanh co",
        "Chị mang câu chuyện ấm no đến nhà",
        "Nói cùng ông, chuyện cùng bà",
        "Hiến thêm mét đất để mà rộng sân",
    ]
    assert page(LEAD, *verse, MORE) == [LEAD, *verse, MORE]


def test_captions_of_a_slide_show_stay() -> None:
    captions = [
        "Quang cảnh hội nghị tại hội trường xã",
        "Đồng chí Lò Văn Sơn phát biểu tại hội nghị",
        "Các đại biểu thảo luận về cách tiếp công dân",
    ]
    assert page(LEAD, *captions, MORE) == [LEAD, *captions, MORE]


def test_rows_of_numbers_are_a_table_and_lone_ones_picture_counters() -> None:
    assert page(LEAD, "1 61", "2 56", MORE) == [LEAD, "1 61", "2 56", MORE]
    assert page(LEAD, "1 61", MORE, "2 56", MORE + " Nay.") == [LEAD, MORE, MORE + " Nay."]


def test_subheadings_named_like_menus_stay() -> None:
    assert page(LEAD, "Y tế", MORE, "Giáo dục", MORE + " Nay.") == [LEAD, "Y tế", MORE, "Giáo dục", MORE + " Nay."]


def test_a_repeated_caption_is_kept_once() -> None:
    caption = "Đồng chí Lò Văn Sơn phát biểu tại hội nghị"
    assert page(LEAD, caption, caption, MORE) == [LEAD, caption, MORE]


def test_a_list_of_names_at_the_end_is_no_signature() -> None:
    names = ["Lò Văn Sơn", "Quàng Thị Inh", "Vừ A Sủa"]
    assert page(LEAD, MORE, *names) == [LEAD, MORE, *names]


def test_teasers_below_the_signature_are_dropped() -> None:
    assert page(
        LEAD, MORE, "Minh Thúy", "Tin khác", "Chuyện ở Mường Pồn", LEAD + " Nay.", "Già làng giữ rừng", MORE + " Nay."
    ) == [LEAD, MORE]


def test_an_article_goes_on_below_a_box_of_links() -> None:
    box = ["Tin liên quan", "Mường Pồn ra mắt tổ hòa giải lưu động", "Thanh Nưa đối thoại với thanh niên"]
    assert page(LEAD, *box, MORE, "Minh Thúy", "Lượt truy cập: 5") == [LEAD, MORE]


def test_a_plain_text_comes_through_complete() -> None:
    lines = [TITLE, LEAD, "Liên hệ", MORE, "Lò Văn Sơn"]
    read = read_text("\n\n".join(lines).encode())
    assert [read.title, *read.paragraphs] == lines
    assert read.dropped == ()
