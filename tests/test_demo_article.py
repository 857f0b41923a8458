import pytest
from gradio import Blocks

from translate.demo import article, parts
from translate.demo.article import Asked, _asked
from translate.demo.context import PageContext
from translate.errors import InputError, LanguageError, TooLarge
from translate.serving import Desk, Limits, Models

ENGLISH = "The library will stay until June before it sails south to two small islands."
ARABIC = "ستبقى المكتبة حتى يونيو قبل أن تبحر جنوبًا إلى جزيرتين صغيرتين."


@pytest.fixture(scope="module")
def page(tiny_en_ar_model, tiny_ar_en_model):
    models = Models(offline=True)
    for pair, folder in ((("en", "ar"), tiny_en_ar_model), (("ar", "en"), tiny_ar_en_model)):
        own = Models(model=folder, offline=True)
        own.prepare([pair])
        models._own.update(own._own)
    desk = Desk(models, Limits(characters=500))
    yield PageContext(desk)
    desk.close()


def asked(text="", direction="auto", file=""):
    return Asked(text, direction, file, None, "s")


@pytest.mark.parametrize(
    ("text", "direction", "pair"),
    [
        (ENGLISH, "auto", ("en", "ar")),
        (ARABIC, "auto", ("ar", "en")),
        (ENGLISH, "en-ar", ("en", "ar")),
        (ENGLISH, "ar-en", ("ar", "en")),
    ],
)
def test_pair(page, text, direction, pair):
    one = asked(text, direction)
    assert one.pair(page, one.document(page)) == pair


@pytest.mark.parametrize(
    ("text", "direction"),
    [("Библиотека останется здесь до июня, а затем отправится на юг.", "auto"), (ENGLISH, "en-fr"), (ENGLISH, "../..")],
)
def test_what_is_not_served_is_told(page, text, direction):
    one = asked(text, direction)
    with pytest.raises(LanguageError):
        one.pair(page, one.document(page))


@pytest.mark.parametrize(
    ("one", "error"),
    [
        (asked("  \n "), InputError),
        (asked(ENGLISH, file="no-such-token"), InputError),
        (asked("word " * 200), TooLarge),
    ],
)
def test_what_cannot_be_read_is_told(page, one, error):
    with pytest.raises(error):
        one.document(page)


def test_a_file_goes_before_the_text(page):
    token = page.desk.shelf.put(f"<p>{ENGLISH}</p><script>alert(1)</script>".encode(), "news.html", "text/html", "s")
    one = asked("other", file=token)
    assert [block.text for block in one.document(page).blocks] == [ENGLISH]
    assert one.name(page) == "news" and asked("other").name(page) == "article"


@pytest.mark.parametrize(
    "options", [None, [], "x", {"file": 3, "model": ["a"], "direction": {"a": 1}}, {"model": None}]
)
def test_what_a_browser_sends_may_be_anything(options):
    assert _asked("text", options, None) == Asked("text", "auto", "", None, "")


def test_the_form_offers_every_pair_and_greys_what_is_not_here(page):
    html = article.options_html(page, "read")
    assert 'value="auto" checked' in html and 'value="en-ar"' in html and 'value="ar-en"' in html
    assert "من الإنجليزية إلى العربية" in html
    away = [choice for choice in page.desk.models.choices("en", "ar") if not choice.here]
    assert away
    for choice in away:
        assert f'value="{choice.name}" disabled' in html
        assert choice.command.replace("'", "&#39;") in html and choice.licence in html


def test_the_form_is_built_in_blocks(page):
    with Blocks():
        form = article.build(page, "read", go="read_go")
    assert form.go.elem_id == "read-go" and form.text.elem_id == "read-text" and form.examples == ()


def test_a_report_is_shut_off_and_cannot_leave_its_attribute():
    html = str(parts.iframe('<html><head></head><body>"></iframe><script>alert(1)</script></body></html>', "read_tab"))
    assert html.count("<iframe") == html.count("</iframe>") == 1
    assert 'sandbox="allow-scripts allow-popups"' in html and "allow-same-origin" not in html
    assert "<script" not in html


def test_a_download_waits_on_the_shelf_and_names_are_escaped(page):
    link = parts.download_link(page.desk, b"data", '"><b>.txt', "text/plain", "s")
    token = str(link).split("/download/")[1].split('"')[0]
    assert page.desk.shelf.get(token).data == b"data"
    assert "<b>" not in link
    page.leave("s")
    assert page.desk.shelf.get(token) is None


def test_progress_shows_stop_and_counts():
    bar = parts.progress(3, 0, "sentence", 2.4)
    assert "data-working" in bar and 'max="1"' in bar and "3 of 0" in bar
