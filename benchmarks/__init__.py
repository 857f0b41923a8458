"""Speed, overhead and alignment, measured; `python -m benchmarks` runs them all."""
