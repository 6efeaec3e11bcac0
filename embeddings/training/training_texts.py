"""Where questions with marked answers come from: XQuAD's articles and the texts written for this project."""

import json
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TEXTS = Path(__file__).parent / "texts"
VALIDATION_ARTICLES = 6
"""Of XQuAD: the last of the 36, in every language."""
_VALIDATION_SHARE = 5
"""One family of ours in so many is kept for validation."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question over a paragraph.

    Attributes:
        answer: the words that answer and where they start; None if the paragraph does not answer.
        sort: for a question without answer what makes it a near miss: year, name, place, number, role, subject,
            neighbour; "" for an answered one.
    """

    question: str
    answer: tuple[int, str] | None
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph and what is asked of it."""

    text: str
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """Paragraphs under one headline.

    Attributes:
        family: what must not be divided between training and validation.
        language: ISO 639-1.
    """

    family: str
    language: str
    title: str
    paragraphs: tuple[Paragraph, ...]
    validation: bool


def read_xquad(folder: Path, languages: list[str]) -> Iterator[Text]:
    """The articles of XQuAD in SQuAD's layout, one file a language."""
    for language in languages:
        articles = json.loads((folder / f"{language}.json").read_text("utf-8"))["data"]
        for number, article in enumerate(articles):
            title = article.get("title", "").replace("_", " ")
            paragraphs = tuple(_squad_paragraph(paragraph) for paragraph in article["paragraphs"])
            kept = number >= len(articles) - VALIDATION_ARTICLES
            yield Text(f"xquad-{number}", language, title, paragraphs, kept)


def read_texts(folder: Path = TEXTS) -> Iterator[Text]:
    """The texts written for this project; their layout is told in the folder's README."""
    for path in sorted(folder.rglob("*.txt")):
        yield from parse_texts(path.read_text("utf-8"))


def parse_texts(raw: str) -> Iterator[Text]:
    """Texts of one file.

    Raises:
        ValueError: naming the line, if one cannot be read or an answer does not stand in its paragraph.
    """
    title = family = ""
    paragraphs: list[tuple[str, list[Asked]]] = []
    for line in [*unicodedata.normalize("NFC", raw).splitlines(), "# "]:
        mark, _, rest = line.partition(" ")
        rest = rest.strip()
        if mark == "#":
            if paragraphs:
                validation = zlib.crc32(family.encode()) % _VALIDATION_SHARE == 0
                yield Text(family, "vi", title, tuple(Paragraph(t, tuple(a)) for t, a in paragraphs), validation)
            title, family, paragraphs = rest, rest, []
        elif mark == "family:":
            family = rest
        elif mark == "P:":
            paragraphs.append((rest, []))
        elif mark in ("+", "-") and paragraphs:
            paragraphs[-1][1].append(_asked(mark, rest, paragraphs[-1][0]))
        elif line.strip():
            raise ValueError(f"this line cannot be read: {line[:80]!r}")


def is_own(text: Text) -> bool:
    """Whether it was written for this project."""
    return not text.family.startswith("xquad-")


def _squad_paragraph(paragraph: dict[str, object]) -> Paragraph:
    context = str(paragraph["context"])
    asked = []
    for item in paragraph["qas"]:  # type: ignore[attr-defined]
        answer = item["answers"][0]
        start, words = int(answer["answer_start"]), str(answer["text"])
        if context[start : start + len(words)] == words:
            asked.append(Asked(str(item["question"]), (start, words)))
    return Paragraph(context, tuple(asked))


def _asked(mark: str, rest: str, paragraph: str) -> Asked:
    fields = [field.strip() for field in rest.split("||")]
    if mark == "-":
        sort, question = fields
        return Asked(question, None, sort)
    question, words = fields[:2]
    around = fields[2] if len(fields) > 2 else words  # noqa: PLR2004 - question, answer, surroundings
    if paragraph.count(around) != 1 or around.count(words) != 1:
        raise ValueError(f"the answer {words[:60]!r} must stand exactly once in its paragraph or its surroundings")
    return Asked(question, (paragraph.index(around) + around.index(words), words))
