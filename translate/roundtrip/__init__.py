"""Sends texts there and back and compares systems, so that a tester is told a difference from noise."""
