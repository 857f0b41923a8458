"""Batches on a cluster: what fits on it, what its workers are sent, and that one of them dying changes nothing."""

import asyncio
import json
import pickle
import signal
import sys
import threading
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests import batches
from translate import batch
from translate.batch import Event, State, cluster
from translate.batch.cluster import Cluster, RayLanes
from translate.batch.worker import TRIES, Feed, Worker
from translate.cli import command, lanes
from translate.errors import DragomanError, ExtraMissing, ModelMissing, NetworkError, UsageError

SETTINGS = batch.Settings("en", "ar")


@pytest.fixture(scope="module")
def ray():
    """A Ray of this machine; batches of the same process use it."""
    if find_spec("ray") is None:
        pytest.skip("Ray is not installed")
    kept = signal.getsignal(signal.SIGTERM)
    with cluster._ray(Cluster()) as started:
        signal.signal(signal.SIGTERM, kept)
        yield started


@pytest.mark.parametrize(
    ("asked", "nodes", "workers"),
    [
        (Cluster(), [{"CPU": 4.0}], 4),
        (Cluster(threads=4), [{"CPU": 10.0}, {"CPU": 3.0}, {"CPU": 4.0}], 3),
        (Cluster(workers=2), [{"CPU": 16.0}], 2),
        (Cluster(gpu=True, threads=2), [{"CPU": 16.0, "GPU": 1.0}, {"CPU": 2.0, "GPU": 4.0}, {"CPU": 8.0}], 2),
        (Cluster(workers=3), [{"CPU": 2.0}], None),
        (Cluster(threads=3), [{"CPU": 2.0}, {"CPU": 2.0}], None),
        (Cluster(gpu=True), [{"CPU": 2.0}], None),
        (Cluster(), [{}], None),
        (Cluster(), [], None),
    ],
)
def test_workers_fit_or_it_is_said(asked, nodes, workers):
    if workers is not None:
        assert asked.fitting(nodes) == workers
    else:
        with pytest.raises(UsageError, match="do not fit"):
            asked.fitting(nodes)


@pytest.mark.parametrize("bad", [{"workers": 0}, {"threads": -1}, {"address": "ray://head:10001"}, {"address": "head"}])
def test_a_cluster_that_makes_no_sense_is_refused(bad):
    with pytest.raises(UsageError):
        Cluster(**bad)


def test_a_reader_that_starts_again_gets_the_same_shards_and_none_that_is_done():
    async def read() -> list[list[tuple[bool, bytes | None]]]:
        feed = Feed()
        waiting = asyncio.create_task(feed.take(0))
        await asyncio.sleep(0)
        for shard in (b"a", b"b", b"c"):
            await feed.put(shard)
        first = [await waiting, *[await feed.take(number) for number in (1, 2)]]
        early = asyncio.create_task(feed.take(3))
        await feed.done(1)
        await feed.end()
        return [first, [await early], [await feed.take(number) for number in range(4)]]

    there = [(True, b"a"), (True, b"b"), (True, b"c")]
    assert asyncio.run(read()) == [there, [(False, None)], [there[0], (True, None), there[2], (False, None)]]


def jobs(*texts: str) -> bytes:
    return pickle.dumps([batch.Job(text, text, batch.Shape.DOCUMENT, "", text.encode()) for text in texts])


def test_a_worker_loads_once_and_answers_as_the_shard_function_does():
    loads = []
    worker = Worker(lambda: loads.append(1) or batches.tiny(), SETTINGS)
    found = [worker.translate(jobs("The house is big.", ""), 1) for _ in range(2)]
    alone = batch.translate_shard(pickle.loads(jobs("The house is big.", "")), SETTINGS, batches.tiny())
    assert len(loads) == 1
    for answer in pickle.loads(pickle.dumps(found)):
        assert [(one.state, one.outputs) for one in answer.outcomes] == [(one.state, one.outputs) for one in alone]


def test_what_workers_died_of_again_and_again_is_set_aside():
    answer = Worker(lambda: pytest.fail("it is not tried"), SETTINGS).translate(jobs("A man."), TRIES + 1)
    assert [(one.state, one.lasting) for one in answer.outcomes] == [(State.ASIDE, False)]
    assert "died" in answer.outcomes[0].reason


@pytest.mark.parametrize("failure", [ModelMissing("no such model"), ImportError("no such library")])
def test_a_worker_that_cannot_load_says_why(failure):
    def load():
        raise failure

    answer = pickle.loads(pickle.dumps(Worker(load, SETTINGS).translate(jobs("A man."), 1)))
    assert isinstance(answer.failure, DragomanError)
    assert str(failure) in str(answer.failure)


def options(tmp_path: Path, *more: str):
    pair = ["--from", "en", "--to", "ar", "--model", str(batches.TINY), "--no-memory", "--beam", "1", "--quiet"]
    return ["batch", str(tmp_path / "in"), "-o", str(tmp_path / "out"), *pair, *more]


