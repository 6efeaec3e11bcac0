"""What libraries make of PDFs as offices print them, beside this project's reader.

    pip install pdfminer.six pdfplumber docling-parse
    python -m tests.benchmarks.pdf_engines

For each engine: the share of a document's paragraphs that stand whole in its text (white space apart), over the made-up
layouts of tests/corpus/office_files and over the cases of tests/corpus/cases, and the processor seconds it took. A
paragraph that is torn by a running head, a second column or a lost letter does not count.
"""

import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pypdfium2

from corpus.readers.pdf.pdf_document import read_pdf
from tests.corpus.office_files import printed
from tests.corpus.office_files.truth import office_document
from tests.corpus.readers.test_cases_pdf import CASES, RULES_OF_WORK

LAYOUTS = (
    printed.office_pdf,
    printed.unruled_pdf,
    printed.indented_pdf,
    printed.gazette_pdf,
    printed.columns_pdf,
)
RULES = ("pdf-split-accents", "pdf-marks-apart", "pdf-fake-bold", "pdf-letter-spaced", "pdf-sideways-page")
"""Cases that hold the paragraphs of `RULES_OF_WORK`, or the first two of them."""


def ours(path: Path) -> str:
    page = read_pdf(path.read_bytes())
    return "\n".join((page.title, *page.paragraphs))


def pdfium(path: Path) -> str:
    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(path))


def pdfminer(path: Path) -> str:
    return str(import_module("pdfminer.high_level").extract_text(path))


def pdfplumber(path: Path) -> str:
    with import_module("pdfplumber").open(path) as document:
        return "\n".join(page.dedupe_chars().extract_text() or "" for page in document.pages)


def docling(path: Path) -> str:
    unit = import_module("docling_core.types.doc.page").TextCellUnit.LINE
    document = import_module("docling_parse.pdf_parser").DoclingPdfParser().load(path_or_stream=str(path))
    return "\n".join(cell.text for _, page in document.iterate_pages() for cell in page.iterate_cells(unit_type=unit))


ENGINES: tuple[Callable[[Path], str], ...] = (ours, pdfium, pdfminer, pdfplumber, docling)


def papers(folder: Path) -> Iterator[tuple[str, Path, tuple[str, ...]]]:
    """Names, files, and the paragraphs that each holds."""
    for seed, make in enumerate(LAYOUTS):
        document = office_document(seed, clauses=30)
        path = folder / f"{make.__name__}.pdf"
        path.write_bytes(make(document))
        yield "layouts", path, (*document.body, document.closing)
    for name in RULES:
        (path,) = (CASES / name).glob("*.pdf")
        truth = RULES_OF_WORK[:2] if "sideways" in name else RULES_OF_WORK[1:3] if "spaced" in name else RULES_OF_WORK
        yield "cases", path, truth


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        known = list(papers(Path(folder)))
        for engine in ENGINES:
            found = {"layouts": [0, 0], "cases": [0, 0]}
            started = time.process_time()
            for kind, path, truth in known:
                try:
                    text = _squeezed(engine(path))
                except ModuleNotFoundError as error:
                    print(f"{engine.__name__}: {error.name} is not installed")
                    break
                found[kind][0] += sum(_squeezed(paragraph) in text for paragraph in truth)
                found[kind][1] += len(truth)
            else:
                figures = (f"{kind} {right}/{count} = {right / count:.3f}" for kind, (right, count) in found.items())
                print(f"{engine.__name__:12}", *figures, f"{time.process_time() - started:.1f} s", flush=True)


def _squeezed(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


if __name__ == "__main__":
    main()
