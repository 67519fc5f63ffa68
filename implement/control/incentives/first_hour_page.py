"""A simulated run in sentences: what it would pay, what was paid beside it, each statement with its formula."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from implement.control.incentives.forms.first_hour import SHEET_LABELS
from implement.control.incentives.service.first_hour import SheetFile, Simulation
from implement.engine.intake import FAULT_TEXTS
from implement.engine.pay.sheet import SHEET_FAULT_TEXTS, PaidBeside, hold_beside
from implement.engine.payroll.simulation import SimulatedRow
from implement.web.texts import _, _n, money, number, share

MOST_SHOWN = 200
PLACES = 4


@dataclass(frozen=True)
class FormulaLine:
    """A row of the sheet as its statement tells it: the numbers, and the formula filled with them."""

    row: int
    target: str
    actual: str
    formula: str
    amount_minor: int


def say_faults(found: SheetFile) -> list[tuple[int | None, str, str]]:
    """Every fault as row, field and sentence; at most 200, with the count of the rest in the last line."""
    said: list[tuple[int | None, str, str]] = [
        (one.row, str(one.column or ""), _(FAULT_TEXTS[one.code]).format(*one.values)) for one in found.unreadable
    ]
    said += [
        (one.row, str(SHEET_LABELS[one.field]), _(SHEET_FAULT_TEXTS[one.code]).format(*one.values))
        for one in found.sheet.faults
    ]
    if found.too_many:
        said.append((None, "", _("A sheet may have at most 20,000 rows.")))
    rest = len(said) - MOST_SHOWN
    return said if rest <= 0 else [*said[:MOST_SHOWN], (None, "", _("and %(rest)d more", rest=rest))]


def say_found(found: SheetFile) -> str:
    """How many rows could be priced, or how many faults stand against it."""
    if found.may_be_simulated:
        return _n("One row can be priced.", "%(num)d rows can be priced.", len(found.sheet.rows))
    count = len(found.sheet.faults) + len(found.unreadable) + found.too_many
    return _n("One fault stands against a simulation.", "%(num)d faults stand against a simulation.", count)


def say_answer(one: Simulation) -> str:
    """What the sheet would pay to how many."""
    total = money(one.run.total_minor, one.run.currency)
    return _n(
        "Simulation, not payable: %(total)s for one person.", "Simulation, not payable: %(total)s for %(num)d people.",
        len(one.statements), total=total,
    )  # fmt: skip


def say_beside(rows: Sequence[SimulatedRow]) -> str:
    """Paid without the target met, and met without pay; empty where the sheet does not say what was paid."""
    beside = hold_beside([one.said for one in rows])
    return _say_beside(beside) if beside.told else ""


def tell_rows(one: Simulation, statement_id: int) -> list[FormulaLine]:
    """One person's rows, each with the formula in words."""
    currency = one.run.currency
    return [
        FormulaLine(
            row.said.row, say_number(row.said.target), say_number(row.said.actual), say_formula(row, currency),
            row.would_pay_minor,
        )
        for row in one.rows_of(statement_id)
    ]  # fmt: skip


def say_formula(row: SimulatedRow, currency: str) -> str:
    """The formula with its numbers, the cap said where it holds, the amount rounded half up."""
    said = row.said
    reached = Fraction(said.actual) / Fraction(said.target)
    shown = {
        "variable": money(said.variable_minor, currency), "actual": say_number(said.actual),
        "target": say_number(said.target), "share": share(reached, 2), "amount": money(row.would_pay_minor, currency),
    }  # fmt: skip
    if reached > 1:
        return _("%(variable)s × 100%% = %(amount)s (%(actual)s of %(target)s is %(share)s; the cap is 100%%)", **shown)
    return _("%(variable)s × %(actual)s / %(target)s (%(share)s) = %(amount)s", **shown)


def say_number(value: Decimal) -> str:
    """A figure with its own decimals, at most four."""
    exponent = value.normalize().as_tuple().exponent
    return number(value, min(PLACES, max(0, -int(exponent))))


def _say_beside(beside: PaidBeside) -> str:
    return _(
        "Of %(told)s rows that say what was paid, %(unmet)s were paid without the target met, and %(unpaid)s met it "
        "without pay.",
        told=number(beside.told), unmet=number(beside.paid_unmet), unpaid=number(beside.met_unpaid),
    )  # fmt: skip
