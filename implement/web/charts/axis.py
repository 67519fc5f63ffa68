"""The marks of an axis: round values over what is drawn, and how they are written side by side."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from implement.web.charts.canvas import nice_steps
from implement.web.charts.chart import Number
from implement.web.texts import number, share, shown, shown_alike

MOST_DECIMALS = 4
COUNTED_KINDS = frozenset({"number", "money", "minutes"})


def find_marks(low: float, high: float, kind: str, values: Iterable[Number | None]) -> list[float]:
    """Round numbers from at most low to at least high; whole ones where all values are: there is no half a client."""
    is_counted = kind in COUNTED_KINDS and all(value is None or isinstance(value, int) for value in values)
    return nice_steps(low, high, only_whole=is_counted)


def say_marks(marks: Sequence[float], kind: str, currency: str = "EUR") -> list[str]:
    """The marks in words, each as exact as its neighbours: 0 %, 2.5 %, 5 % and never 3 % for 2.5."""
    if kind == "share":
        decimals = _decimals([mark * 100 for mark in marks])
        return [share(Decimal(repr(mark)), decimals) for mark in marks]
    if kind == "number":
        return [number(mark, _decimals(marks)) for mark in marks]
    whole = [round(mark) if kind == "money" or mark == round(mark) else mark for mark in marks]
    return shown_alike(whole, kind, currency) if kind == "money" else [shown(mark, kind, currency) for mark in whole]


def _decimals(marks: Sequence[float]) -> int:
    """As many decimals as the finest mark needs."""
    found = (n for n in range(MOST_DECIMALS) if all(abs(mark - round(mark, n)) < 1e-9 for mark in marks))
    return next(found, MOST_DECIMALS)
