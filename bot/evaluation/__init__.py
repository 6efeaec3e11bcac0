"""Gold questions put to the assistant: what was right, how sure it was of it, and whether that is more than chance."""
