"""What is read out of the documents at indexing besides passages, vectors and words, and kept with a generation."""

import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.models import Document, Passage
from embeddings.index.corpus_language import CorpusLanguage
from embeddings.index.known_numbers import KnownNumbers
from embeddings.index.number_spellings import NumberSpellings
from embeddings.index.office_records import OfficeDirectory
from embeddings.index.structure import Structure


@dataclass(frozen=True, slots=True)
class Derived:
    """Numbered parts, spellings of numbers, offices, documents' numbers, the documents' language; see their classes."""

    structure: Structure
    spellings: NumberSpellings
    offices: OfficeDirectory
    document_numbers: KnownNumbers
    language: CorpusLanguage

    @classmethod
    def read_out(cls, documents: Sequence[Document], passages: Sequence[Passage]) -> "Derived":
        """Read everything out of documents and their passages, in the order of the index."""
        dates = {document.id: document.published for document in documents}
        texts = [*(one.title for one in documents), *(one.text for one in passages)]
        return cls(
            Structure.build(documents),
            NumberSpellings.count(texts),
            OfficeDirectory.read_out((one.document_id, one.text, dates[one.document_id]) for one in passages),
            KnownNumbers.build(documents),
            CorpusLanguage.count(texts),
        )

    def save(self, folder: Path) -> None:
        """Write it into a folder."""
        self.structure.save(folder)
        self.spellings.save(folder)
        self.offices.save(folder)
        self.document_numbers.save(folder)
        self.language.save(folder)

    @classmethod
    def load(cls, folder: Path) -> "Derived":
        """Read what `save` wrote.

        Raises:
            OSError, ValueError, KeyError, TypeError: if it does not read back.
        """
        return cls(
            Structure.load(folder),
            NumberSpellings.load(folder),
            OfficeDirectory.load(folder),
            KnownNumbers.load(folder),
            CorpusLanguage.load(folder),
        )

    def to_files(self) -> dict[str, bytes]:
        """The files that `save` writes, by name."""
        with tempfile.TemporaryDirectory(prefix="danvan-index-") as folder:
            self.save(Path(folder))
            return {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())}

    @classmethod
    def from_files(cls, files: Mapping[str, bytes]) -> "Derived":
        """What `to_files` gave.

        Raises:
            OSError, ValueError, KeyError, TypeError: if it does not read back.
        """
        with tempfile.TemporaryDirectory(prefix="danvan-index-") as folder:
            for name, content in files.items():
                (Path(folder) / Path(name).name).write_bytes(content)
            return cls.load(Path(folder))

    def only(self, documents: Collection[str], numbers: Sequence[int], texts: Sequence[str]) -> "Derived":
        """The same of some documents alone.

        Args:
            documents: their ids.
            numbers: of their passages, which are numbered anew in the order given.
            texts: their titles and passages, over which is counted anew.
        """
        units = {identity: units for identity, units in self.structure.units.items() if identity in documents}
        return Derived(
            Structure(units),
            NumberSpellings.count(texts),
            self.offices.only(numbers),
            self.document_numbers.only(documents, texts),
            CorpusLanguage.count(texts),
        )
