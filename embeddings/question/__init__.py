"""How a question is read: its marks, slips, abbreviations, names, dates, and what kind of answer it waits for."""
