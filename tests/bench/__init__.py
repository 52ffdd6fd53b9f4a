"""Benchmarks: `make bench`. Ratios measured in one run, printed beside what was aimed at."""
