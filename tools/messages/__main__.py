"""Bring every catalogue into step with the code, and say what waits for a translation."""

from __future__ import annotations

import sys

from tools.messages.catalogues import LANGUAGES, catalogues


def main() -> None:
    """Write the catalogues whose names are given, or all; print how many texts have no translation yet."""
    names = set(sys.argv[1:])
    for language in LANGUAGES:
        for catalogue in catalogues(language):
            if names and catalogue.name not in names:
                continue
            catalogue.path.parent.mkdir(exist_ok=True)
            catalogue.path.write_bytes(catalogue.written().encode())
            if waiting := catalogue.waiting():
                print(f"{catalogue.name}: {len(waiting)} of {len(catalogue.texts)} without a translation")


if __name__ == "__main__":
    main()
