"""An answer for people at a terminal, and as the JSON of the contract."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from bot.answers import Answer, AnswerKind, AnswerText, Citation, Status, Verdict, place_of
from bot.phrases import Phrases, phrases, within_quotes
from corpus.dates import vietnamese_date
from embeddings.hits import Hit, Search

_CONTROLS = {code: None for code in (*range(32), *range(127, 160)) if code not in (9, 10)}
_LONGEST_PASSAGE = 600


def answer_as_json(answer: Answer, identity: Any = None, search: Search | None = None) -> dict[str, Any]:
    """The answer as the contract of the command line has it.

    Args:
        answer: of any status.
        identity: the "id" of a batch line, carried through whatever it is.
        search: what `--explain` adds under "explanation": how the question was understood, and every hit.
    """
    fields: dict[str, Any] = {
        "id": identity,
        "question": answer.question,
        "status": answer.status.value,
        "confidence": round(answer.confidence, 4),
        "answer": answer.text,
        "kind": answer.kind.value,
        "answers": [_text_as_json(text) for text in answer.answers],
        "verdict": answer.verdict.value if answer.verdict else None,
        "parts": list(answer.parts),
        "goes_on": answer.goes_on,
        "language": answer.language.value,
        "notes": list(answer.notes),
        "generation": answer.generation,
        "elapsed_ms": round(answer.elapsed_ms, 1),
        "citations": [_citation_as_json(citation) for citation in answer.citations],
    }
    if search is not None:
        fields["explanation"] = asdict(search.understanding) | {
            "hits": [
                {
                    "rank": hit.rank,
                    "passage_id": hit.passage.id,
                    "score": round(hit.score, 6),
                    "dense": round(hit.dense, 6),
                    "lexical": round(hit.lexical, 6),
                    "read": _read_as_json(hit),
                }
                for hit in search.hits
            ]
        }
    return fields


def print_answer(console: Console, answer: Answer) -> None:
    """Status, the answer's words marked in the sentence that holds them, its passage and source, then the others."""
    said = phrases(answer.language)
    _print_beginning(console, answer, said)
    others = list(answer.citations)
    if others and answer.status is not Status.NOT_FOUND and not _is_overview(answer):
        cited = {text.citation for text in answer.answers} | {1}
        for citation in answer.citations:
            if citation.rank in cited:
                others.remove(citation)
                console.print()
                _print_evidence(console, citation, _words_in(answer, citation), said)
                print_source(console, citation, said)
    if others:
        console.print()
        if not _is_overview(answer):
            title = said.nearest if answer.status is Status.NOT_FOUND else said.others
            console.print(Text(title, style="bold"))
        _print_others(console, others, answer.citations, said)


def _print_beginning(console: Console, answer: Answer, said: Phrases) -> None:
    """The words that answer, or that none were found; then the notes, but nothing between a heading and its passage."""
    label, style = "", "bold red" if answer.status is Status.INVALID else "bold yellow"
    if answer.status is Status.ANSWERED:
        _print_words(console, answer, said)
    elif not _is_overview(answer):
        heading = _heading(answer.status, said)
        if answer.status is Status.RELATED and answer.notes:
            verdict, _, label = heading.partition(". ")
            heading = f"{verdict}."
        console.print(Text(heading, style=style))
    for note in answer.notes:
        console.print(Text(plain(note), style="italic"))
    if label:
        console.print(Text(label, style=style))


def print_explanation(console: Console, search: Search) -> None:
    """How the question was understood and what each channel found."""
    understanding = search.understanding
    console.print()
    console.print(Text("How the question was read", style="bold"))
    for name, value in asdict(understanding).items():
        if value:
            console.print(indented(Text(f"{name}: {plain(_flat(value))}")))
    console.print(Text("What was found", style="bold"))
    for hit in search.hits:
        figures = f"{hit.rank:>2}  score {hit.score:.3f}  dense {hit.dense:.3f}  lexical {hit.lexical:6.2f}  "
        passage = f"{hit.passage.document_id} {hit.passage.id}"
        console.print(indented(Text.assemble(figures, (passage, "dim"))))
        read = _read_as_json(hit)
        if read:
            console.print(indented(Text(f"reader {read['margin']:+.1f}: {plain(read['words'])}"), 6))


def plain(text: str | None) -> str:
    """The text without control characters, which could change the terminal."""
    return (text or "").translate(_CONTROLS)


def _citation_as_json(citation: Citation) -> dict[str, Any]:
    document = citation.document
    return {
        "rank": citation.rank,
        "document_id": document.id,
        "title": document.title,
        "published": document.published,
        "publisher": document.publisher,
        "url": document.url,
        "link": citation.link,
        "passage_id": citation.passage.id,
        "passage": citation.passage.text,
        "quote": citation.quote,
        "quotes": list(citation.quotes),
        "score": round(citation.score, 6),
        "page": citation.passage.page,
        "heading": citation.passage.heading,
        "path": list(citation.passage.path),
        "place": citation.place or None,
    } | ({"uncertain": list(citation.uncertain)} if citation.uncertain else {})


def _text_as_json(text: AnswerText) -> dict[str, Any]:
    fields: dict[str, Any] = {"text": text.text, "citation": text.citation, "part": text.part}
    return fields | ({"office": text.office} if text.office else {})


def _read_as_json(hit: Hit) -> dict[str, Any] | None:
    """The words a reader thinks most of in a passage, and how much better than no answer they fit."""
    if not hit.reading or not hit.reading.spans:
        return None
    best = hit.reading.spans[0]
    return {"words": hit.passage.text[best.start : best.end], "margin": round(best.margin, 3)}


