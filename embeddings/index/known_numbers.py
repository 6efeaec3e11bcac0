"""The numbers of documents that a corpus knows: its own documents' and those they mention, as they are written."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.models import Document
from corpus.official.document_numbers import DocumentNumber, find_numbers, kind_name, written_numbers
from corpus.official.record import own_number

_FILE = "document_numbers.json"


@dataclass(frozen=True, slots=True)
class KnownNumber:
    """A document's number.

    Attributes:
        number: read.
        written: how it is most often written, with the kind in front of it where that is known.
        document_ids: documents of the corpus whose own number it is.
        count: how often the corpus has it.
    """

    number: DocumentNumber
    written: str
    document_ids: tuple[str, ...] = ()
    count: int = 0

    @property
    def code(self) -> str:
        """The number as it is written, without its kind."""
        return _code(self.written)


class KnownNumbers:
    """Looks numbers up by how people write them."""

    def __init__(self, numbers: Iterable[KnownNumber]) -> None:
        self._of_serial: dict[int, list[KnownNumber]] = {}
        for known in numbers:
            self._of_serial.setdefault(known.number.number, []).append(known)

    @classmethod
    def build(cls, documents: Sequence[Document]) -> "KnownNumbers":
        """Read them out of the documents."""
        owners: dict[str, tuple[DocumentNumber, list[str]]] = {}
        for document in documents:
            own = own_number(document.official)
            if own is not None and own.is_whole:
                owners.setdefault(own.key, (own, []))[1].append(document.id)
        return cls._counted(owners, (f"{document.title}\n{document.text}" for document in documents))

    def only(self, documents: Collection[str], texts: Iterable[str]) -> "KnownNumbers":
        """The same of some documents alone.

        Args:
            documents: their ids.
            texts: their titles and passages, in which numbers are counted anew.
        """
        mine = (
            (known.number, [identity for identity in known.document_ids if identity in documents])
            for group in self._of_serial.values()
            for known in group
        )
        return KnownNumbers._counted({number.key: (number, ids) for number, ids in mine if ids}, texts)

    @classmethod
    def _counted(cls, owners: Mapping[str, tuple[DocumentNumber, list[str]]], texts: Iterable[str]) -> "KnownNumbers":
        found = {key: number for key, (number, _) in owners.items()}
        spellings = {key: Counter([_code(number.written)]) for key, number in found.items()}
        for text in texts:
            for number in written_numbers(text):
                found.setdefault(number.key, number)
                spellings.setdefault(number.key, Counter())[_code(number.written)] += 1
        return cls(
            KnownNumber(
                number,
                _spelled(number, spellings[key].most_common(1)[0][0]),
                tuple(owners[key][1]) if key in owners else (),
                spellings[key].total(),
            )
            for key, number in found.items()
        )

    def fitting(self, number: DocumentNumber) -> list[KnownNumber]:
        """The numbers that somebody may mean; those of documents in the corpus before those that are mentioned only."""
        fits = [known for known in self._of_serial.get(number.number, ()) if known.number.fits(number)]
        own = [known for known in fits if known.document_ids]
        return own or fits

    def save(self, folder: Path) -> None:
        """Write `document_numbers.json` into a folder."""
        listed = [
            {"written": known.written, "document_ids": known.document_ids, "count": known.count}
            for group in self._of_serial.values()
            for known in group
        ]
        (folder / _FILE).write_text(json.dumps({"numbers": listed}, ensure_ascii=False), "utf-8")

    @classmethod
    def load(cls, folder: Path) -> "KnownNumbers":
        """Read what `save` wrote; nothing where an earlier version of this program has built the index.

        Raises:
            ValueError, KeyError, TypeError: if the file is not what `save` writes.
        """
        try:
            listed = json.loads((folder / _FILE).read_text("utf-8"))["numbers"]
        except FileNotFoundError:
            return cls(())
        return cls(
            KnownNumber(number, each["written"], tuple(each["document_ids"]), int(each["count"]))
            for each in listed
            for number in find_numbers(each["written"])[:1]
        )


def _code(written: str) -> str:
    return written[next(place for place, character in enumerate(written) if character.isdigit()) :]


def _spelled(number: DocumentNumber, code: str) -> str:
    kind = kind_name(number.kind)
    return f"{kind} số {code}" if kind else code
