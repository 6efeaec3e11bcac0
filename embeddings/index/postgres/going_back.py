"""Which generation a rollback publishes again."""

from collections.abc import Sequence

from corpus.errors import IndexingError
from embeddings.index.postgres.catalogue import KnownGeneration, StoredGeneration
from embeddings.index.publishing import named, of_another_model


def one_to_go_back_to(
    known: Sequence[KnownGeneration], current: str | None, fingerprint: str | None, to: str | None
) -> StoredGeneration:
    """The newest generation before the present one that was not rolled back from, or the one named.

    Args:
        known: oldest first.
        current: id of the published one.
        fingerprint: of the model that questions are embedded with; None for any.
        to: id, or its beginning, of the one wanted.

    Raises:
        IndexingError: if there is none, or none of the model with this fingerprint.
    """
    if to is not None:
        candidates = {one.generation.id: one.generation for one in known if one.was_published}
        chosen = candidates[named(to, list(candidates), current)]
        if fingerprint not in (None, chosen.manifest.fingerprint):
            raise IndexingError(of_another_model(chosen.id, chosen.manifest.fingerprint, fingerprint))
        return chosen
    place = next((i for i, one in enumerate(known) if one.generation.id == current), len(known))
    earlier = [one for one in reversed(known[:place]) if one.was_published]
    fitting = [one for one in earlier if fingerprint in (None, one.generation.manifest.fingerprint)]
    for one in fitting:
        if not one.was_left:
            return one.generation
    if earlier and not fitting:
        raise IndexingError(
            of_another_model("an earlier generation", earlier[0].generation.manifest.fingerprint, fingerprint)
        )
    raise IndexingError(
        "there is no earlier generation to go back to"
        + (" but such as were rolled back from themselves" if fitting else "")
    )