def _heading(status: Status, said: Phrases) -> str:
    return {Status.RELATED: said.related, Status.NOT_FOUND: said.not_found}.get(status, said.invalid)


def _is_overview(answer: Answer) -> bool:
    """Whether passages are shown side by side, none of them as the answer."""
    return answer.kind in (AnswerKind.OVERVIEW, AnswerKind.DOCUMENTS) and answer.status is Status.RELATED


def _print_words(console: Console, answer: Answer, said: Phrases) -> None:
    """The verdict, the words that answer, or the items on lines of their own under what each part asks."""
    sure = (f" ({said.confidence.format(share=f'{answer.confidence:.0%}')})", "dim")
    short = [{Verdict.YES: said.yes, Verdict.NO: said.no}[answer.verdict]] if answer.verdict else []
    several = len(answer.answers) > 1 or bool(answer.parts)
    if not several and not short and answer.text:
        short = [plain(answer.text)]
    words = [Text(f": {text}", style="bold") for text in short]
    console.print(Text.assemble((said.answered, "bold green"), *words, sure))
    if not several:
        return
    ranks = len({text.citation for text in answer.answers}) > 1
    part = None
    for text in answer.answers:
        if text.part is not None and text.part != part:
            part = text.part
            console.print(indented(Text(plain(answer.parts[part]), style="italic")))
        beside = f" – {plain(text.office)}" if text.office else ""
        where = f" [{text.citation}]" if ranks else ""
        console.print(indented(Text.assemble("• ", (plain(text.text), "bold"), beside, (where, "dim")), 4))
    if answer.goes_on:
        console.print(indented(Text(said.goes_on, style="italic")))


def _words_in(answer: Answer, citation: Citation) -> list[str]:
    """What is marked in a citation's quotes; a whole sentence that answers is not."""
    if answer.status is not Status.ANSWERED or answer.kind is AnswerKind.SENTENCE:
        return []
    words = [text.text for text in answer.answers if text.citation == citation.rank]
    return words or ([answer.text] if answer.text and citation.rank == 1 else [])


def _print_evidence(console: Console, citation: Citation, words: Sequence[str], said: Phrases) -> None:
    quote = Text(f"“{within_quotes(plain(' […] '.join(citation.quotes)))}”")
    if words:
        quote.highlight_words([within_quotes(plain(text)) for text in words], style="bold black on bright_yellow")
    console.print(indented(quote))
    if citation.passage.text.strip() == citation.quote.strip():
        return
    passage = Text(plain(_around(citation)), style="dim")
    passage.highlight_words([plain(text) for text in citation.quotes], style="not dim")
    console.print(Text(said.passage, style="bold"))
    console.print(indented(passage))


def _around(citation: Citation) -> str:
    """The passage, or as much of a long one around its quote as reads well."""
    text, quote = citation.passage.text, citation.quote
    if len(text) <= _LONGEST_PASSAGE:
        return text
    place = max(text.find(quote), 0)
    margin = max(_LONGEST_PASSAGE - len(quote), 0) // 2
    start = max(place - margin, 0)
    end = min(place + len(quote) + margin, len(text))
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")


def _print_others(console: Console, others: Sequence[Citation], cited: Sequence[Citation], said: Phrases) -> None:
    """Further passages; what stands in a document named already refers to it."""
    first_of = {citation.document.id: citation.rank for citation in reversed(cited)}
    for citation in others:
        console.print(
            indented(Text.assemble((f"[{citation.rank}] ", "bold"), f"“{within_quotes(plain(citation.quote))}”"))
        )
        first = first_of[citation.document.id]
        if first == citation.rank:
            print_source(console, citation, said, indent=6)
        else:
            same = ", ".join(part for part in (said.same_document.format(rank=first), place_of(citation)) if part)
            console.print(indented(Text.assemble((f"{said.source} ", "bold"), same), 6))


def print_source(console: Console, citation: Citation, said: Phrases, indent: int = 0) -> None:
    """Title, publisher, date and place of a citation, and a link or the command that shows its document."""
    document = citation.document
    console.print(indented(Text.assemble((f"{said.source} ", "bold"), plain(document.title)), indent))
    date = vietnamese_date(document.published) or None
    place = place_of(citation)
    line = " · ".join(plain(part) for part in (document.publisher, date, place) if part)
    if line:
        console.print(indented(Text(line, style="dim"), indent + 2))
    if citation.link:  # in one piece, so that a terminal can open it
        console.print(Text(" " * (indent + 2) + plain(citation.link), style="dim"), soft_wrap=True)
    else:  # the page's address is not known, and none is made up
        whole = f"toàn văn: danvan corpus show {plain(document.id)}"
        console.print(Text(" " * (indent + 2) + whole, style="dim"), soft_wrap=True)


def indented(text: Text, columns: int = 2) -> Padding:
    """A text some columns to the right, its further lines too."""
    return Padding(text, (0, 0, 0, columns), expand=False)


def _flat(value: Any) -> str:
    if isinstance(value, dict):
        if "text" in value:  # a name, of which the words searched for are left to --json
            return str(value["text"])
        return "; ".join(f"{key} → {_flat(item)}" for key, item in value.items())
    if isinstance(value, list | tuple):
        return "; ".join(map(_flat, value))
    return f"{value:.2f}" if isinstance(value, float) else str(value)
