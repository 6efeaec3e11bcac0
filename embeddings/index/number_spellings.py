"""How the documents write each number and date, counted at indexing, so that questions can be put in their words."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from embeddings.quantities.quantities import quantities

FILE = "number_spellings.json"
_KEPT = 4
"""Ways of writing one number; rarer ones are hardly ever the documents' usual words."""


class NumberSpellings:
    """Key of a quantity (see `embeddings.quantities`) -> how the documents write it, the most usual first."""

    def __init__(self, spellings: Mapping[str, list[str]]) -> None:
        self._spellings = spellings

    @classmethod
    def count(cls, texts: Iterable[str]) -> "NumberSpellings":
        """Read them out of texts."""
        found: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for text in texts:
            for quantity in quantities(text):
                spelled = " ".join(text[quantity.start : quantity.end].split())
                for key in quantity.keys[: 2 if quantity.is_date else 1]:
                    found[key][spelled] += 1
        return cls({key: [word for word, _ in counts.most_common(_KEPT)] for key, counts in found.items()})

    def of(self, key: str) -> list[str]:
        """How a number is written, the most usual first; empty if no document has it."""
        return self._spellings.get(key, [])

    def save(self, folder: Path) -> None:
        """Write them into a folder."""
        (folder / FILE).write_text(json.dumps(self._spellings, ensure_ascii=False), "utf-8")

    @classmethod
    def load(cls, folder: Path) -> "NumberSpellings":
        """Read them from a folder.

        Raises:
            OSError, ValueError: if they do not read back.
        """
        spellings = json.loads((folder / FILE).read_text("utf-8"))
        if not isinstance(spellings, dict):
            raise ValueError(f"{FILE} holds no object")  # noqa: TRY004 - a damaged file, not a wrong call
        return cls(spellings)
