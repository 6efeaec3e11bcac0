"""The tree of errors that users may see, each message one sentence that says what to do next.

DanvanError
├── CorpusError            a document, a file or the library cannot be used
│   ├── UnreadableError    one file cannot be understood (empty, binary, wrong encoding)
│   └── FetchError         an address cannot, or must not, be fetched
├── IndexingError          a generation cannot be built, found or trusted
│   ├── MissingIndexError  nothing has been published yet
│   ├── DamagedIndexError  files are missing, truncated or changed
│   ├── ForeignIndexError  built with another model or by another format of this program
│   └── UnreachableIndexError  the database that holds the index does not answer
├── ModelError             the encoder cannot be loaded
├── SettingsError          a setting is unknown or has an impossible value
└── GoldError              a gold set cannot be used
"""


class DanvanError(Exception):
    """Root of everything this program raises on purpose; its text may be shown to a person."""


class CorpusError(DanvanError):
    """A document, a file or the library cannot be used."""


class UnreadableError(CorpusError):
    """One file cannot be understood: it is empty, binary or in an unknown encoding."""


class FetchError(CorpusError):
    """An address cannot be fetched, leads where it must not, or sends no document.

    Attributes:
        status: what the server answered (404), None where it answered nothing of the kind.
    """

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


class IndexingError(DanvanError):
    """A generation cannot be built, found or trusted."""


class MissingIndexError(IndexingError):
    """No generation has been published in this data folder yet."""


class DamagedIndexError(IndexingError):
    """Files of a generation are missing, truncated or changed."""


class ForeignIndexError(IndexingError):
    """A generation was built with another model or by another format of this program."""


class UnreachableIndexError(IndexingError):
    """The database that holds the index does not answer at the moment."""


class ModelError(DanvanError):
    """The encoder cannot be loaded."""


class SettingsError(DanvanError):
    """A setting is unknown or has an impossible value."""


class GoldError(DanvanError):
    """A gold set cannot be used."""
