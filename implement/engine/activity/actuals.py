"""From days to the actual of a period: two sources side by side, both kept; what is missing is never 0 (M125)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from implement.engine.attainment import measure_attainment, measure_lower_is_better

CRM, REPORTED, BOTH, SETTLED = "crm", "report", "both", "settled"


@dataclass(frozen=True)
class Actual:
    """What is known of one KPI of one person: `value` of the days so far (None before anything is known), its source,
    the working days nothing is known of, and the days on which the two sources differ and nobody has settled it.
    """

    value: int | None
    source: str
    crm: int | None
    reported: int | None
    missing_days: tuple[date, ...] = ()
    conflicts: tuple[date, ...] = ()

    @property
    def is_whole(self) -> bool:
        """True when it may be reckoned with: every day is known, and no conflict is open."""
        return self.value is not None and not self.missing_days and not self.conflicts


def join_days(
    work_days: Collection[date], crm: Mapping[date, int], reported: Mapping[date, int], *, settled: str = ""
) -> Actual:
    """Join both sources day by day. Where they differ the CRM's counts until somebody settles it by naming the source
    that holds (`crm` or `report`).
    """
    known = sorted(crm.keys() | reported.keys())
    differ = tuple(day for day in known if day in crm and day in reported and crm[day] != reported[day])
    first, second = (reported, crm) if settled == REPORTED else (crm, reported)
    value = sum(first[day] if day in first else second[day] for day in known) if known else None
    return Actual(
        value,
        SETTLED if differ and settled else _name_source(crm, reported),
        sum(crm.values()) if crm else None,
        sum(reported.values()) if reported else None,
        tuple(sorted(set(work_days) - set(known))),
        () if settled else differ,
    )


def attain(actual: int | None, target: int | None, *, lower_is_better: bool) -> Fraction | None:
    """The share of the target that was reached; None without an actual, or without a target above 0."""
    if actual is None or not target:
        return None
    measure = measure_lower_is_better if lower_is_better else measure_attainment
    return measure(Fraction(actual), Fraction(target))


def _name_source(crm: Mapping[date, int], reported: Mapping[date, int]) -> str:
    if crm and reported:
        return BOTH
    return CRM if crm else REPORTED if reported else ""
