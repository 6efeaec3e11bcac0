"""Small talk told from questions, whatever the channel."""

import pytest

from bot.small_talk import Remark, SmallTalk, remark, small_talk


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("chào", SmallTalk.GREETING),
        ("Xin chào bạn!", SmallTalk.GREETING),
        ("hello bot", SmallTalk.GREETING),
        ("Chào buổi sáng ạ", SmallTalk.GREETING),
        ("cảm ơn", SmallTalk.THANKS),
        ("Cám ơn anh rất nhiều ạ", SmallTalk.THANKS),
        ("thanks", SmallTalk.THANKS),
        ("tạm biệt nhé", SmallTalk.FAREWELL),
        ("bạn là ai", SmallTalk.IDENTITY),
        ("bạn làm được gì?", SmallTalk.HELP),
        ("em giúp được gì?", SmallTalk.HELP),
        ("em giúp được gì cho anh?", SmallTalk.HELP),
        ("hướng dẫn sử dụng", SmallTalk.HELP),
        ("ngu thế", SmallTalk.ANGER),
        ("đồ vô dụng", SmallTalk.ANGER),
        ("vâng", SmallTalk.ACKNOWLEDGEMENT),
        ("ok", SmallTalk.ACKNOWLEDGEMENT),
        ("e oi", SmallTalk.GREETING),
        ("alo e ơi", SmallTalk.GREETING),
        ("tks e", SmallTalk.THANKS),
        ("oke e cảm ơn nhé", SmallTalk.THANKS),
        ("hay quá, cảm ơn em nhiều", SmallTalk.THANKS),
        ("chào em, em giúp được gì", SmallTalk.HELP),
        ("vâng, chào em nhé", SmallTalk.GREETING),
        ("ok r", SmallTalk.ACKNOWLEDGEMENT),
        ("e giup dc j", SmallTalk.HELP),
        ("sao lâu thế", SmallTalk.ANGER),
    ],
)
def test_small_talk_is_recognised_with_and_without_marks(said: str, kind: SmallTalk) -> None:
    assert small_talk(said) is kind


@pytest.mark.parametrize(
    "question",
    [
        "",
        "🙂",
        "sai phạm là gì",
        "đúng không?",
        "tóm tắt nghị quyết 25",
        "hướng dẫn số 7",
        "không",
        "ai phát biểu?",
        "chào mừng ngày gì?",
        "cảm ơn ai trong thư?",
        "ai là trưởng ban",
        "có mấy khâu đột phá?",
        "còn năm 2019?",
        "ở đâu",
        "khi nào",
        "bạn đọc là ai",
        "anh",
        "hội nghị nào",
        "chào cờ lúc mấy giờ",
        "cảm ơn và chào mừng ai",
        "ok là gì",
        "đã được chưa",
        "k có ai",
        "tìm lại được bao nhiêu",
        "cảm ơn em, hội nghị họp ở đâu",
    ],
)
def test_a_question_is_never_taken_for_small_talk(question: str) -> None:
    assert small_talk(question) is None
    assert remark(question) is None


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("nói rõ hơn", Remark.MORE),
        ("Nói rõ hơn đi em", Remark.MORE),
        ("chi tiết hơn được không?", Remark.MORE),
        ("chưa rõ lắm", Remark.MORE),
        ("tóm tắt bài này", Remark.SUMMARY),
        ("tóm tắt giúp tôi bài này", Remark.SUMMARY),
        ("bài này nói về gì?", Remark.SUMMARY),
        ("còn đoạn nào khác không?", Remark.OTHER),
        ("trả lời sai rồi", Remark.WRONG),
        ("sai rồi em ơi", Remark.WRONG),
        ("sai r", Remark.WRONG),
        ("e tl sai r", Remark.WRONG),
        ("sai rồi, tìm lại đi em", Remark.WRONG),
        ("noi ro hon di e", Remark.MORE),
        ("nói rõ hơn đc k", Remark.MORE),
        ("tìm lại đi", Remark.OTHER),
        ("không đúng rồi", Remark.WRONG),
        ("👎", Remark.WRONG),
        ("👍", Remark.GOOD),
        ("👍🏻👍🏻", Remark.GOOD),
        ("❤️", Remark.GOOD),
        ("đúng rồi", Remark.GOOD),
        ("hay quá", Remark.GOOD),
    ],
)
def test_remarks_on_the_answer_before_are_recognised(said: str, kind: Remark) -> None:
    assert remark(said) is kind
    assert small_talk(said) is None
