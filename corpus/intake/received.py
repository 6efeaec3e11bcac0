"""What an address sent: bytes, what the server said of them, and the document they are."""

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from corpus.errors import FetchError, UnreadableError
from corpus.intake.sniffing import kind_of


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave with a page, to be told when it is asked again whether that has changed.

    Attributes:
        etag, last_modified: the headers of these names, None where it sent none.
    """

    etag: str | None = None
    last_modified: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        """The headers that ask for the page only if it has changed."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True, slots=True)
class Received:
    """What an address sent, whatever it is.

    Attributes:
        asked: the address as it was given.
        address: the one that answered, after redirects.
        raw: the bytes, unpacked if the server packed them.
        content_type: what the server calls them.
        validators: to ask again with.
        moved: whether the server says that the page stands at `address` for good.
    """

    asked: str
    address: str
    raw: bytes
    content_type: str
    validators: Validators = Validators()
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address sent.

    Attributes:
        asked: the address as it was given.
        address: the one that answered, after redirects.
        suffix: the ending that suits the content: .html, .pdf, .docx, .txt, .md.
        raw: the bytes, unpacked if the server packed them.
        warnings: what is odd about it, one sentence each.
    """

    asked: str
    address: str
    suffix: str
    raw: bytes
    warnings: tuple[str, ...] = ()


def as_document(received: Received) -> Fetched:
    """What was received as a document of its kind.

    Raises:
        FetchError: if it is none.
    """
    path = unquote(urlsplit(received.address).path)
    try:
        suffix = kind_of(received.raw, received.content_type, path)
    except UnreadableError as error:
        raise FetchError(str(error)) from error
    if suffix == ".zip":
        raise FetchError("it is an archive; save it and add the file")
    promised = re.search(r"\.(pdf|docx)$", path, re.IGNORECASE)
    warnings: tuple[str, ...] = ()
    if promised and f".{promised[1].lower()}" != suffix:
        warnings = (f"The address ends in {promised[0]}, but what came is {suffix}.",)
    return Fetched(received.asked, received.address, suffix, received.raw, warnings)
