"""cxreport serve."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("serve", short_help="Build, show in the browser, rebuild on every change.")
@click.option("-c", "--config", "path", default="config.yaml", type=click.Path(path_type=Path), show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option("--open/--no-open", "browse", default=False, help="Open the browser.")
def command(path: Path, port: int, browse: bool) -> None:
    """The last good site stays up while a rebuild runs; an error is shown in the page. Ctrl-C ends it."""
    import webbrowser

    from cxreport.cli.show import stderr
    from cxreport.serve import Workshop

    console = stderr()
    workshop = Workshop(path, say=lambda text: console.print(text, markup=False))
    workshop.rebuild()
    with workshop.server(port) as url:
        console.print(f"Serving {url} (Ctrl-C ends it)", markup=False)
        if browse:
            webbrowser.open(url)
        try:
            workshop.watch()
        except KeyboardInterrupt:
            console.print("Stopped.")
