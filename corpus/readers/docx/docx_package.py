"""A DOCX opened by python-docx once it has been found harmless."""

import io

import docx
from docx.document import Document
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from lxml.etree import LxmlError

from corpus.errors import UnreadableError
from corpus.readers.office_package import checked_package
from corpus.readers.reader_limits import Limits

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"


def open_package(raw: bytes, limits: Limits) -> Document:
    """Open a DOCX, also one saved as Strict Open XML.

    Raises:
        UnreadableError: if it is no DOCX, encrypted, damaged, larger unpacked than the limit, or declares entities.
    """
    checked = checked_package(raw, limits, "DOCX", "word/")
    try:
        return docx.Document(io.BytesIO(checked))
    except (PythonDocxError, OpcError, LxmlError, KeyError, ValueError, OSError, AttributeError, RuntimeError) as error:
        raise UnreadableError("it is a damaged DOCX that cannot be opened") from error
