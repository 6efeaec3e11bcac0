"""Changes to the documents: added, corrected, removed, brought back, every version kept."""
