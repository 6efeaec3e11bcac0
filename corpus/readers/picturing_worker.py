"""The process in which `picturing_apart` has a page drawn: bounds itself, reads standard input, prints the picture.

Run as a script with the folder the project's packages lie in, the limits and what is wanted as JSON.
"""

import os
import sys


def main(root: str, bounds: str, order: str) -> None:
    """Read, draw, print."""
    sys.path.insert(0, root)
    printed = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what libraries print is no answer
    from corpus.errors import UnreadableError  # noqa: PLC0415
    from corpus.readers.picturing_apart import DRAWN, ORDER  # noqa: PLC0415
    from corpus.readers.reading_apart import LIMITS  # noqa: PLC0415
    from corpus.readers.reading_worker import bound  # noqa: PLC0415

    limits = LIMITS.validate_json(bounds)
    bound(limits.memory_bytes, limits.seconds)
    try:
        from corpus.readers.pdf.pdf_picture import picture  # noqa: PLC0415

        said = DRAWN + picture(sys.stdin.buffer.read(), ORDER.validate_json(order))
    except UnreadableError as error:
        said = str(error).encode()
    except MemoryError:
        said = b"it needs too much memory to be drawn"
    with os.fdopen(printed, "wb") as out:
        out.write(said)
        out.flush()
    os._exit(0)  # nothing is to be tidied up by libraries that may have been shaken


if __name__ == "__main__":
    main(*sys.argv[1:])
