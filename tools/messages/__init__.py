"""Catalogues of translations (`locale/*.po`), kept in step with the texts that the code says.

`python -m tools.messages` adds what is new to each catalogue, without a translation, and drops what is said no more;
`tests/docs` fails while one is out of step or unfinished.
"""
