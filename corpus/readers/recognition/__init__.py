"""Recognising the text on pictures of pages, with Tesseract where it is installed."""
