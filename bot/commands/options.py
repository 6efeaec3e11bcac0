"""Options and exit statuses that several commands share."""

from typing import Annotated

import typer

GATE_SAID_NO = 3
"""Exit status where a quality gate was not passed."""

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line, and nothing else.")]
