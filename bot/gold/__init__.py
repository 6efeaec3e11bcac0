"""Gold questions: what one is, reading, checking and adding them."""
