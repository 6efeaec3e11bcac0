"""The data folder as a whole: one writer at a time, backups, and putting them back."""
