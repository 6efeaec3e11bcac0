"""Lists that no question can mean are not looked for, and no other answer comes of it."""

import pytest

from bot.answering.answerer import Answerer
from bot.answering.drafting import draft_for
from bot.answering.drafts import Asked
from bot.answering.forms import lists_meant
from bot.answering.links import Links
from bot.gold.gold_files import read_gold
from embeddings.question.question import Question
from embeddings.question.question_form import Form
from embeddings.retriever import Retriever
from tests.conftest import GOLD

UNREAD, READ = slice(None, None, 3), slice(None, None, 24)
"""Of the gold questions: every third without a reader, every twenty-fourth with it, which takes longer."""


@pytest.fixture(scope="module")
def asked(retriever: Retriever, real_answerer: Answerer) -> list[Asked]:
    questions = [Question(item.question, item.context) for item in read_gold(GOLD).items]
    unread = Answerer(retriever, Links())
    return [*map(unread.ask, questions[UNREAD]), *map(real_answerer.ask, questions[READ])]


def test_the_answers_are_the_same(asked: list[Asked], monkeypatch: pytest.MonkeyPatch) -> None:
    sparing = [draft_for(one) for one in asked]
    monkeypatch.setattr(lists_meant, "_may_be_meant", lambda _: True)
    assert [draft_for(one) for one in asked] == sparing


def test_many_are_spared(asked: list[Asked]) -> None:
    perhaps = [one for one in asked if 0.05 <= one.form.likelihood[Form.LIST] < 0.5]
    assert sum(not lists_meant._may_be_meant(one) for one in perhaps) > len(perhaps) / 3
