"""Documents as pages show them: all of the text, passages numbered, quotes marked, pages and headings placed."""

from hypothesis import given
from hypothesis import strategies as st

from bot.web.pages.document_text import paragraphs
from corpus.models import Document
from corpus.splitting import split

LINES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=40)


def document(text: str, **more: object) -> Document:
    return Document("d", "Bài", None, None, None, None, text, "0" * 64, **more)  # type: ignore[arg-type]


@given(st.lists(LINES, max_size=12), st.data())
def test_every_word_is_shown_once_and_every_passage_numbered(lines: list[str], data: st.DataObject) -> None:
    text = "\n\n".join(line.strip() for line in lines if line.strip())
    passages = split(document(text))
    marks = {}
    if passages:
        one = data.draw(st.sampled_from(passages))
        start = data.draw(st.integers(0, len(one.text) - 1))
        marks = {one.id: [(start, data.draw(st.integers(start + 1, len(one.text))))]}
    shown = list(paragraphs(document(text), passages, marks))
    assert (
        "".join("".join(run.text for run in one.runs) for one in shown).split() == "".join(text.split("\n\n")).split()
    )
    assert [run.number for one in shown for run in one.runs if run.number] == [p.ordinal + 1 for p in passages]
    if passages:
        (start, end), text = marks[one.id][0], one.text
        marked = "".join(run.text for each in shown for run in each.runs if run.marked)
        assert "".join(marked.split()) == "".join(text[start:end].split())


def test_pages_headings_and_what_is_cited() -> None:
    text = "MỞ ĐẦU\n\nCâu một.\n\nCâu hai.\n\nCâu ba."
    whole = document(text, pages=((0, 1), (text.index("Câu hai"), 2)), headings=((0, "MỞ ĐẦU"),))
    passages = split(whole)
    shown = list(paragraphs(whole, passages, {passages[0].id: ()}))
    assert [one.page for one in shown] == [1, None, 2, None]
    assert [one.heading for one in shown] == [True, False, False, False]
    assert [one.cited for one in shown] == [True, True, False, False]  # a heading stands with what it announces
    assert all(run.marked for one in shown[:2] for run in one.runs)
