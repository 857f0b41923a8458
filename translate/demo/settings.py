"""Puts a tab's own settings into the article's form, where they are read and reached: before the button."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import gradio as gr

from translate.demo.article import ArticleForm


@contextmanager
def beside(form: ArticleForm, elem_id: str) -> Iterator[None]:
    """What is built within stands between the form's options and its button, for the eye and for the keys."""
    row = form.go.parent
    column = row.parent if row is not None else None
    if row is None or column is None:
        raise ValueError("the form is not in a column of its own")
    with column, gr.Row(elem_id=elem_id, elem_classes=["settings"]) as made:
        yield
    column.children.remove(made)
    column.children.insert(column.children.index(row), made)
