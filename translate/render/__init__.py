"""Writes translated documents: HTML, text, Markdown, JSON and the side-by-side report."""
