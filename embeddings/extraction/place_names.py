"""Names of provinces and regions, which are no persons' names and known for names even without marks."""

from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def places() -> tuple[str, ...]:
    """Names of provinces and regions (data/places.txt), longest first."""
    lines = files("embeddings").joinpath("data/places.txt").read_text("utf-8").splitlines()
    return tuple(sorted((line for line in lines if line and not line.startswith("#")), key=len, reverse=True))
