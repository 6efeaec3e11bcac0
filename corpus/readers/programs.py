"""Programs of the operating system that readers use where they are installed."""

import shutil
import subprocess
from functools import cache

TESSERACT, ANTIWORD, CATDOC = "tesseract", "antiword", "catdoc"
_OFFICES = ("soffice", "libreoffice")
VIETNAMESE = "vie"
_SECONDS = 20


def path_of(program: str) -> str | None:
    """Where a program lies, None where it is not installed."""
    return shutil.which(program)


def office() -> str | None:
    """Where LibreOffice lies, None where it is not installed."""
    return next(filter(None, map(shutil.which, _OFFICES)), None)


@cache
def recognises() -> bool:
    """Whether Tesseract is installed with its Vietnamese data."""
    return VIETNAMESE in tesseract_languages()


@cache
def tesseract_languages() -> tuple[str, ...]:
    """The languages Tesseract has data of; none where it is not installed."""
    program = path_of(TESSERACT)
    if program is None:
        return ()
    try:
        said = subprocess.run(  # noqa: S603 - the program itself
            [program, "--list-langs"], capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return ()
    return tuple((said.stdout + said.stderr).split("\n")[1:])


def installed() -> tuple[str, ...]:
    """The names of those that are there, as far as what is read depends on them."""
    found = [name for name in (ANTIWORD, CATDOC) if path_of(name)]
    found += ["office"] if office() else []
    return (*found, *(["recognition"] if recognises() else []))
