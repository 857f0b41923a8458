import asyncio

import pytest

from translate.demo.context import Notice, PageContext, Sessions
from translate.errors import InputError
from translate.serving import Desk, Limits, Models
from translate.serving.stop import current


@pytest.fixture
def page():
    desk = Desk(Models(offline=True), Limits(active=1, waiting=1))
    yield PageContext(desk)
    desk.close()


def collected(watching, until=None):
    async def gather():
        found = []
        async for one in watching:
            found.append(one)
            if until is not None and one == until:
                break
        await watching.aclose()
        return found

    return asyncio.run(gather())


def kinds(found):
    return [one.kind if isinstance(one, Notice) else one for one in found]


def test_what_work_yields_comes_after_a_notice(page):
    assert kinds(collected(page.watch("s", "read", lambda: iter([1, 2])))) == ["working", 1, 2]
    assert len(page.sessions) == 0


def test_an_error_is_told_in_both_languages_and_does_not_leave(page):
    def work():
        yield 1
        raise InputError("there is nothing here")

    found = collected(page.watch("s", "read", work))
    assert kinds(found) == ["working", 1, "error"]
    assert "There is nothing here." in found[-1].html and 'lang="ar"' in found[-1].html
    assert found[-1].ended and "data-working" not in found[-1].__html__()


def test_a_fault_of_ours_is_logged_and_not_told(page, caplog):
    def work():
        raise ValueError("/secret")
        yield

    found = collected(page.watch("s", "read", work))
    assert kinds(found) == ["working", "error"] and "/secret" not in found[-1].html
    assert "/secret" in caplog.text


def endless():
    while True:
        current().check()
        yield "more"


def test_stop_ends_the_work_with_a_notice(page):
    async def stopped():
        found = []
        async for one in page.watch("s", "read", endless):
            found.append(one)
            if len(found) == 3:
                page.sessions.stop("s", "read")
        return found

    found = asyncio.run(stopped())
    assert found[-1].kind == "stopped"


def test_newer_work_of_the_same_tab_ends_the_older_silently(page):
    async def both():
        older = page.watch("s", "read", endless)
        assert (await anext(older)).kind == "working"
        assert await anext(older) == "more"
        newer = page.watch("s", "read", lambda: iter(["new"]))
        assert (await anext(newer)).kind == "working"
        assert all(one == "more" for one in [one async for one in older])
        return [one async for one in newer]

    assert asyncio.run(both())[-1] == "new"
    assert len(page.sessions) == 0


def test_a_watch_that_is_closed_frees_its_slot(page):
    collected(page.watch("s", "read", endless), until="more")

    async def freed():
        for _ in range(100):
            if page.desk.status().active == 0:
                return True
            await asyncio.sleep(0.02)
        return False

    assert asyncio.run(freed())


def test_a_page_that_is_closed_is_forgotten(page):
    token = page.desk.shelf.put(b"data", "a.txt", "text/plain", owner="s")
    other = page.desk.shelf.put(b"data", "b.txt", "text/plain", owner="t")
    stop = page.sessions.begin("s", "read")
    page.leave("s")
    assert stop.asked and page.desk.shelf.get(token) is None and page.desk.shelf.get(other) is not None


def test_sessions_do_not_stop_each_other():
    sessions = Sessions()
    one, other, elsewhere = sessions.begin("s", "read"), sessions.begin("s", "check"), sessions.begin("t", "read")
    sessions.stop("s", "read")
    sessions.stop("nobody", "read")
    assert [one.asked, other.asked, elsewhere.asked] == [True, False, False]
