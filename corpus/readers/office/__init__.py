"""Spreadsheets, presentations, OpenDocument, RTF and old Word files."""
