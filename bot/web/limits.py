"""How often somebody may do something: as often as the bucket of each of their keys has tokens, refilled steadily."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

MINUTE = 60.0
_MOST_KEYS = 50_000


@dataclass(slots=True)
class _Bucket:
    tokens: float
    filled: float


class Limits:
    """Token buckets by key, in this process; for one event loop."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Start with full buckets.

        Args:
            clock: seconds; monotonic.
        """
        self._clock = clock
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def wait(self, *wanted: tuple[str, float]) -> float:
        """Take a token from each of several buckets, or from none of them.

        Args:
            wanted: (key, tokens a minute); a bucket holds as many as it gets in a minute.

        Returns:
            0 if they were taken, else the seconds after which to try again.
        """
        now = self._clock()
        buckets = [(self._bucket(key, rate, now), rate) for key, rate in wanted]
        missing = [(1 - bucket.tokens) * MINUTE / rate for bucket, rate in buckets if bucket.tokens < 1]
        if missing:
            return max(missing)
        for bucket, _ in buckets:
            bucket.tokens -= 1
        return 0.0

    def _bucket(self, key: str, rate: float, now: float) -> _Bucket:
        bucket = self._buckets.pop(key, None) or _Bucket(rate, now)
        bucket.tokens = min(rate, bucket.tokens + (now - bucket.filled) * rate / MINUTE)
        bucket.filled = now
        self._buckets[key] = bucket
        while len(self._buckets) > _MOST_KEYS:
            self._buckets.popitem(last=False)
        return bucket
