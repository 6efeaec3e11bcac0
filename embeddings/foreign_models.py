"""Models that others have made: where they lie, and one sentence for whatever their libraries say when they fail."""

import os

from corpus.errors import ModelError


def located(kind: str, model: str) -> str:
    """A model's folder with `~` resolved, or its id as it was given.

    Args:
        kind: what it is in a sentence, such as "reader".
        model: id or folder.

    Raises:
        ModelError: if a folder is named that is not there.
    """
    if not model.startswith(("/", ".", "~")):
        return model
    folder = os.path.expanduser(model)  # noqa: PTH111 - leaves a home that is not known as it stands
    if not os.path.isdir(folder):  # noqa: PTH112
        raise ModelError(f"the {kind} {model!r} cannot be loaded: there is no such folder")
    return folder


def loading_error(kind: str, model: str, error: Exception) -> ModelError:
    """What a library said when it loaded a model, as one of ours: its first line of words, 200 characters at most."""
    reason = next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)
    return ModelError(f"the {kind} {model!r} cannot be loaded: {reason[:200]}")
