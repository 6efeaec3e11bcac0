"""Reading: the words of a passage that answer a question, by a small trained network."""
