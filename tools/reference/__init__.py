"""Reference pages of `docs/`, written from declarations: options, commands, measures.

`python -m tools.reference` writes them; `tests/docs` fails while a page differs from what the code declares.
"""
