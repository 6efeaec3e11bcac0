"""Published sets of questions, in the forms their authors gave them; they are named in README.md and not shipped."""

import gzip
import json
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from embeddings.training.training_texts import Asked, Paragraph, Span, Text

LANGUAGES = ("vi", "en", "ar", "de", "el", "es", "hi", "ro", "ru", "th", "tr", "zh")
_XQUAD_VALIDATION = 6
"""Of XQuAD's 36 published articles the last so many are kept for validation, in every language."""


@dataclass(frozen=True, slots=True)
class SquadFile:
    """A file in SQuAD's layout."""

    path: str
    language: str
    source: str
    validation: bool = False


SQUAD_FILES = (
    SquadFile("squad2_en/train.json.gz", "en", "squad2"),
    SquadFile("drcd_zh/dev.json.gz", "zh", "drcd"),
    SquadFile("drcd_zh/test.json.gz", "zh", "drcd"),
    SquadFile("iapp_th/train.json.gz", "th", "iapp"),
    SquadFile("heq_he/val.json.gz", "he", "heq"),
    SquadFile("heq_he/test.json.gz", "he", "heq"),
)


def read_public(folder: Path) -> Iterator[Text]:
    """Every set that lies in the folder, each in the sub-folder that README.md names."""
    xquad = folder / "xquad_dev_languages"
    near_misses = _xquad_near_misses(folder / "xquad_unanswerable" / "pairs.json.gz")
    for language in LANGUAGES:
        if (xquad / f"{language}.json").is_file():
            yield from _read_xquad(xquad / f"{language}.json", language, near_misses)
    for file in SQUAD_FILES:
        if (folder / file.path).is_file():
            yield from _read_squad(_load(folder / file.path)["data"], file)
    for part in ("train", "validation"):
        path = folder / "idk_mrc" / f"{part}.json.gz"
        if path.is_file():
            yield from _read_idk_mrc(_load(path), part)


def read_law_headings(folder: Path) -> Iterator[tuple[str, str]]:
    """(heading, text) of articles of law: a heading is a question for its article."""
    path = folder / "laws_vn" / "articles.jsonl.gz"
    if not path.is_file():
        return
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            heading, _, text = unicodedata.normalize("NFC", article["text"]).partition("\n\n")
            if text.strip() and len(heading) < 200:  # noqa: PLR2004 - what is longer is no heading
                yield f"{heading.strip()} ({article['law']})", " ".join(text.split())


def _load(path: Path) -> Any:
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8") as file:
            return json.load(file)
    return json.loads(path.read_text("utf-8"))


def _read_xquad(path: Path, language: str, near_misses: dict[tuple[int, int], list[dict[str, Any]]]) -> Iterator[Text]:
    articles = _load(path)["data"]
    for number, article in enumerate(articles):
        paragraphs = []
        for place, paragraph in enumerate(article["paragraphs"]):
            asked = _asked_of(paragraph["context"], paragraph["qas"])
            for question in near_misses.get((number, place), ()):
                if language in ("en", "vi") and question.get(language):
                    asked.append(Asked(question[language], "subject"))
            paragraphs.append(Paragraph(paragraph["context"], tuple(asked)))
        title = article.get("title", "").replace("_", " ")
        kept = number >= len(articles) - _XQUAD_VALIDATION
        yield Text(f"xquad-{number}", language, title, tuple(paragraphs), kept, "xquad")


def _read_squad(articles: Iterable[dict[str, Any]], file: SquadFile) -> Iterator[Text]:
    for number, article in enumerate(articles):
        paragraphs = tuple(
            Paragraph(paragraph["context"], tuple(_asked_of(paragraph["context"], paragraph["qas"])))
            for paragraph in article["paragraphs"]
        )
        title = str(article.get("title", "")).replace("_", " ")
        yield Text(f"{file.source}-{number}", file.language, title, paragraphs, file.validation, file.source)


def _read_idk_mrc(items: Iterable[dict[str, Any]], part: str) -> Iterator[Text]:
    for number, item in enumerate(items):
        paragraph = Paragraph(item["context"], tuple(_asked_of(item["context"], item["qas"])))
        yield Text(f"idk-mrc-{part}-{number}", "id", "", (paragraph,), part == "validation", "idk-mrc")


def _xquad_near_misses(path: Path) -> dict[tuple[int, int], list[dict[str, Any]]]:
    if not path.is_file():
        return {}
    return {(entry["article"], entry["paragraph"]): entry["questions"] for entry in _load(path)}


def _asked_of(context: str, items: Iterable[dict[str, Any]]) -> list[Asked]:
    asked = []
    for item in items:
        answers = [] if item.get("is_impossible") else item.get("answers") or []
        if isinstance(answers, dict):
            answers = [{"text": t, "answer_start": s} for t, s in zip(*answers.values(), strict=True)]
        if answers:
            span = _span(context, answers[0])
            if span:
                asked.append(Asked(item["question"], "span", (span,)))
            continue
        plausible = item.get("plausible_answers") or []
        asked.append(Asked(item["question"], "subject", (), None, _span(context, plausible[0]) if plausible else None))
    return asked


def _span(context: str, answer: dict[str, Any]) -> Span | None:
    """Where the answer stands; None if its offset does not hold and its words do not stand exactly once."""
    start, words = int(answer.get("answer_start", -1)), str(answer["text"])
    if not words.strip():
        return None
    if context[start : start + len(words)] != words:
        if context.count(words) != 1:
            return None
        start = context.index(words)
    return start, start + len(words)
