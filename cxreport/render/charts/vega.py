"""The script side of charts: Vega's runtime from vl-convert, and compiled specifications, as classic scripts.

A page works without them. Nothing is vendored by hand and nothing is fetched: the runtime is bundled at build time
from the modules inside vl-convert, with the expression interpreter, so that it runs under a content security policy
without `unsafe-eval`. Specifications are Vega, compiled here, so that Vega-Lite need not be shipped.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version as distribution_version
from typing import Any

from cxreport.render.charts.errors import ChartError
from cxreport.render.charts.spec import INNER
from cxreport.render.charts.svg import slug
from cxreport.render.charts.tokens import Tokens

MODULE = "https://cdn.jsdelivr.net/npm/{}/+esm"
"""How vl-convert names the modules that it carries; it never fetches one."""
INTERPRETER = "vega-interpreter@2.0.0"
NOTICE = """/*! Vega {version} and the parts it is made of, bundled by vl-convert.
Vega: Copyright (c) 2015-2023, University of Washington Interactive Data Lab. All rights reserved. BSD-3-Clause:
Redistribution and use in source and binary forms, with or without modification, are permitted provided that the
following conditions are met: 1. Redistributions of source code must retain the above copyright notice, this list of
conditions and the following disclaimer. 2. Redistributions in binary form must reproduce the above copyright notice,
this list of conditions and the following disclaimer in the documentation and/or other materials provided with the
distribution. 3. Neither the name of the copyright holder nor the names of its contributors may be used to endorse or
promote products derived from this software without specific prior written permission. THIS SOFTWARE IS PROVIDED BY
THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO,
THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE DISCLAIMED. IN NO EVENT SHALL THE
COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES; LOSS OF USE, DATA, OR PROFITS; OR
BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT
(INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE OF THIS SOFTWARE, EVEN IF ADVISED OF THE
POSSIBILITY OF SUCH DAMAGE. It includes D3 (Copyright 2010-2023 Mike Bostock), ISC: Permission to use, copy, modify,
and/or distribute this software for any purpose with or without fee is hereby granted, provided that the above
copyright notice and this permission notice appear in all copies. */
"""


@cache
def bundle() -> str:
    """A classic script that defines `cxreport.vega` with `View`, `parse` and `expressionInterpreter`.

    Raises `ChartError` where the installed vl-convert carries other modules than expected.
    """
    import vl_convert

    version = vl_convert.get_vega_version()
    snippet = (
        f'import {{View, parse}} from "{MODULE.format(f"vega@{version}")}";'
        f'import {{expressionInterpreter}} from "{MODULE.format(INTERPRETER)}";'
        "window.cxreport = window.cxreport || {};"
        "window.cxreport.vega = {View, parse, expressionInterpreter};"
    )
    try:
        script = vl_convert.javascript_bundle(snippet)
    except BaseException as error:  # a Rust panic is no Exception
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        what = f"vl-convert {distribution_version('vl-convert-python')} carries no {INTERPRETER} for Vega {version}"
        raise ChartError("vega.js", f"{what}: {error}.", "Install vl-convert-python 1.9.") from error
    return f"{NOTICE.format(version=version)}(function () {{\n{script}\n}})();\n"


def compiled(spec: Mapping[str, Any], anchor: str, tokens: Tokens) -> dict[str, Any]:
    """A checked specification (of `spec.specification`) as Vega, painted with the page's custom properties.

    The hatch refers to the pattern of the still drawing of the same exhibit.
    """
    import vl_convert

    try:
        vega: dict[str, Any] = vl_convert.vegalite_to_vega(dict(spec))
    except ValueError as error:
        raise ChartError(anchor, f"could not be compiled: {str(error).strip().splitlines()[0]}") from error
    _quieten(vega)
    paints = {light: f"var(--{name})" for light, name in tokens.paints.items()}
    painted: dict[str, Any] = _replaced(vega, {**paints, tokens.hatch: f"url(#{slug(anchor)}-wide-hatch)"})
    return painted


def responsive(spec: Mapping[str, Any]) -> bool:
    """Whether a drawing answers the pointer at all: a tooltip or a parameter somewhere in it."""
    if "params" in spec or "tooltip" in spec.get("encoding", {}):
        return True
    parts = [part for key in INNER for part in _listed(spec.get(key, ()))]
    return any(map(responsive, parts))


def _listed(value: Any) -> list[Any]:
    return [value] if isinstance(value, dict) else list(value)


def _quieten(vega: dict[str, Any]) -> None:
    """Marks without a tooltip let the pointer through to those below, unless the chart has behaviour of its own."""
    if any("on" in signal for signal in vega.get("signals", ())):
        return
    pending = list(vega.get("marks", ()))
    while pending:
        mark = pending.pop()
        pending.extend(mark.get("marks", ()))
        if "marks" not in mark and "tooltip" not in mark.get("encode", {}).get("update", {}):
            mark["interactive"] = False


def _replaced(value: Any, words: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return words.get(value, value)
    if isinstance(value, dict):
        return {key: _replaced(inner, words) for key, inner in value.items()}
    return [_replaced(inner, words) for inner in value] if isinstance(value, list) else value


def spec_script(anchor: str, spec: Mapping[str, Any], tokens: Tokens) -> str:
    """A classic script that hands the compiled specification of an exhibit to `enliven.js`."""
    name, body = script_json(anchor), script_json(compiled(spec, anchor, tokens))
    return f"window.cxreport=window.cxreport||{{}};(cxreport.specs=cxreport.specs||{{}})[{name}]={body};\n"


def script_json(value: Any) -> str:
    """JSON that may stand anywhere in a script: customer text cannot end it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text
