"""What goes to the payroll office: one row per person and wage type of one closed run."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class PayrollRow:
    """One amount for one person; `person_id` tells people apart, the personnel number is what payroll knows them by."""

    person_id: str
    personnel_number: str
    name: str
    wage_type: str
    amount_minor: int
    cost_centre: str = ""


@dataclass(frozen=True)
class PayrollRun:
    """All rows of a run; `month` is the first day of the month that is paid for."""

    run_id: str
    month: date
    currency: str
    minor_digits: int
    rows: tuple[PayrollRow, ...]

    @property
    def total_minor(self) -> int:
        """The control total."""
        return sum(row.amount_minor for row in self.rows)


@dataclass(frozen=True)
class PayrollFile:
    """One file: its name, which follows from the run alone, and its bytes."""

    name: str
    content: bytes


def write_amount(minor: int, minor_digits: int, mark: str = ".") -> str:
    """An amount in whole units of the currency with all its decimals."""
    whole, rest = divmod(abs(minor), 10**minor_digits)
    sign = "-" if minor < 0 else ""
    return f"{sign}{whole}{mark}{rest:0{minor_digits}d}" if minor_digits else f"{sign}{whole}"
