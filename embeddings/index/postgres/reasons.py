"""Why PostgreSQL cannot be used, in a few words for whoever runs it: what its library says in many lines."""

CHECK = "check its address and whether it runs"
AGAIN = "try again in a moment"
_CONNECTING = ("connection failed", "connection is bad", "failed to resolve", "connection timeout")
_LONGEST = 200


def reason_of(error: BaseException) -> str:
    """The last thing that went wrong, such as `Connection refused`; no password is ever in it."""
    said = next(iter(str(error).splitlines()), "")
    reason = said.rpartition(" failed: ")[2].removeprefix("FATAL:").removeprefix("ERROR:").strip()
    return reason[:_LONGEST] or type(error).__name__


def next_step(error: BaseException) -> str:
    """What to do about it: a server that was not reached at all may be named wrongly."""
    return CHECK if str(error).startswith(_CONNECTING) else AGAIN
