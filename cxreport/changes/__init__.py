"""Changes between two audits: what may be compared, by how much it differs, and how surely.

The rules are those of methods.md B.10: only what rests on the same rules, classifiers, names and sources is compared;
differences carry an interval and a test, adjusted over everything that is compared; *no change* is a claim of its own
that must be shown by equivalence, not the lack of a significant difference.
"""
