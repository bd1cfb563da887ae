"""Serve: a loopback server over the built site that tells open pages to reload, or shows what went wrong."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cxreport.build import build
from cxreport.model.problem import CxreportError
from cxreport.plan import Plan, make_plan
from cxreport.progress import Meter

PREFIX = "/__cxreport__"
SCRIPT = """\
(function () {
  var key = 'cxreport-scroll:' + location.pathname, seen = null;
  var kept = sessionStorage.getItem(key);
  if (kept) { sessionStorage.removeItem(key); window.scrollTo(0, Number(kept)); }
  function overlay(text) {
    var box = document.getElementById('cxreport-problem');
    if (!text) { if (box) { box.remove(); } return; }
    if (!box) {
      box = document.createElement('pre'); box.id = 'cxreport-problem'; box.setAttribute('role', 'alert');
      document.body.prepend(box);
    }
    box.textContent = text;
  }
  function ask() {
    fetch('/__cxreport__/state?' + (seen === null ? '' : seen)).then(function (r) { return r.json(); })
      .then(function (state) {
        overlay(state.problem);
        if (seen !== null && state.version !== seen && !state.problem) {
          sessionStorage.setItem(key, String(window.scrollY)); location.reload(); return;
        }
        seen = state.version; ask();
      }, function () { setTimeout(ask, 1000); });
  }
  ask();
})();
"""
STYLE = """\
#cxreport-problem{position:sticky;top:0;z-index:9;margin:0;padding:1rem 1.25rem;
background:#1a1c20;color:#fcfbf8;
font:15px/1.5 ui-monospace,monospace;white-space:pre-wrap;border-bottom:5px solid #d17a2c}
"""
INJECT = (
    b'<link rel="stylesheet" href="/__cxreport__/live.css"><script defer src="/__cxreport__/live.js"></script></body>'
)
WAIT = 20.0


class State:
    """Which build the browser should be showing, and the problem of the last attempt."""

    def __init__(self) -> None:
        self.version = 0
        self.problem = ""
        self.changed = threading.Condition()

    def set(self, problem: str = "") -> None:
        """A build ended: good (a new version) or not (a problem)."""
        with self.changed:
            self.version += 1
            self.problem = problem
            self.changed.notify_all()

    def wait(self, seen: int | None) -> dict[str, Any]:
        """The state, as soon as it differs from `seen`, or after a while."""
        with self.changed:
            if seen == self.version:
                self.changed.wait(WAIT)
            return {"version": self.version, "problem": self.problem}


class Workshop:
    """One project being worked on."""

    def __init__(self, config: Path, say: Callable[[str], None]) -> None:
        self.config, self.say, self.state = config, say, State()
        self.site = config.resolve().parent / "site"
        self.plan: Plan | None = None

    def rebuild(self) -> bool:
        """Build once; a failure is kept for the page and leaves the last good site."""
        meter = Meter()
        try:
            self.plan = make_plan(self.config, str(self.config))
            self.site = self.plan.output
            build(self.plan, meter)
        except CxreportError as error:
            return self._failed(str(error))
        except Exception as error:  # whatever a plugin does, the server goes on
            return self._failed(
                f"{type(error).__name__}: {error}. This was not foreseen; see `cxreport --traceback build`."
            )
        self.say(f"built in {sum(cost.seconds for cost in meter.costs):.1f} s")
        self.state.set()
        return True

    def _failed(self, problem: str) -> bool:
        self.say(f"error: {problem}")
        self.state.set(problem)
        return False

    def watch(self, stop: threading.Event | None = None) -> None:
        """Rebuild whenever a file of the project changes, until `stop`."""
        from watchfiles import watch

        for _ in watch(self.config.resolve().parent, watch_filter=self._matters, stop_event=stop):
            self.rebuild()

    def _matters(self, _: object, path: str) -> bool:
        base = self.config.resolve().parent
        parts = Path(path).relative_to(base).parts if Path(path).is_relative_to(base) else ()
        ignored = {self.site.name, f".{self.site.name}.old", ".cxreport", ".git", ".venv", "__pycache__"}
        return bool(parts) and parts[0] not in ignored and "__pycache__" not in parts

    @contextmanager
    def server(self, port: int) -> Iterator[str]:
        """Serve on loopback; yields the address."""
        handler = partial(Handler, self)
        server = ThreadingHTTPServer(("127.0.0.1", port), handler)
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            server.server_close()


class Handler(SimpleHTTPRequestHandler):
    """Static files of the site, with the reload script added to its pages."""

    def __init__(self, workshop: Workshop, *args: Any) -> None:
        self.workshop = workshop
        super().__init__(*args, directory=str(workshop.site))

    def do_GET(self) -> None:
        """Answer one request."""
        path, _, query = self.path.partition("?")
        if path == f"{PREFIX}/state":
            seen = int(query) if query.isdigit() else None
            self._send(json.dumps(self.workshop.state.wait(seen)).encode(), "application/json")
        elif path == f"{PREFIX}/live.js":
            self._send(SCRIPT.encode(), "text/javascript; charset=utf-8")
        elif path == f"{PREFIX}/live.css":
            self._send(STYLE.encode(), "text/css; charset=utf-8")
        else:
            self._page()

    def _page(self) -> None:
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        if file.suffix == ".html" and file.is_file():
            self._send(file.read_bytes().replace(b"</body>", INJECT), "text/html; charset=utf-8")
        elif self.path.partition("?")[0] in ("/", "/index.html"):
            self._send(
                b"<!DOCTYPE html><html lang=en><title>cxreport</title><body>" + INJECT,
                "text/html; charset=utf-8",
            )
        else:
            super().do_GET()

    def _send(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Requests are nobody's news."""
