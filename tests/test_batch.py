"""Batches: what is written, what is done again and what is not, what is set aside, and that nothing depends on luck."""

import json
import os
import pickle
import shutil
import signal
import threading
from pathlib import Path

import docx
import pytest

from tests import batches
from translate import api, batch
from translate.batch import Event, State
from translate.errors import DragomanError, InputError, UsageError

PARAGRAPH = "The minister spoke in Cairo. Two men left the house."


@pytest.fixture(scope="module")
def translator() -> api.Translator:
    return batches.tiny()


@pytest.fixture
def run(translator: api.Translator, tmp_path: Path):
    """Runs a batch into tmp_path/out; gives totals, and notes events in `run.events`."""

    def do(inputs, out: Path = tmp_path / "out", **changes) -> batch.Totals:
        do.events = []
        return batch.run(batches.asked(inputs, out, **changes), lambda: translator, tell=do.events.append)

    do.events = []
    do.out = tmp_path / "out"
    return do


def reasons(events: list[Event]) -> dict[str, str]:
    return {event.data["key"]: event.data["reason"] for event in events if event.what == "set_aside"}


def translated(events: list[Event]) -> list[str]:
    return sorted(event.data["key"] for event in events if event.what == "document")


def source(tmp_path: Path, **texts: str) -> Path:
    """A folder with files; "__" in a name stands for a dot, "--" cannot be said."""
    found = tmp_path / "in"
    for name, text in texts.items():
        path = found / name.replace("__", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return found


def test_each_document_comes_back_in_its_own_form_and_place(run, translator, tmp_path):
    given = source(tmp_path, a__txt=PARAGRAPH, b__html=f"<p><b>{PARAGRAPH}</b></p>", c__md="# A man\n\n**Good** book.")
    (given / "عربي" / "deep").mkdir(parents=True)
    (given / "عربي" / "deep" / "خبر.txt").write_text(PARAGRAPH, encoding="utf-8")
    totals = run(given)
    found = batches.files(run.out)
    assert sorted(found) == ["a.txt", "b.html", "c.md", "عربي/deep/خبر.txt"]
    assert found["a.txt"].decode() == translator.translate(PARAGRAPH).text
    assert found["b.html"].decode() == translator.translate(f"<p><b>{PARAGRAPH}</b></p>").html
    assert found["عربي/deep/خبر.txt"] == found["a.txt"]
    assert (totals.done, totals.aside, totals.unchanged) == (4, 0, 0)


def test_headlines_in_capitals_learn_from_their_own_document_alone(run, translator, tmp_path):
    texts = {
        "a__txt": "SMITH SPOKE IN CAIRO\n\nThe minister met Smith in the house on Monday and they spoke.\n",
        "b__txt": "SMITH SPOKE IN CAIRO\n\nA man is a smith in the big house and the smith is good.\n",
    }
    run(source(tmp_path, **texts))
    for name, text in texts.items():
        file = name.replace("__", ".")
        assert batches.files(run.out)[file].decode() == translator.translate(text).text


@pytest.mark.parametrize("size", [1, 2, 7, 100])
def test_outputs_do_not_depend_on_the_shards(run, tmp_path, size):
    given = batches.folder(tmp_path / "in", 12)
    run(given, tmp_path / "one")
    run(given, tmp_path / "other", shard_size=size)
    assert batches.files(tmp_path / "one") == batches.files(tmp_path / "other")


def test_a_second_run_does_nothing_and_loads_nothing(run, tmp_path):
    given = batches.folder(tmp_path / "in", 10)
    run(given)
    before = batches.files(run.out)
    asked = batches.asked(given, run.out)
    totals = batch.run(asked, lambda: pytest.fail("a model was loaded for nothing"))
    assert (totals.done, totals.unchanged) == (0, 10)
    assert batches.files(run.out) == before


def test_a_run_that_changes_nothing_leaves_the_report(run, tmp_path):
    given, out = batches.folder(tmp_path / "in", 3), tmp_path / "out"
    run(given)
    reports = [out / "report.html", out / "report.json"]
    written = [path.read_bytes() for path in reports]
    run(given)
    assert [path.read_bytes() for path in reports] == written
    for path in reports:
        path.unlink()
        run(given)
        assert path.exists()
    (given / "00" / "a001.txt").unlink()
    run(given)
    data = json.loads(reports[1].read_text("utf-8"))
    assert data["run"]["removed"] == ["00/a001.txt"] and data["totals"]["documents"] == 2


def test_a_report_that_a_kill_left_unwritten_is_written_by_the_next_run(run, tmp_path, monkeypatch):
    given, out = batches.folder(tmp_path / "in", 3), tmp_path / "out"
    run(given)
    (given / "00" / "a001.txt").write_text(batches.article(77), "utf-8")
    with monkeypatch.context() as patch:
        patch.setattr("translate.batch.report.write_json", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            run(given)
    assert run(given).done == 0
    assert json.loads((out / "report.json").read_text("utf-8"))["run"]["unchanged"] == 3


def test_only_what_changed_is_done_again(run, tmp_path):
    given = batches.folder(tmp_path / "in", 40)
    run(given)
    for number in (3, 17):
        path = given / f"{number // 10:02}" / f"a{number:03}.txt"
        stat = path.stat()
        path.write_text(batches.article(number).replace("This is", "That is"), encoding="utf-8")
        os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))  # its size and time are as before
    totals = run(given)
    assert translated(run.events) == ["00/a003.txt", "01/a017.txt"]
    assert (totals.done, totals.unchanged, totals.sentences) == (2, 38, 10)


