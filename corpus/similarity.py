"""How much two sets, such as the words of two texts, have in common."""

from collections.abc import Set as AbstractSet


def jaccard(some: AbstractSet[object], others: AbstractSet[object]) -> float:
    """Share of what is in either set that is in both, 0 to 1; 0 if both are empty (Jaccard, 1901)."""
    union = len(some | others)
    return len(some & others) / union if union else 0.0
