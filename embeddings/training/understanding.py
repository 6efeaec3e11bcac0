"""Questions of ours as the program reads them: a network sees abbreviations written out and marks restored."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from embeddings.index.corpus_language import CorpusLanguage
from embeddings.question.abbreviations import Abbreviations
from embeddings.question.language import Language
from embeddings.question.marks import restore_marks
from embeddings.training.training_texts import Text


class Readers:
    """Reads questions in the language of the texts of their family, which stand for an office's documents.

    Args:
        texts: all texts.
    """

    def __init__(self, texts: Sequence[Text]) -> None:
        families: defaultdict[str, list[Text]] = defaultdict(list)
        for text in texts:
            families[text.family].append(text)
        self._families = {family: _Family(members) for family, members in families.items()}

    def read(self, question: str, family: str) -> str:
        """The question as understood; one that holds neither abbreviations nor words without marks stays as it is."""
        return self._families[family].read(question)


class _Family:
    def __init__(self, texts: Sequence[Text]) -> None:
        self._texts = texts

    @cached_property
    def _language(self) -> tuple[Language, Abbreviations]:
        counted = CorpusLanguage.count(
            part for text in self._texts for part in (text.title, *(one.text for one in text.paragraphs))
        )
        language = Language(counted)
        return language, Abbreviations(counted, language)

    def read(self, question: str) -> str:
        language, abbreviations = self._language
        written_out, _ = abbreviations.expand(question)
        return restore_marks(written_out, language, question)
