"""How far proposed words are believed: by what a reader judged of them, not by their passage alone."""

from dataclasses import replace

import pytest

from bot.answering.answerer import Answerer
from bot.answering.believing import WordsModel, believed, read_model, words_features
from bot.answering.drafting import judged
from bot.answering.drafts import Asked, Draft, Piece
from bot.answering.links import Links
from bot.answers import AnswerKind, Status
from corpus.models import Document
from embeddings import Retriever
from embeddings.index.building import build
from embeddings.index.publishing import publish
from embeddings.question.question import Question
from embeddings.reading.readings import Reading, Span, TaggedToken
from tests.embeddings.fakes import WordEncoder

TEXT = "Sáng 20/12/2019, huyện họp tại nhà văn hóa. Có 706 tổ dân vận dự họp."


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    folder = tmp_path_factory.mktemp("believing")
    pages = [Document("a", "Huyện họp", "2019-12-20", None, None, None, TEXT, "a" * 64)]
    publish(folder, build(folder, pages, WordEncoder()))
    answerer = Answerer(Retriever.open(folder, encoder=WordEncoder()), Links())
    return answerer.ask(Question("có bao nhiêu tổ dân vận dự họp?"))


def proposed(asked: Asked, words: str, *, read: bool = True) -> Draft:
    """Words of the text as an answer, which a reader that sees only `706` has read."""
    start, number = TEXT.index(words), TEXT.index("706")
    places = [(place, place + 3) for place in range(0, len(TEXT) - 3, 3)]
    tags = tuple(TaggedToken(a, b, -5.0, 2.0 if a < number + 3 and number < b else -5.0) for a, b in places)
    reading = Reading((Span(number, number + 3, 6.0),), 3.0, tags)
    hit = replace(asked.search.hits[0], reading=reading if read else None)
    return Draft(
        AnswerKind.SPAN, Status.ANSWERED, asked.confidence, (Piece(hit, start, start + len(words)),), asked.search.hits
    )


def test_words_of_the_wrong_shape_that_a_reader_left_out_are_told_from_others(asked: Asked) -> None:
    right, wrong = (words_features(asked, proposed(asked, words)) for words in ("706", "nhà văn hóa"))
    assert right is not None
    assert wrong is not None
    assert (right["fits"], right["best words"], right["left out"]) == (1.0, 1.0, 0.0)
    assert (wrong["does not fit"], wrong["best words"]) == (1.0, 0.0)
    assert wrong["left out"] > 0


def test_the_right_words_are_believed_more(asked: Asked) -> None:
    right, wrong = (believed(asked, proposed(asked, words)) for words in ("706", "nhà văn hóa"))
    assert right is not None
    assert wrong is not None
    assert right > wrong


def test_nothing_is_said_of_words_that_nobody_read(asked: Asked) -> None:
    assert believed(asked, proposed(asked, "706", read=False)) is None
    assert believed(asked, replace(proposed(asked, "706"), pieces=())) is None


def test_words_that_are_not_believed_are_not_shown(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    for sure, status, pieces in ((0.9, Status.ANSWERED, 1), (0.1, Status.RELATED, 0)):
        monkeypatch.setattr("bot.answering.drafting.believed", lambda *_, sure=sure: sure)
        draft = judged(replace(asked, status=Status.ANSWERED), proposed(asked, "706"))
        assert (draft.status, len(draft.pieces)) == (status, pieces)


def test_the_weights_are_a_sum() -> None:
    model = read_model({"reader": "a", "weights": {"bias": -1.0, "fits": 2.0}})
    assert isinstance(model, WordsModel)
    assert model.probability({"bias": 1.0, "fits": 0.5, "unknown": 9.0}) == pytest.approx(0.5)
