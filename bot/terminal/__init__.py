"""Speaking to people and programs at a terminal."""