def test_a_touched_document_is_not_done_again(run, tmp_path):
    given = batches.folder(tmp_path / "in", 3)
    run(given)
    for path in given.rglob("*.txt"):
        path.touch()
    assert (run(given).done, run(given).unchanged) == (0, 3)


@pytest.mark.parametrize("change", [{"identity": "other"}, {"format": "html"}, {"fresh": True}])
def test_other_settings_do_all_of_it_again(run, tmp_path, change):
    given = batches.folder(tmp_path / "in", 3)
    run(given)
    assert run(given, **change).done == 3


def test_a_lost_output_is_made_again(run, tmp_path):
    given = batches.folder(tmp_path / "in", 3)
    run(given)
    (run.out / "00" / "a001.txt").unlink()
    assert (run(given).done, translated(run.events)) == (1, ["00/a001.txt"])


def test_what_is_no_longer_there_is_told_and_its_output_left(run, tmp_path):
    given = batches.folder(tmp_path / "in", 3)
    run(given)
    (given / "00" / "a001.txt").unlink()
    assert run(given).removed == ["00/a001.txt"]
    assert (run.out / "00" / "a001.txt").exists()
    assert "a001.txt" in (run.out / "report.html").read_text("utf-8")
    assert len(json.loads((run.out / "report.json").read_text("utf-8"))["documents"]) == 2


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("spaces.txt", b"  \n ", "empty"),
        ("wide.txt", "The minister spoke.".encode("utf-16-le"), "UTF-16"),
        ("broken.txt", "The café is ÿ €".encode() + b"\xff\x81\xfe", "UTF-8"),
        ("picture.html", b"\x89PNG\r\n\x1a\n", "picture"),
        ("arabic.txt", "قال الوزير إن الحرب انتهت في المدينة أمس.".encode(), "does not look like English"),
        (
            "french.txt",
            (
                "Le ministre a parlé hier au Caire avec le président de la république, et les hommes sont partis de "
                "la maison avant la nuit."
            ).encode(),
            "looks like French",
        ),
        ("none.srt", b"1\n\n", "no subtitles"),
        ("table.csv", b"id,body\n1,The house is big.\n", "--column"),
        ("zip.docx", b"PK\x03\x04 and nothing", "ZIP"),
    ],
)
def test_one_document_is_set_aside_and_the_rest_is_done(run, tmp_path, name, data, reason):
    given = source(tmp_path, good__txt=PARAGRAPH)
    (given / name).write_bytes(data)
    totals = run(given)
    assert reason in reasons(run.events)[name]
    assert (totals.done, totals.aside, totals.all_aside) == (1, 1, 1)
    assert sorted(batches.files(run.out)) == ["good.txt"]
    report = json.loads((run.out / "report.json").read_text("utf-8"))
    assert report["documents"][0] == {**report["documents"][0], "key": name, "state": "set aside", "output": None}
    again = run(given)
    assert (again.done, again.aside, again.unchanged, again.all_aside) == (0, 0, 2, 1)
    assert run(given, retry=True).aside == 1
    (given / name).write_bytes(b"1\n00:00:01,000 --> 00:00:02,000\nGood.\n" if name.endswith("srt") else b"Good book.")
    if not name.endswith(("csv", "docx")):
        assert run(given).all_aside == 0


def test_a_large_file_is_set_aside_unread(run, tmp_path):
    given = source(tmp_path, good__txt=PARAGRAPH)
    with (given / "large.txt").open("wb") as file:
        file.truncate(200 * 2**20)
    assert run(given).done == 1
    assert "200 MiB" in reasons(run.events)["large.txt"]


