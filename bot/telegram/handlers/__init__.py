"""One module a concern; each registers its own handlers."""
