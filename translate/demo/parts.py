"""Small pieces of HTML that several tabs show: an embedded report, a link to a download, a progress bar."""

from __future__ import annotations

from markupsafe import Markup

from translate.demo import words
from translate.serving import Desk

# A report is asked for its language from outside, which its own switch need not know of: see page.js. It is told
# whether the page is dark, too, as it knows only what the system wishes: see tabs.js.
# Links within it would lead to this page, whose address is what a frame of this kind goes by (a base of its own is not
# allowed): they are told the frame's own.
_LISTENS = """
<script>
addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#"]');
  if (!link) return;
  event.preventDefault();
  location.hash = link.getAttribute("href");
});
addEventListener("message", ({ data }) => {
  const button = document.getElementById("language");
  if (button) button.hidden = true;
  if ((data === "ar" || data === "en") && data !== document.documentElement.lang) button?.click();
  if (!data?.light) return;
  document.documentElement.style.colorScheme = data.light;
  for (const rule of [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])) {
    if (!rule.media || !(rule.asked ??= rule.media.mediaText).includes("prefers-color-scheme")) continue;
    rule.media.mediaText = data.light === "dark" ? "screen" : "not all";
  }
});
</script>
"""


def iframe(html: str, title: str, height: str = "80vh") -> Markup:
    """One of our self-contained report pages, shut off from this page: it may run its own script and reach nothing.

    `title` is a key of the texts: what the frame is called to those who hear it. `height` is a CSS length. The report
    follows the page's language.
    """
    english, arabic = words.TEXTS[title]
    listening = html.replace("</body>", f"{_LISTENS}</body>", 1) if html.count("</body>") == 1 else html + _LISTENS
    return Markup(
        '<iframe class="report" sandbox="allow-scripts allow-popups" referrerpolicy="no-referrer" loading="lazy"'
        ' data-title-en="{}" data-title-ar="{}" title="{}" style="height: {}" srcdoc="{}"></iframe>'
    ).format(english, arabic, english, height, listening)


def download_link(
    desk: Desk, data: bytes, name: str, media_type: str, session: str, text: Markup | str | None = None
) -> Markup:
    """A link to a file that the shelf keeps for a while for this session; `text` (default: its name) is what it says.

    Raises TooLarge for a file that the shelf cannot keep.
    """
    token = desk.shelf.put(data, name, media_type, owner=session)
    said = Markup('<bdi dir="ltr">{}</bdi>').format(name) if text is None else text
    return Markup('<a class="download" href="/download/{}" download="{}">{}</a>').format(token, name, said)


def progress(done: int, total: int, what: str, seconds: float) -> Markup:
    """How far work is: a bar and a line; `what` is counted ("sentence", "file"). While it shows, Stop does, too."""
    line = words.both(f"{done:,} of {total:,} · {seconds:,.0f} s", f"{done:,} من {total:,} · {seconds:,.0f} ث")
    return Markup(
        '<div class="progress" data-working><progress max="{}" value="{}" aria-label="{}"></progress>'
        '<span role="status" class="line">{}</span></div>'
    ).format(max(1, total), min(done, total), what, line)
