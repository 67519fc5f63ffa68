"""The closed set of formulas, each a curve with a name."""

from fractions import Fraction

from implement.engine.attainment.curves import Curve, Knot

ORIGIN = (Fraction(0), Fraction(0))
FULL = (Fraction(1), Fraction(1))
MOST_PLACES = 12


class NotWritable(ValueError):
    """A knot that no decimal of a plan writes exactly; carries the figure."""


def linear() -> Curve:
    """Pay follows attainment up to the full variable part (M126, the default)."""
    return Curve((ORIGIN, FULL))


def threshold_continuous(threshold: Fraction) -> Curve:
    """Nothing up to the threshold (0 ≤ t < 1), from there in a straight line to the full variable part."""
    _check(0 <= threshold < 1, "threshold", threshold)
    return Curve(((threshold, Fraction(0)), FULL))


def threshold_cliff(threshold: Fraction) -> Curve:
    """Nothing below the threshold (0 < t ≤ 1), on it at once the whole attainment; a page shows the jump."""
    _check(0 < threshold <= 1, "threshold", threshold)
    return _curve((threshold, Fraction(0)), (threshold, threshold), FULL)


def accelerator(multiplier: Fraction, cap: Fraction) -> Curve:
    """Linear up to the target; above it each point counts `multiplier` times, until `cap` (≥ 1) is paid."""
    _check(multiplier > 0, "multiplier", multiplier)
    _check(cap >= 1, "cap", cap)
    return _curve(ORIGIN, FULL, (1 + Fraction(cap - 1, multiplier), cap))


def decelerator(floor: Fraction, factor: Fraction) -> Curve:
    """Linear up to the full variable part, but below `floor` (0–1) only `factor` (0–1) of the attainment."""
    _check(0 < floor <= 1, "floor", floor)
    _check(0 <= factor <= 1, "factor", factor)
    return _curve(ORIGIN, (floor, floor * factor), (floor, floor), FULL)


def write_knots(curve: Curve) -> list[list[str]]:
    """The knots as a plan writes them; raises NotWritable where a figure has no end (cap 2 at multiplier 1.5)."""
    return [[_write(x), _write(y)] for x, y in curve.knots]


def _curve(*knots: Knot) -> Curve:
    """A curve without a knot said twice in a row."""
    return Curve(tuple(knot for place, knot in enumerate(knots) if place == 0 or knot != knots[place - 1]))


def _check(holds: bool, name: str, value: Fraction) -> None:
    if not holds:
        raise ValueError(f"{name} {value}")


def _write(number: Fraction) -> str:
    scaled = number * 10**MOST_PLACES
    if scaled.denominator != 1:
        raise NotWritable(str(number))
    whole, rest = divmod(abs(scaled.numerator), 10**MOST_PLACES)
    sign = "-" if number < 0 else ""
    return f"{sign}{whole}.{rest:0{MOST_PLACES}d}".rstrip("0").rstrip(".")
