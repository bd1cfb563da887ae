"""Mutated exports: invented files of every system, damaged in every way that files get damaged, read as a build would.

    python -m benchmarks.fuzz --files 20000 --processes 2

Case number n of a seed is the same on every machine, so a failure is found again by its number.
"""
