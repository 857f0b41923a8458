"""The registry of checks, their settings, and what a review makes of their findings."""

import string
from pathlib import Path

import pytest

from translate import quality
from translate.document import Issue, Severity
from translate.errors import InputError, UsageError
from translate.quality import CHECKS, Pair, review, weight
from translate.quality.check import Check

GOOD = Pair(
    "The mayor said on Monday that 12 houses burned.", "قال رئيس البلدية يوم الاثنين إن 12 منزلا احترق.", "en", "ar"
)


def placeholders(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_every_message_is_there_in_both_languages(check: Check) -> None:
    for kind, message in check.messages.items():
        assert placeholders(message.english) == placeholders(message.arabic), kind
        assert message.english.endswith(".") and message.arabic.endswith(".")


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_every_kind_and_limit_is_in_the_settings(check: Check) -> None:
    rule = quality.settings()[check.name]
    assert set(rule.severities) == set(check.messages)
    assert set(rule.limits) == set(check.limits)


def test_names_are_there_once_and_the_settings_hold_no_others() -> None:
    names = [check.name for check in CHECKS]
    assert len(names) == len(set(names))
    assert set(quality.settings()) == set(names)


def test_a_good_translation_has_no_issue() -> None:
    assert review(GOOD, quality.settings()) == ()


def test_errors_come_first_and_codes_begin_with_the_check() -> None:
    looping = Pair(
        "The bridge is closed.", "الجسر مغلق الجسر مغلق الجسر مغلق الجسر مغلق الجسر مغلق الجسر مغلق.", "en", "ar"
    )
    issues = review(looping, quality.settings())
    assert [issue.severity.rank for issue in issues] == sorted(issue.severity.rank for issue in issues)
    assert any(issue.code.startswith("repetition.") for issue in issues)


def test_a_book_on_one_line_is_not_checked_as_a_sentence() -> None:
    book = Pair("At 5 they left. " * 2000, "غادروا الساعة 6. " * 2000, "en", "ar")
    assert [issue.code for issue in review(book, quality.settings())] == ["length.unchecked"]


def test_a_user_can_switch_checks_and_severities(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[repetition]\nenabled = false\n[negation.severities]\nlost = "off"\n', "utf-8")
    settings = quality.settings(own)
    assert not settings["repetition"].enabled
    assert settings["negation"].severities["lost"] is None
    assert settings["negation"].severities["added"] is quality.settings()["negation"].severities["added"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[nubmers]\nenabled = true", "there is no check nubmers"),
        ("[repetition]\nenable = true", "repetition has no enable"),
        ('[repetition]\nenabled = "yes"', "repetition.enabled must be true or false"),
        ('[repetition.severities]\nlop = "error"', "repetition.severities has no lop"),
        ('[repetition.severities]\nloop = "fatal"', "repetition.severities.loop must be one of off, error"),
        ("[repetition.limits]\nexces = 1", "repetition.limits has no exces"),
        ('[repetition.limits]\nexcess = "two"', "repetition.limits.excess must be a number"),
        ("repetition = 3", "repetition must be a table"),
        ("[repetition]\nseverities = 3", "repetition.severities must be a table"),
    ],
)
def test_mistakes_in_the_settings_are_named(tmp_path: Path, text: str, said: str) -> None:
    own = tmp_path / "own.toml"
    own.write_text(text, "utf-8")
    with pytest.raises(UsageError, match=said.replace(".", r"\.")):
        quality.settings(own)


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text("[nubmers]\n[repetition]\nenable = true\n", "utf-8")
    with pytest.raises(UsageError, match=r"2 mistake.*nubmers.*enable"):
        quality.settings(own)


@pytest.mark.parametrize("content", [b"[repetition", b"\xff\xfe", None])
def test_settings_that_cannot_be_read(tmp_path: Path, content: bytes | None) -> None:
    own = tmp_path / "own.toml"
    if content is not None:
        own.write_bytes(content)
    with pytest.raises(InputError, match="cannot be read"):
        quality.settings(own)


def test_weight_puts_one_error_before_three_warnings() -> None:
    error, warning = (Issue("a.b", severity, "", "") for severity in (Severity.ERROR, Severity.WARNING))
    assert weight([error]) > weight([warning] * 3) > weight([warning]) > weight([]) == 0
