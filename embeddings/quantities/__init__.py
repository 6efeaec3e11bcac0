"""Numbers and dates however they are written: digits, words, Roman numerals, with or without marks."""
