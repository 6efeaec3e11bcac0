"""Official documents: their numbers, letterheads, numbered parts, and which of them holds in the place of which."""
