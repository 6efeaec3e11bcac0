"""The engine of many machines: generations in PostgreSQL, vectors by pgvector, words as postings."""
