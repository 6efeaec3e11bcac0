"""The page about a run that a tester sends to the head of the office."""
