"""Counts what the server does, for Prometheus."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from translate.serving import Desk

_SECONDS = (0.005, 0.02, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300)
_BATCHES = (1, 2, 4, 8, 16, 32, 64)
_QUANTILES = (0.5, 0.95, 0.99)


class Counters:
    """An app's own counters, in a registry of their own, so that several apps may live in one process."""

    def __init__(self, desk: Desk) -> None:
        self._registry = CollectorRegistry()
        self._registry.register(_Desk(desk))
        self.requests = Counter(
            "dragoman_http_requests", "Requests answered.", ("route", "status"), registry=self._registry
        )
        self.seconds = Histogram(
            "dragoman_http_request_seconds",
            "From a request's first byte to its answer's last.",
            ("route",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self.waited = Histogram(
            "dragoman_queue_wait_seconds",
            "How long requests of the API stood in the queue.",
            buckets=_SECONDS,
            registry=self._registry,
        )
        self.sentences = Counter(
            "dragoman_sentences", "Sentences that the API translated.", ("source", "target"), registry=self._registry
        )

    def answered(self, route: str, status: int, seconds: float) -> None:
        """Count an answer; `route` is the path as the app declares it, so that no client can make new ones up."""
        self.requests.labels(route, str(status)).inc()
        self.seconds.labels(route).observe(seconds)

    def text(self) -> bytes:
        """Everything, in Prometheus' text format."""
        return generate_latest(self._registry)


class _Desk(Collector):
    """Reads the desk when somebody asks."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def describe(self) -> Iterator[Metric]:
        """Nothing ahead of time: the registry need not ask the desk for its names."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        """How busy the desk is, how long its last requests waited, and how full the batches were."""
        status = self._desk.status()
        for name, value, text in (
            ("active", status.active, "Requests at work."),
            ("waiting", status.waiting, "Requests in the queue."),
            ("slots", status.slots, "How many requests may be at work at once."),
            ("queue", status.queue, "How many requests may wait."),
        ):
            yield GaugeMetricFamily(f"dragoman_desk_{name}", text, value)
        recent = GaugeMetricFamily(
            "dragoman_desk_wait_seconds", "How long the last requests of API and page waited.", labels=["quantile"]
        )
        waits = sorted(status.waits)
        for quantile in _QUANTILES if waits else ():
            recent.add_metric([str(quantile)], waits[min(len(waits) - 1, int(quantile * len(waits)))])
        yield recent
        yield _batches(self._desk.models.rounds())


def _batches(rounds: dict[int, int]) -> Metric:
    """The sizes of the batches as a histogram."""
    counts = [sum(count for size, count in rounds.items() if size <= bound) for bound in _BATCHES]
    whole = sum(rounds.values())
    buckets = [(str(float(bound)), float(count)) for bound, count in zip(_BATCHES, counts, strict=True)]
    return HistogramMetricFamily(
        "dragoman_batch_sentences",
        "Sentences that went through an engine together, whoever sent them.",
        buckets=list(itertools.chain(buckets, [("+Inf", float(whole))])),
        sum_value=float(sum(size * count for size, count in rounds.items())),
    )
