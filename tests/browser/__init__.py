"""Tests in a real browser: what is shown cannot run, and the web page does what its readers need."""
