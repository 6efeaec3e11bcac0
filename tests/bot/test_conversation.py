"""Small talk told from questions, whatever the channel."""

import pytest

from bot.conversation import SmallTalk, small_talk


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
        ("bạn làm được gì?", SmallTalk.IDENTITY),
        ("vâng", SmallTalk.ACKNOWLEDGEMENT),
        ("ok", SmallTalk.ACKNOWLEDGEMENT),
    ],
)
def test_small_talk_is_recognised_with_and_without_marks(said: str, kind: SmallTalk) -> None:
    assert small_talk(said) is kind


@pytest.mark.parametrize(
    "question",
    [
        "",
        "🙂",
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
    ],
)
def test_a_question_is_never_taken_for_small_talk(question: str) -> None:
    assert small_talk(question) is None
