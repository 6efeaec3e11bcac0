"""The translation model that is learned from questions and their answers."""

from embeddings.syllables import canonical
from embeddings.training.training_texts import parse_texts
from embeddings.training.translations import answered, learn

RAW = """# Họp thôn
family: hop-xa
genre: news
date: 5/3/2019
P: Sáng nay thôn họp. Ông Tư chủ trì. Bà Năm ghi biên bản.
+ office | ai cầm trịch || Ông Tư
+ office.bare | ai cam trich || Ông Tư
+ span.en | who chaired || Ông Tư
+ office.follow | ai họp >> còn ai nữa || Bà Năm
- person | bà Năm nói gì || Bà Năm
"""


def test_questions_stand_beside_the_sentences_that_answer_them() -> None:
    pairs = list(answered(list(parse_texts(RAW))))
    assert [family for family, _, _ in pairs] == ["hop-xa", "hop-xa"], "neither English, follow-ups nor near misses"
    assert all(canonical("trì") in told and "biên" not in told for _, _, told in pairs)
    assert {canonical("trịch"), canonical("cầm")} <= pairs[0][1]
    assert "ai" in pairs[1][1]


def test_words_that_stand_for_others_are_found_among_many_families() -> None:
    others = [("đỏ", "son"), ("xanh", "biếc"), ("vàng", "hoe"), ("trắng", "muốt")]
    pairs = [
        (f"nhà {number}", {"ai", asked}, {"rồi", told, f"tên{number}"})
        for number in range(12)
        for asked, told in [("cầm", "chủ"), others[number % 4]]
    ]
    found = learn(pairs)
    assert found["cầm"][0][0] == "chủ"
    assert found["cầm"][0][1] > 0.5
    assert "rồi" not in dict(found["cầm"]), "what every answer has tells nothing"
    assert not any(other.startswith("tên") for one in found.values() for other, _ in one), "a name is of one family"
    assert learn([("a", {"ai"}, {"họ"})]) == learn([]) == {}
