"""The folder of documents: what lies in it, how it was understood, and what in it is doubtful."""
