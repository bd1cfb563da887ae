"""Coding by hand: drawing a sample, the sheets people fill in, and what their codes say about the classifiers."""
