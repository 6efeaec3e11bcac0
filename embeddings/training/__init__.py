"""Training the reader; not part of what is installed (see README.md in this folder)."""
