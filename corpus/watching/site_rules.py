"""What a site asks of programs: which addresses they leave alone, how long they wait, where its sitemaps are."""

from dataclasses import dataclass
from urllib.parse import urljoin
from urllib.robotparser import RobotFileParser

from corpus.errors import FetchError
from corpus.intake.fetching import Fetcher

AGENT = "danvan"
_LONGEST_PAUSE = 30.0
_SERVER_ERRORS = 500


@dataclass(frozen=True, slots=True)
class SiteRules:
    """A site's robots.txt.

    Attributes:
        pause: seconds it wants between two requests, 0 where it does not say; at most 30.
        sitemaps: their addresses.
    """

    robots: RobotFileParser
    pause: float = 0.0
    sitemaps: tuple[str, ...] = ()

    def allows(self, address: str) -> bool:
        """Whether this program may ask for an address."""
        return self.robots.can_fetch(AGENT, address)


def rules_of(address: str, fetcher: Fetcher) -> SiteRules:
    """The rules of the site of an address; a site without any allows everything.

    Raises:
        FetchError: if they cannot be had: then nobody knows what is allowed.
    """
    robots = RobotFileParser()
    try:
        received = fetcher.get(urljoin(address, "/robots.txt"))
    except FetchError as error:
        if error.status is None or error.status >= _SERVER_ERRORS:
            raise FetchError(f"its robots.txt cannot be had: {error}") from error
        received = None  # RFC 9309: a site that refuses the file allows everything
    text = received.raw.decode("utf-8", "replace").lstrip("\ufeff") if received else ""
    robots.parse(() if "<html" in text[:1000].lower() else text.splitlines())
    pause = float(robots.crawl_delay(AGENT) or 0)
    return SiteRules(robots, min(pause, _LONGEST_PAUSE), tuple(robots.site_maps() or ()))
