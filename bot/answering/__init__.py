"""Hits into an answer: the sentence to quote, the words that answer, how sure, and what to say beside it."""
