"""Scales of satisfaction and effort: how many points they have, and which end is good."""

from __future__ import annotations

from dataclasses import dataclass

import narwhals as nw

from cxreport.api import Predicate, message

LOW_IS_GOOD = " low is good"
EITHER_WAY = " direction not stated"
UNSTATED = "0"


@dataclass(frozen=True)
class Scale:
    """A scale from 1 to `points`; 0 points means that the export does not state it."""

    points: int
    low_is_good: bool = False
    known: bool = True
    """Whether it is known which end is the good one."""

    @classmethod
    def parse(cls, text: str) -> Scale:
        """The scale that `column` wrote."""
        points = text.partition(" ")[0]
        return cls(int(points), text.endswith(LOW_IS_GOOD), not text.endswith(EITHER_WAY))

    @property
    def fault(self) -> str:
        """Why nothing can be computed on it; empty where something can."""
        if not self.points:
            return message("the scale of the answers is not stated")
        return "" if self.known else message("it is not stated which end of the scale is good")

    def best(self, boxes: int) -> tuple[int, int]:
        """The lowest and highest number of the best `boxes` answers."""
        return (1, boxes) if self.low_is_good else (self.points - boxes + 1, self.points)

    def worst(self, boxes: int) -> tuple[int, int]:
        """The lowest and highest number of the worst `boxes` answers."""
        return (self.points - boxes + 1, self.points) if self.low_is_good else (1, boxes)


def column(top: str, metric: str, either_way: int = -1) -> nw.Expr:
    """The scale of each record as text: `5`, `5 low is good`, or `5 direction not stated`.

    `top` is the column with the last number of the scale. Which end is good is known of the record's main score
    (`metric`), to which `rating_reversed` belongs; of other scores high is taken to be good, except on scales of
    `either_way` points.
    """
    number = nw.col(top).cast(nw.Int64)
    points = number.cast(nw.String).fill_null(UNSTATED)
    main = (nw.col("metric") == metric).fill_null(value=False)
    turned, doubtful = main & nw.col("rating_reversed"), ~main & (number == either_way).fill_null(value=False)
    suffixed = nw.when(doubtful).then(nw.concat_str(points, nw.lit(EITHER_WAY))).otherwise(points)
    return nw.when(turned).then(nw.concat_str(points, nw.lit(LOW_IS_GOOD))).otherwise(suffixed)


def on_scale(population: Predicate, top: str, metric: str, scale: Scale) -> Predicate:
    """The records of a population whose answers are on one scale."""
    points = population.where((top, "eq", scale.points) if scale.points else (top, "is_null", None))
    if not scale.known:
        return points.where(("metric", "ne", metric))
    return points.where(("metric", "eq", metric), ("rating_reversed", "eq", True)) if scale.low_is_good else points


def boxes(population: Predicate, value: str, ends: tuple[int, int]) -> Predicate:
    """The records of a population whose answer lies between two boxes, both included."""
    return population.where((value, "ge", ends[0]), (value, "lt", ends[1] + 1))
