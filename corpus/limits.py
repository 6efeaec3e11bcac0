"""How much a file, an archive or an address may bring before it is refused."""

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class IntakeLimits:
    """Bounds on what is added; each is a setting (`DANVAN_MAX_FILE_MB` and so on).

    Attributes:
        file_bytes: of one file, of one member of an archive, of what one address sends.
        archive_bytes: of an archive, of what its members hold together once unpacked, and of a file of JSON lines.
        archive_files: how many members an archive may have.
        ratio: how many times larger than its packed form a member may be; small members may be more.
        fetch_seconds: from the first look at an address to its last byte, redirects included.
        redirects: how many of them are followed.
        private_addresses: whether addresses of this machine and of the local network may be fetched.
    """

    file_bytes: int = 50 * MEGABYTE
    archive_bytes: int = 500 * MEGABYTE
    archive_files: int = 5000
    ratio: int = 200
    fetch_seconds: float = 30.0
    redirects: int = 5
    private_addresses: bool = False


DEFAULT_LIMITS = IntakeLimits()


def megabytes(size: int) -> str:
    """A size for people: `50 MB`, `0.4 MB`."""
    return f"{size / MEGABYTE:.0f} MB" if size >= 10 * MEGABYTE else f"{size / MEGABYTE:.1f} MB"
