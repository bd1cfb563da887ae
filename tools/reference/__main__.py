"""Write the reference pages of `docs/`."""

from __future__ import annotations

from pathlib import Path

from tools.reference import commands, configuration, context, measures, shipped

DOCS = Path(__file__).parents[2] / "docs"


def pages() -> dict[str, str]:
    """File name in `docs/` → its text."""
    found = shipped.registry()
    return {
        "assessments.md": context.write_assessments(),
        "commands.md": commands.write(),
        "configuration.md": configuration.write(found),
        "context.md": context.write_context(),
        "measures.md": measures.write(found),
        "recommendations.md": context.write_recommendations(),
    }


def main() -> None:
    """Write every page that is out of date, and say which."""
    for name, text in pages().items():
        path = DOCS / name
        if not path.is_file() or path.read_text("utf-8") != text:
            path.write_bytes(text.encode())
            print(path.relative_to(DOCS.parent).as_posix())


if __name__ == "__main__":
    main()
