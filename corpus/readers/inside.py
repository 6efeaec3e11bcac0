"""Files inside files: attachments of mail, pages packed into a DOCX, pictures of text."""

from collections.abc import Callable

from corpus.article.page import Page

ReadInside = Callable[[str, bytes], Page]
"""Reads a file by its name and bytes as `corpus.readers.registry.read_bytes` does, one level deeper.

Raises UnreadableError where it cannot, also because files are packed into each other too deeply.
"""