def glossary(tmp_path: Path) -> list[str]:
    terms, rules = tmp_path / "house.csv", tmp_path / "checks.toml"
    terms.write_text("source,target\nhouse,دار\n", encoding="utf-8")
    rules.write_text("[numbers.severities]\nmissing = 'note'\n", encoding="utf-8")
    return ["--glossary", str(terms), "--settings", str(rules)]


def test_a_worker_needs_no_file_of_the_driver_but_the_model(tmp_path):
    given = command.parser().parse_args(options(tmp_path, "--engine", "ray", *glossary(tmp_path)))
    sent = pickle.dumps(lanes.work(given, "en", "ar").load)
    for name in ("house.csv", "checks.toml"):
        (tmp_path / name).unlink()
    issues = pickle.loads(sent)().translate("The house is big.").issues
    assert "terminology.missing" in [issue.code for issue in issues]


def test_a_mistake_in_a_file_is_told_before_anything_is_started(tmp_path, capsys):
    batches.folder(tmp_path / "in", 1)
    (tmp_path / "checks.toml").write_text("[numbers]\nenable = true\n", encoding="utf-8")
    more = ["--engine", "ray", "--settings", str(tmp_path / "checks.toml")]
    assert command.main(options(tmp_path, *more)) == 2
    assert str(tmp_path / "checks.toml") in capsys.readouterr().err


def test_a_worker_with_another_model_or_version_does_nothing(tmp_path, monkeypatch):
    given = command.parser().parse_args(options(tmp_path, "--engine", "ray"))
    load = lanes.work(given, "en", "ar").load
    monkeypatch.setattr("translate.version.VERSION", "0.0.0")
    with pytest.raises(ModelMissing, match=r"version 0\.0\.0, not"):
        load()


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["--workers", "2"], "--engine ray"),
        (["--ray-address", "auto"], "--engine ray"),
        (["--engine", "ray", "--workers", "0"], "workers must be at least 1"),
        (["--engine", "ray", "--ray-address", "ray://head:10001"], "HOST:PORT"),
    ],
)
def test_options_that_make_no_sense_are_refused(tmp_path, capsys, more, told):
    batches.folder(tmp_path / "in", 1)
    assert command.main(options(tmp_path, *more)) == 2
    assert told in capsys.readouterr().err


def test_without_ray_it_is_said_how_to_install_it(tmp_path, monkeypatch):
    given = batches.folder(tmp_path / "in", 1)
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(ExtraMissing, match=r"dragoman\[ray\]"):
        on_ray(given, tmp_path / "out", batches.tiny)


def test_a_cluster_that_does_not_answer_is_told(tmp_path):
    given = batches.folder(tmp_path / "in", 1)
    lane = RayLanes(batches.tiny, Cluster("127.0.0.1:1"), lambda _: None)
    with pytest.raises(NetworkError, match=r"127\.0\.0\.1:1 does not answer"):
        batch.run(batches.asked(given, tmp_path / "out"), batches.tiny, lanes=lambda _: lane)


def on_ray(given: Path, out: Path, load, tell=lambda _: None, stop=None, say=lambda _: None) -> batch.Totals:
    asked = batches.asked(given, out, shard_size=3)
    return batch.run(asked, load, tell=tell, stop=stop, lanes=lambda load: RayLanes(load, Cluster(workers=2), say))


def test_a_killed_worker_costs_nothing_and_the_rest_can_be_done_here(ray, tmp_path):
    given = batches.folder(tmp_path / "in", 60)
    stop = threading.Event()
    events: list[Event] = []
    said: list[str] = []

    def hear(event: Event) -> None:
        events.append(event)
        if sum(one.what == "shard" for one in events) == 12:
            stop.set()

    totals = on_ray(given, tmp_path / "out", batches.Mortal(tmp_path / "grave"), hear, stop, said.append)
    done = [event.data["key"] for event in events if event.what == "document"]
    assert totals.stopped
    assert 36 <= totals.done == len(done) == len(set(done)) < 60
    assert said == ["a worker died: its 3 documents went to another"]
    rest = batch.run(batches.asked(given, tmp_path / "out"), batches.tiny)
    assert (rest.done, rest.unchanged) == (60 - totals.done, totals.done)
    batch.run(batches.asked(given, tmp_path / "undisturbed"), batches.tiny)
    assert batches.files(tmp_path / "out") == batches.files(tmp_path / "undisturbed")


def test_what_was_begun_here_is_finished_on_ray(ray, tmp_path, capsys):
    more = glossary(tmp_path)
    given = batches.folder(tmp_path / "in", 10)
    command.main(options(tmp_path, *more))
    batches.folder(given, 20)
    assert capsys.readouterr() == ("", "")
    command.main(options(tmp_path, *more, "--engine", "ray", "--workers", "1", "--shard-size", "4", "--log-json"))
    out, log = capsys.readouterr()
    end = [json.loads(line) for line in log.splitlines()][-1]
    assert (end["done"], end["unchanged"], out) == (10, 10, "")
    command.main([*options(tmp_path, *more), "-o", str(tmp_path / "undisturbed")])
    assert batches.files(tmp_path / "out") == batches.files(tmp_path / "undisturbed")
