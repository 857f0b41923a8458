"""The page: a reader's view of translations in the browser, in Arabic and English, made with Gradio."""

from translate.demo.frame import mount

__all__ = ["mount"]
