"""Reductions within what the law lets a month's pay fall by (R2)."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import cast

from implement.engine.pay.entry import read_decimal
from implement.engine.pay.frozen import freeze_plan
from implement.engine.pay.plan import Terms
from implement.engine.pay.reading import read_plan
from implement.engine.pay.rule.terms import Plain
from implement.engine.pay.writing import price_plan

FINEST = 10**12
ANY_MONEY = Terms("XXX")


def limit_reductions(entry: Mapping[str, Plain], share: Decimal) -> dict[str, Plain]:
    """The entry with caps so low that all its reductions together take at most this share of what was reached.

    The pay of a month is never less than its variable part, so the share of the month's pay is kept as well, whatever
    the base pay is. Nothing is raised; a cap is rounded down.
    """
    lines = cast(list[dict[str, Plain]], entry.get("reductions") or [])
    bare = {name: value for name, value in entry.items() if name != "reductions"}
    if not lines:
        return dict(bare)
    (pay,) = price_plan(read_plan(freeze_plan(ANY_MONEY, [bare])))
    left, kept = Fraction(share) * pay.blended, list[Plain]()
    for line in lines:
        wanted = min(int(str(line["count"])) * read_decimal(str(line["each"])), read_decimal(str(line["cap"])))
        taken = min(wanted, left)
        left -= taken
        kept.append(dict(line) if taken == wanted else {**line, "cap": _floor(taken)})
    return {**bare, "reductions": kept}


def _floor(share: Fraction) -> str:
    """As a decimal with at most twelve places, never above it."""
    whole, rest = divmod(share.numerator * FINEST // share.denominator, FINEST)
    return f"{whole}.{rest:012}"
