"""Measurements of speed, size and accuracy, and how they compare with vaderSentiment.

`make qualify` runs all of them and prints a table for `docs/benchmarks.md`; `python -m benchmarks.scale` and
`python -m benchmarks.text` run one. Nothing here is part of the test suite, for nothing here is quick.
"""
