"""Indexes on disk: built aside, checked, published, rolled back; the dense and the lexical channel."""
