"""Writes the first page of a batch's report: what became of each file, with links to its translation and its report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote

from translate.document import ModelUse, Severity
from translate.render import frame
from translate.render.batch_data import Outcome


def page(outcomes: Sequence[Outcome], *, made: datetime | None = None) -> str:
    """The page, whose links lead to files beside it; `made` (default: now) is the time that it shows."""
    models: dict[str, ModelUse] = {use.name: use for one in outcomes for use in one.models}
    codes = Counter((flaw.issue.severity, flaw.issue.code) for one in outcomes for flaw in one.flaws)
    return frame.render(
        "batch.html.j2",
        made=made,
        outcomes=outcomes,
        done=sum(one.state == "done" for one in outcomes),
        sentences=sum(one.sentences for one in outcomes),
        errors=sum(one.count(Severity.ERROR) for one in outcomes),
        warnings=sum(one.count(Severity.WARNING) for one in outcomes),
        severity=Severity,
        codes=sorted(codes.items(), key=lambda item: (item[0][0].rank, -item[1], item[0][1])),
        sides={code: frame.side(code) for one in outcomes for code in one.languages or ()},
        models=[("", model) for model in models.values()],
        shows_preview=any(model.preview for model in models.values()),
        link=lambda path: quote(path),
    )
