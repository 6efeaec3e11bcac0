"""One module a format of document."""
