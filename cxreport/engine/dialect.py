"""Narwhals on Spark, completed: what it lacks there, and what means something else there than in Polars."""

from __future__ import annotations

from typing import Any, Final

_UNICODE: Final = "(?U)"
"""Makes `\\w`, `\\d`, `\\s`, `\\b` and `(?i)` of Java know all scripts, as they do in Polars."""


def complete() -> None:
    """Give Narwhals' Spark expressions `dt.timestamp`, and patterns that mean what they mean in Polars."""
    from narwhals._spark_like.expr_dt import SparkLikeExprDateTimeNamespace as Times
    from narwhals._spark_like.expr_str import SparkLikeExprStringNamespace as Strings
    from narwhals._sql.expr_str import SQLExprStringNamespace as Base

    def timestamp(self: Any, time_unit: str) -> Any:
        functions = self.compliant._F
        return self.compliant._with_elementwise({"ms": functions.unix_millis, "us": functions.unix_micros}[time_unit])

    def contains(self: Any, pattern: Any, *, literal: bool) -> Any:
        if literal:
            return Base.contains(self, pattern, literal=True)
        functions = self.compliant._F
        asked = (
            self.compliant.__narwhals_namespace__().lit(pattern, dtype=None) if isinstance(pattern, str) else pattern
        )
        return self.compliant._with_elementwise(
            lambda text, told: functions.rlike(text, functions.concat(functions.lit(_UNICODE), told)),
            expression_args={"told": asked},
        )

    def replace_all(self: Any, value: Any, pattern: str, *, literal: bool) -> Any:
        return Base.replace_all(self, value, pattern if literal else _UNICODE + pattern, literal=literal)

    for namespace, method in ((Times, timestamp), (Strings, contains), (Strings, replace_all)):
        setattr(namespace, method.__name__, method)
