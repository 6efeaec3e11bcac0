"""Takes a PDF from standard input apart into printed lines; a process of its own, so that no file can hurt the program.

Run by `corpus.readers.pdf.pdf_document` as a script with the most pages and bytes of memory it may have; it imports
nothing of the project. Prints one JSON object: `{"pages": [...], "damaged": bool}` or `{"refused": code}`.
"""

import io
import json
import statistics
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LAParams, LTChar, LTFigure, LTImage, LTItem, LTTextContainer, LTTextLine
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect, PDFXRefFallback
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser


def main(arguments: list[str]) -> None:
    """Read, take apart, print."""
    pages, memory = map(int, arguments)
    _bound_memory(memory)
    try:
        result = _take_apart(sys.stdin.buffer.read(), pages)
    except MemoryError:
        result = {"refused": "memory"}
    except (PDFPasswordIncorrect, PDFEncryptionError):
        result = {"refused": "encrypted"}
    except Exception:  # pdfminer raises whatever a broken file makes it stumble over
        result = {"refused": "broken"}
    sys.stdout.buffer.write(json.dumps(result).encode("ascii"))


def _bound_memory(size: int) -> None:
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (size if hard < 0 else min(size, hard), hard))


def _take_apart(raw: bytes, most: int) -> dict[str, Any]:
    document = PDFDocument(PDFParser(io.BytesIO(raw)))
    resources = PDFResourceManager()
    device = PDFPageAggregator(resources, laparams=LAParams(all_texts=True))
    interpreter = PDFPageInterpreter(resources, device)
    pages: list[dict[str, Any]] = []
    for number, page in enumerate(PDFPage.create_pages(document), start=1):
        if number > most:
            return {"refused": "pages"}
        interpreter.process_page(page)
        layout = device.get_result()
        items = list(_items(layout))
        pages.append(
            {
                "width": layout.width,
                "height": layout.height,
                "pictures": sum(isinstance(item, LTImage) for item in items),
                "lines": [line for item in items if isinstance(item, LTTextLine) and (line := _line(item)) is not None],
            }
        )
    damaged = any(isinstance(xref, PDFXRefFallback) for xref in document.xrefs)
    return {"pages": pages, "damaged": damaged}


def _items(container: Iterable[LTItem]) -> Iterator[LTItem]:
    """Lines of text and pictures in reading order."""
    for item in container:
        if isinstance(item, LTTextLine | LTImage):
            yield item
        elif isinstance(item, LTTextContainer | LTFigure):
            yield from _items(item)


def _line(line: LTTextLine) -> list[Any] | None:
    text = line.get_text()
    letters = [item for item in line if isinstance(item, LTChar) and item.get_text().strip()]
    if not letters:
        return None
    size = statistics.median(letter.size for letter in letters)
    bold = sum("bold" in letter.fontname.lower() or "black" in letter.fontname.lower() for letter in letters)
    left, right = min(letter.x0 for letter in letters), max(letter.x1 for letter in letters)
    return [left, line.y0, right, line.y1, size, bold * 2 > len(letters), text]


if __name__ == "__main__":
    main(sys.argv[1:])
