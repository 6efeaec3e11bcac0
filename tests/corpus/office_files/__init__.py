"""Files as offices make them, with the truth beside them: 15 layouts and formats, four documents in each."""
