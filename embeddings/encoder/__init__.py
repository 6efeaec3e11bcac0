"""Texts into vectors, by the bundled model or another one."""