def test_what_cannot_be_opened_is_tried_each_time(run, tmp_path):
    given = source(tmp_path, good__txt=PARAGRAPH)
    (given / "gone.txt").symlink_to(given / "nothing.txt")
    assert run(given).aside == 1
    (given / "nothing.txt").write_text(PARAGRAPH, encoding="utf-8")
    totals = run(given)
    assert (totals.done, totals.all_aside) == (2, 0)


def test_what_cannot_be_written_is_set_aside_and_tried_again(run, tmp_path):
    given = source(tmp_path, a__txt=PARAGRAPH, b__txt=PARAGRAPH)
    (run.out / "a.txt").mkdir(parents=True)  # a folder stands where the file should
    assert run(given).done == 1
    assert "cannot write" in reasons(run.events)["a.txt"]
    (run.out / "a.txt").rmdir()
    totals = run(given)
    assert (totals.done, totals.unchanged, totals.all_aside) == (1, 1, 0)


def test_a_full_disk_sets_aside_what_does_not_fit(run, tmp_path, monkeypatch):
    """No test may fill a disk, so the operating system's answer stands in for one."""
    given = source(tmp_path, a__txt=PARAGRAPH, b__txt=PARAGRAPH)
    real, times = os.fsync, []

    def full(number: int) -> None:
        times.append(number)
        if len(times) == 1:
            raise OSError(28, "No space left on device")
        real(number)

    monkeypatch.setattr(os, "fsync", full)
    assert run(given).done == 1
    assert "no space left" in reasons(run.events)["a.txt"]
    assert run(given).done == 1
    assert not list((run.out / ".dragoman" / "partial").iterdir())


def test_fail_fast_ends_at_the_first(run, tmp_path):
    given = source(tmp_path, a__txt=PARAGRAPH, b__txt="")
    with pytest.raises(InputError, match=r"b\.txt was set aside: .*empty"):
        run(given, fail_fast=True)


def test_a_document_that_the_engine_fails_on_does_not_take_others_with_it(translator, monkeypatch):
    class Failing:
        models = translator.models

        def together(self, documents):
            for document in documents:
                if any("poison" in block.text for block in document.blocks):
                    raise RuntimeError("the engine fell over")
            return translator.together(documents)

    texts = ["The house is big.", "This is poison.", "A man."]
    jobs = [batch.Job(str(i), str(i), batch.Shape.DOCUMENT, "", text.encode()) for i, text in enumerate(texts)]
    found = batch.translate_shard(jobs, batch.Settings("en", "ar"), Failing())
    assert [one.state for one in found] == [State.DONE, State.ASIDE, State.DONE]
    assert "fell over" in found[1].reason
    assert not found[1].lasting


def test_a_shard_and_its_outcome_can_be_sent_to_another_machine(translator):
    jobs = [batch.Job("a", "a", batch.Shape.DOCUMENT, "", b"The house is big."), batch.Job("b#1", "b", "csv", "", b"")]
    sent = pickle.loads(pickle.dumps((jobs, batch.Settings("en", "ar"))))
    found = batch.translate_shard(*sent, translator)
    assert pickle.loads(pickle.dumps(found)) == found


def test_the_output_folder_may_lie_in_the_input_folder(run, tmp_path):
    given = batches.folder(tmp_path / "in", 3)
    for _ in range(2):
        totals = run(given, given / "out")
    assert (totals.files, totals.unchanged) == (3, 3)
    assert sorted(batches.files(given / "out")) == ["00/a000.txt", "00/a001.txt", "00/a002.txt"]


def test_translations_may_stand_beside_reports_in_the_folder_that_is_read(run, tmp_path):
    given = source(tmp_path, report__html="<p>The house is big.</p>")
    run(given)
    assert sorted(batches.files(run.out)) == ["article-report.html"]


def test_names_that_would_meet_keep_their_endings(run, tmp_path):
    given = source(tmp_path, a__txt=PARAGRAPH, a__md=PARAGRAPH, b__md=PARAGRAPH, c__html="<p>Good book.</p>")
    run(given, format="html")
    assert sorted(batches.files(run.out)) == ["a.md.html", "a.txt.html", "b.html", "c.html"]
    assert b'dir="rtl"' in batches.files(run.out)["b.html"]


def test_links_to_files_are_read_and_links_to_folders_are_not(run, tmp_path):
    given = source(tmp_path, a__txt=PARAGRAPH)
    (given / "b.txt").symlink_to(given / "a.txt")
    (given / "round").symlink_to(given, target_is_directory=True)
    (given / ".hidden.txt").write_text(PARAGRAPH)
    (given / "notes.xyz").write_text("no document")
    totals = run(given)
    assert (totals.done, totals.passed_over) == (2, 1)


