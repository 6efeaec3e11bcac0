"""What other programs may ask, by HTTP or MCP: answers, passages, documents, in the words of the contract."""

import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.answering.answerer import Answerer, why_invalid
from bot.answering.links import Links
from bot.answering.notes import unsearched
from bot.answers import Answer, Language, Status
from bot.document_filter import Wanted, newest_first
from bot.published_documents import PublishedDocuments
from bot.records.history import Asking, History
from corpus.errors import DanvanError
from corpus.groups import Groups
from corpus.models import Document
from embeddings.hits import Hit
from embeddings.question.question import Question

MOST = 100
LISTED = 50
_SEARCHED = 400
"""Hits looked through for those that a filter leaves."""


class UnknownDocumentError(DanvanError):
    """There is no document of this id, or none that may be seen."""


class Enquiries:
    """Answers programs; blocking, safe to use from several threads."""

    def __init__(
        self,
        current: Callable[[], Answerer],
        documents: PublishedDocuments,
        groups: Callable[[str], Groups | None],
        history: History,
        links: Links,
    ) -> None:
        """Answer.

        Args:
            current: the answerer at any moment.
            documents: to list and read.
            groups: the groups of documents that a program belongs to; None for one that sees everything.
            history: remembers who was answered what.
            links: lead to the documents.
        """
        self._current = current
        self._documents = documents
        self._groups = groups
        self._history = history
        self._links = links

    def ask(self, asker: str, question: str, context: str | None = None, top: int = 3) -> Answer:
        """Answer a question.

        Args:
            asker: the program, such as `client:portal`.
            question: any text; what cannot be asked gives the status `invalid`.
            context: the question before it, if there was one.
            top: citations wanted, 1 to `MOST`.
        """
        asked = unicodedata.normalize("NFC", question)
        answer = self._current().visible_to(self._groups(asker)).answer(Question(asked, context), top)
        if answer.status is not Status.INVALID:
            self._history.record(Asking(asker, asker, secrets.token_hex(8), asked), context, answer)
        return replace(answer, question=question)

    def search(
        self, asker: str, question: str, top: int = 10, wanted: Wanted | None = None, document: str = ""
    ) -> dict[str, Any]:
        """Passages for a question, best first, without an answer.

        Args:
            asker: the program.
            question: any text.
            top: passages wanted, 1 to `MOST`.
            wanted: narrows the documents down.
            document: id of the only document to look in, "" for all.
        """
        problem = why_invalid(question)
        if problem:
            return {"question": question, "notes": [problem], "passages": []}
        retriever = self._current().retriever.visible_to(self._groups(asker))
        narrowed = wanted not in (None, Wanted()) or document
        searched = retriever.look_up(Question(question), _SEARCHED if narrowed else top)
        documents = retriever.documents
        kept = [hit for hit in searched.hits if self._fits(documents[hit.passage.document_id], wanted, document)]
        found = [
            self._hit_as_json(rank, hit, documents[hit.passage.document_id])
            for rank, hit in enumerate(kept[:top], start=1)
        ]
        notes = list(unsearched(searched, Language.VIETNAMESE))
        return {"question": question, "notes": notes, "generation": retriever.generation_id, "passages": found}

    def documents(self, asker: str, wanted: Wanted, start: int = 0, count: int = LISTED) -> dict[str, Any]:
        """Documents, newest first.

        Args:
            asker: the program.
            wanted: narrows them down.
            start: how many to pass over.
            count: how many to tell, 1 to `MOST`.
        """
        texts = self._documents.visible_to(self._groups(asker)).texts()
        found = newest_first([document for document in texts.documents.values() if wanted.fits(document)])
        listed = [self._document_as_json(document) for document in found[start : start + count]]
        return {"generation": texts.generation_id, "found": len(found), "start": start, "documents": listed}

    def document(self, asker: str, identity: str, start: int = 0, count: int | None = None) -> dict[str, Any]:
        """One document with its passages.

        Args:
            asker: the program.
            identity: the document's id.
            start: the first passage wanted (0-based).
            count: how many passages; all from there if None.

        Raises:
            UnknownDocumentError: if there is none of this id.
        """
        edition = self._documents.visible_to(self._groups(asker)).document(identity)
        if edition is None:
            raise UnknownDocumentError(f"there is no document {identity[:100]!r}; the list of documents has their ids")
        chosen = edition.passages[start:] if count is None else edition.passages[start : start + count]
        listed = [
            {
                "passage_id": passage.id,
                "ordinal": passage.ordinal,
                "page": passage.page,
                "heading": passage.heading,
                "text": passage.text,
                "link": self._links.link(edition.document, passage, passage.text),
            }
            for passage in chosen
        ]
        about = self._document_as_json(edition.document)
        return about | {"generation": edition.generation, "passages_in_all": len(edition.passages), "passages": listed}

    def _fits(self, document: Document, wanted: Wanted | None, identity: str) -> bool:
        return (not identity or document.id == identity) and (wanted is None or wanted.fits(document))

    def _hit_as_json(self, rank: int, hit: Hit, document: Document) -> dict[str, Any]:
        passage = hit.passage
        return {
            "rank": rank,
            "document_id": document.id,
            "title": document.title,
            "published": document.published,
            "publisher": document.publisher,
            "url": document.url,
            "link": self._links.link(document, passage, passage.text),
            "passage_id": passage.id,
            "passage": passage.text,
            "page": passage.page,
            "heading": passage.heading,
            "score": round(hit.score, 6),
        }

    @staticmethod
    def _document_as_json(document: Document) -> dict[str, Any]:
        return {
            "id": document.id,
            "title": document.title,
            "published": document.published,
            "publisher": document.publisher,
            "author": document.author,
            "url": document.url,
            "sha256": document.snapshot,
            "characters": len(document.text),
        }
