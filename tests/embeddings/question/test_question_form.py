"""What form of answer a question asks for."""

import pytest

from embeddings.question.question_form import Form, read_form


@pytest.mark.parametrize(
    ("question", "form"),
    [
        ("công tác dân vận", Form.OVERVIEW),
        ("tóm tắt bài Năm dân vận 2014", Form.OVERVIEW),
        ("có tài liệu nào về cán bộ trẻ không?", Form.DOCUMENTS),
        ("có phải năm 2020 là năm dân vận khéo không?", Form.YES_NO),
        ("co phai nam 2020 la nam dan van kheo khong", Form.YES_NO),
        ("hội nghị có những ai tham dự?", Form.LIST),
        ("vì sao phải đẩy mạnh công tác dân vận?", Form.SENTENCE),
        ("hội nghị họp ngày nào?", Form.SPAN),
        ("lễ phát động tổ chức ngày 25/2 à?", Form.YES_NO),
        ("họp ngày nào hả", Form.SPAN),
        ("suất ăn ở nhà máy được nâng lên 20.000 đồng à?", Form.YES_NO),
        ("hai khâu đột phá của Năm dân vận 2014", Form.LIST),
        ("Năm dân vận 2014", Form.OVERVIEW),
        ("các loại vé tàu là gì", Form.LIST),
        ("nhung mon an cua le hoi la gi", Form.LIST),
        ("vé tàu là gì", Form.SENTENCE),
        ("liệt kê 2 khâu đột phá năm 2014", Form.LIST),
        ("nêu hai khâu đột phá", Form.LIST),
        ("nếu các hộ không dời nhà thì sao", Form.SENTENCE),
        ("nói nhanh nội dung bài gặp mặt báo chí", Form.OVERVIEW),
        ("sao ban dan van bat bao cao dung 16 gio moi ngay", Form.SENTENCE),
        ("Sao chụp hồ sơ có mất phí không?", Form.YES_NO),
        ("người xin thông tin đòi gửi theo kiểu nào thì cơ quan xử lý ra sao", Form.SENTENCE),
    ],
)
def test_forms(question: str, form: Form) -> None:
    assert read_form(question).form is form


def test_what_else_a_question_says() -> None:
    assert read_form("hai khâu đột phá là gì").count == 2
    assert read_form("dân vận là gì?").subject == "dan van"
    assert read_form("có mấy xã tham gia").counts
    assert not read_form("có mấy xã tham gia").named_too
    assert read_form("tổ được xếp mấy mức, là mức nào").named_too
    assert read_form("hội nghị chốt lại mấy việc gì").named_too
    assert read_form("tài liệu mới nhất về dân vận").newest
    assert read_form("có mấy loại vé tháng cho học sinh trung học, đó là những loại nào").named_too


def test_a_subject_that_begins_with_a_number_wants_as_many_things() -> None:
    long = read_form("3 việc trọng tâm trong quý II năm 2031 của xã Hòa Bình")
    assert (long.form, long.count) == (Form.LIST, 3)
    assert read_form("việc trọng tâm trong quý II năm 2031 của xã Hòa Bình").form is not Form.LIST


def test_a_claim_is_one_by_what_was_typed_behind_it() -> None:
    question = "buổi phát động tổ chức ngày 25/2"
    assert read_form(question, f"{question} à").form is Form.YES_NO


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("chi hoi nghe nghiep la gi", "chi hoi nghe nghiep"),
        ("hoi dong nhan dan la gi", "hoi dong nhan dan"),
        ("chị hỏi chút dân vận khéo là gì", "dan van kheo"),
    ],
)
def test_a_body_is_no_courtesy(question: str, subject: str) -> None:
    assert read_form(question).subject == subject