def test_several_inputs_keep_apart(run, tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(PARAGRAPH)
    (tmp_path / "single.dat").write_text(PARAGRAPH)
    run([tmp_path / "one", tmp_path / "two", tmp_path / "single.dat"])
    assert sorted(batches.files(run.out)) == ["one/a.txt", "single.dat", "two/a.txt"]
    with pytest.raises(UsageError, match="both be written"):
        run([tmp_path / "one" / "a.txt", tmp_path / "two" / "a.txt"])
    with pytest.raises(InputError, match="does not exist"):
        run(tmp_path / "three")


def test_word_documents_come_back_as_word_documents(run, tmp_path):
    given = source(tmp_path, a__txt=PARAGRAPH)
    word = docx.Document()
    word.add_paragraph("The house is big.")
    word.save(str(given / "w.docx"))
    run(given)
    assert "المنزل" in docx.Document(str(run.out / "w.docx")).paragraphs[0].text


def test_a_stopped_run_is_gone_on_with(run, translator, tmp_path):
    given = batches.folder(tmp_path / "in", 30)
    stop = threading.Event()
    stopped = batch.run(
        batches.asked(given, run.out, shard_size=2),
        lambda: translator,
        tell=lambda event: stop.set() if event.what == "shard" else None,
        stop=stop,
    )
    assert stopped.stopped
    assert 2 <= stopped.done < 30
    assert len(batches.files(run.out)) == stopped.done
    totals = run(given)
    assert (totals.done, totals.unchanged) == (30 - stopped.done, stopped.done)
    run(given, tmp_path / "undisturbed")
    assert batches.files(run.out) == batches.files(tmp_path / "undisturbed")


def test_the_report_names_the_worst_first(run, tmp_path):
    given = source(tmp_path, a__txt="A man.", b__txt="It was 1,250 men, 77 women and 3,000 books in 1998.", c__txt="")
    run(given)
    found = json.loads((run.out / "report.json").read_text("utf-8"))
    errors = [one["errors"] for one in found["documents"][1:]]
    assert found["documents"][0]["key"] == "c.txt"
    assert errors == sorted(errors, reverse=True)
    assert found["totals"]["documents"] == 3
    page = (run.out / "report.html").read_text("utf-8")
    assert page.index("c.txt") < page.index("b.txt") < page.index("a.txt")
    assert 'dir="rtl"' in page


def test_a_failure_to_load_is_told(tmp_path):
    given = source(tmp_path, a__txt=PARAGRAPH)

    def fail() -> api.Translator:
        raise UsageError("no such model")

    with pytest.raises(DragomanError, match="no such model"):
        batch.run(batches.asked(given, tmp_path / "out"), fail)


def test_killed_five_times_it_ends_as_if_nothing_had_happened(run, tmp_path):
    given = batches.folder(tmp_path / "in", 30)
    line = batches.command(given, tmp_path / "out", "--shard-size", "2", "--log-json", "--beam", "1")
    for number in range(5):
        process = batches.start(line)
        try:
            seen = 0
            for event in map(json.loads, process.stderr):
                seen += event["event"] == "shard"
                if seen > number % 3 or event["event"] == "end":
                    break
        finally:
            process.kill()
            process.wait()
        for data in batches.files(tmp_path / "out").values():
            assert data.decode().count("\n\n") == 2  # whole
    process = batches.start(line)
    _, log = process.communicate(timeout=60)
    assert process.returncode == 0, log
    end = json.loads(log.splitlines()[-1])
    assert end["done"] + end["unchanged"] == 30
    shutil.rmtree(tmp_path / "undisturbed", ignore_errors=True)
    run(given, tmp_path / "undisturbed")
    assert batches.files(tmp_path / "out") == batches.files(tmp_path / "undisturbed")


def test_sigterm_ends_in_order_and_a_second_run_at_once_is_refused(tmp_path):
    given = batches.folder(tmp_path / "in", 200)
    line = batches.command(given, tmp_path / "out", "--shard-size", "1", "--log-json", "--beam", "4")
    process = batches.start(line)
    for event in map(json.loads, process.stderr):
        if event["event"] == "shard":
            break
    second = batches.start(line)
    _, told = second.communicate(timeout=60)
    assert second.returncode == 2
    assert "another run is at work" in told
    process.send_signal(signal.SIGTERM)
    _, log = process.communicate(timeout=60)
    assert process.returncode == 130
    end = json.loads(log.splitlines()[-1])
    assert end["stopped"]
    assert len(batches.files(tmp_path / "out")) == end["done"] < 200
