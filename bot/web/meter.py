"""Figures for Prometheus: what was asked, how it was answered and how long that took, and what is being served."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.answers import Answer

_SECONDS = (0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10, 30)


class Meter:
    """Counts in this process."""

    def __init__(self) -> None:
        """Everything begins at 0."""
        self._registry = CollectorRegistry()
        self._questions = Counter(
            "danvan_questions", "Questions answered, by door and status.", ["door", "status"], registry=self._registry
        )
        self._seconds = Histogram(
            "danvan_answer_seconds", "From question to answer.", ["door"], buckets=_SECONDS, registry=self._registry
        )
        self._requests = Counter(
            "danvan_http_requests", "Requests, by method and status.", ["method", "status"], registry=self._registry
        )
        self._ready = Gauge("danvan_ready", "1 once questions can be answered.", registry=self._registry)
        self._documents = Gauge("danvan_documents", "Documents being served.", ["generation"], registry=self._registry)

    def answered(self, door: str, answer: Answer) -> None:
        """A question was answered at a door: `api` or `page`."""
        self._questions.labels(door, answer.status.value).inc()
        self._seconds.labels(door).observe(answer.elapsed_ms / 1000)

    def responded(self, method: str, status: int) -> None:
        """A request was answered."""
        self._requests.labels(method if method in ("GET", "HEAD", "POST") else "other", str(status)).inc()

    def serving(self, generation: str | None, documents: int, *, ready: bool) -> None:
        """What is served at this moment."""
        self._ready.set(int(ready))
        self._documents.clear()
        if generation is not None:
            self._documents.labels(generation).set(documents)

    def text(self) -> bytes:
        """All figures in Prometheus' text format."""
        return generate_latest(self._registry)
