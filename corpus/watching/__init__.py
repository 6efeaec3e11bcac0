"""Folders and sites that are watched: the new is added, the changed versioned, the vanished marked."""
