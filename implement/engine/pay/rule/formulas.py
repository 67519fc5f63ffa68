"""The closed set of formulas: each by its name and its figures, as exact decimals, and the curve it stands for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from implement.engine.attainment import (
    Curve,
    CurveFault,
    NotWritable,
    accelerator,
    decelerator,
    linear,
    threshold_cliff,
    threshold_continuous,
    write_knots,
)
from implement.engine.pay.entry import NoDecimal, read_decimal

FORMULAS: Mapping[str, tuple[Callable[..., Curve], int]] = {
    "linear": (linear, 0),
    "threshold": (threshold_continuous, 1),
    "cliff": (threshold_cliff, 1),
    "accelerator": (accelerator, 2),
    "decelerator": (decelerator, 2),
}
"""What makes the curve, and how many figures it takes: t; t; m and cap; floor and factor. `knots` takes pairs."""
KNOTS = "knots"


class NoFormula(ValueError):
    """No formula of the set, or figures that make no curve; the argument says which."""


@dataclass(frozen=True)
class Formula:
    """A formula by name with its figures as decimal strings; knots are written x, y, x, y …"""

    name: str = "linear"
    figures: tuple[str, ...] = ()

    @cached_property
    def curve(self) -> Curve:
        """The curve; raises NoFormula, also where a knot has no end as a decimal."""
        try:
            numbers = [read_decimal(figure) for figure in self.figures]
            made = self._make(numbers)
            write_knots(made)
        except (NoDecimal, CurveFault, NotWritable, ValueError) as fault:
            raise NoFormula(self.name) from fault
        return made

    def _make(self, numbers: list[Fraction]) -> Curve:
        if self.name == KNOTS and len(numbers) % 2 == 0:
            return Curve(tuple(zip(numbers[::2], numbers[1::2], strict=True)))
        make, count = FORMULAS.get(self.name, (linear, -1))
        if len(numbers) != count:
            raise NoFormula(self.name)
        return make(*numbers)
