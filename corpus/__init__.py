"""What the documents say: reading, cleaning, dating and splitting them."""
