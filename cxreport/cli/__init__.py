"""The command line. Commands import what they need when they run, so that `--help` stays light."""

from __future__ import annotations

from cxreport.cli.main import main

__all__ = ["main"]
