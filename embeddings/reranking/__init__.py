"""The first passages found looked at once more and put in a better order."""
