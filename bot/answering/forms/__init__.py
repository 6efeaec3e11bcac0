"""The forms that answers take, one module each: offices, lists, yes or no, sentences, several in one, documents."""
