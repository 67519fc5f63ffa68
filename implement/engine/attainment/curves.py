"""The one curve behind every formula of variable pay: straight pieces between knots, flat outside, jumps where said."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from math import lcm

Knot = tuple[Fraction, Fraction]  # attainment, payout


class CurveFault(ValueError):
    """Knots that make no curve; carries what is wrong with them."""


@dataclass(frozen=True)
class Jump:
    """An attainment at which the payout leaps; on it the greater of the two holds."""

    attainment: Fraction
    from_payout: Fraction
    to_payout: Fraction


@dataclass(frozen=True)
class Curve:
    """Payout by attainment; knots sorted by attainment, two on the same attainment are a jump."""

    knots: tuple[Knot, ...]

    def __post_init__(self) -> None:
        faults = find_curve_faults(self.knots)
        if faults:
            raise CurveFault(", ".join(faults))

    def payout_at(self, attainment: Fraction) -> Fraction:
        """The payout of an attainment, exactly."""
        scale, xs, ys = self._grid
        numerator, denominator = attainment.numerator * scale, attainment.denominator
        right = bisect_right(xs, numerator // denominator)
        left = right - 1
        if right == 0:
            return self.knots[0][1]
        if xs[left] * denominator == numerator:
            return self._payout_on_knot(left)
        if right == len(xs):
            return self.knots[-1][1]
        run, rise = xs[right] - xs[left], ys[right] - ys[left]
        beyond = numerator - xs[left] * denominator
        return Fraction(ys[left] * run * denominator + rise * beyond, run * denominator * scale)

    @property
    def jumps(self) -> tuple[Jump, ...]:
        """Where a little more is suddenly worth much more, or less; a page that shows the curve shows these."""
        return tuple(
            Jump(x, y, later_y) for (x, y), (later_x, later_y) in pairwise(self.knots) if x == later_x and y != later_y
        )

    @property
    def is_non_decreasing(self) -> bool:
        """True when more attainment never pays less."""
        return all(y <= later_y for (_, y), (_, later_y) in pairwise(self.knots))

    @cached_property
    def _grid(self) -> tuple[int, list[int], list[int]]:
        """The knots as whole numbers over one denominator: comparing whole numbers is what makes this fast."""
        scale = lcm(*(number.denominator for knot in self.knots for number in knot))
        xs, ys = zip(*((int(x * scale), int(y * scale)) for x, y in self.knots), strict=True)
        return scale, list(xs), list(ys)

    def _payout_on_knot(self, last: int) -> Fraction:
        x, y = self.knots[last]
        return max(y, self.knots[last - 1][1]) if last and self.knots[last - 1][0] == x else y


def find_curve_faults(knots: Sequence[Knot]) -> list[str]:
    """What keeps knots from being a curve: `no_knots`, `unsorted`, `crowded` (three on one attainment), `negative`."""
    xs = [x for x, _ in knots]
    faults = {
        "no_knots": not knots,
        "unsorted": any(x > later for x, later in pairwise(xs)),
        "crowded": any(x == third for x, third in zip(xs, xs[2:], strict=False)),
        "negative": any(y < 0 for _, y in knots),
    }
    return [name for name, is_so in faults.items() if is_so]
