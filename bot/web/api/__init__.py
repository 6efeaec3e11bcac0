"""Doors for other programs: the HTTP interface, its description, its health and its figures."""
