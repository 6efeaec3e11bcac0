"""The five articles the project starts with."""
