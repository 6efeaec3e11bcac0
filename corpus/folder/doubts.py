"""Which documents an admin should look at, and why."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from corpus.article.page import Page
from corpus.folder.duplicates import near_duplicates
from corpus.folder.folder_contents import FolderContents
from corpus.models import Document
from corpus.plausibility import judge

_SHORT = 300
"""Characters below which a document is likely to be a caption or a rest."""
_MUCH = 0.6
"""Share of a page's characters left out from which the article may have been taken for furniture."""
_LEAST_DROPPED = 500  # characters; less is never much
_OLDEST = "1945"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One reason to look at a document: a word for programs and a sentence for people."""

    kind: str
    sentence: str


def doubts(reading: FolderContents, today: date) -> dict[str, list[Doubt]]:
    """Why documents (by id) are doubtful, in the order they are read; those without a doubt are not named.

    Of lines of JSON only the text and the date are looked at: what they leave out was left out on purpose.
    """
    twins = _twins(reading.documents)
    found: dict[str, list[Doubt]] = {}
    for document in reading.documents:
        origin = reading.origins.get(document.id)
        known = origin.known if origin else {}
        own = [*doubts_of(document, origin.page if origin else None, known, today), *twins.get(document.id, ())]
        if own:
            found[document.id] = own
    return found


def doubts_of(document: Document, page: Page | None, known: Mapping[str, str], today: date) -> Iterator[Doubt]:
    """Why one document is doubtful, whatever others there are.

    Args:
        document: as it is understood.
        page: what its file says; None for a line of JSON.
        known: what is known of it beside its file.
        today: no document is dated later.
    """
    if document.published is not None and document.published > today.isoformat()[: len(document.published)]:
        yield Doubt("future", f"Its date {document.published} is still to come.")
    elif document.published is not None and document.published < _OLDEST:
        yield Doubt("old", f"Its date {document.published} is before {_OLDEST}.")
    if page is None:
        verdict = judge(document.text)
        said = (*((f"It should not be used: {verdict.refusal}.",) if verdict.refusal else ()), *verdict.doubts)
        yield from (Doubt("warning", sentence) for sentence in said)
        return
    if document.published is None:
        yield Doubt("no_date", "No date of publication was found.")
    if not page.title and "title" not in known:
        yield Doubt("no_title", "It has no title of its own: its beginning stands in for one.")
    if len(document.text) < _SHORT:
        yield Doubt("short", f"It is very short: {len(document.text)} characters.")
    yield from _much_dropped(page)
    yield from (Doubt("unread", part.sentence) for part in page.unread)
    yield from (Doubt("warning", sentence) for sentence in page.warnings)


def _much_dropped(page: Page) -> Iterator[Doubt]:
    left_out = sum(len(line.text) for line in page.dropped)
    share = left_out / (left_out + len(page.text) or 1)
    if left_out >= _LEAST_DROPPED and share >= _MUCH:
        sentence = f"{share:.0%} of its characters were left out as menus, links and the like."
        yield Doubt("much_dropped", sentence)


def _twins(documents: Iterable[Document]) -> dict[str, list[Doubt]]:
    """Doubts about documents whose text stands in another one, told of the later of each two."""
    found: dict[str, list[Doubt]] = defaultdict(list)
    for pair in near_duplicates(documents):
        if pair.resemblance >= 1:
            found[pair.second].append(Doubt("duplicate", f"It is the same text as {pair.first}."))
        else:
            share = f"{pair.resemblance:.0%}"
            found[pair.second].append(Doubt("near_duplicate", f"It is nearly the same text as {pair.first} ({share})."))
    return found
