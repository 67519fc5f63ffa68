"""One sheet of person, target, actual and variable amount: read whole or not at all, priced as a simulation.

A row is a target of a person with its own variable amount; it pays V · min(actual / target, 1). Beside what a row would
pay stands what was paid, where the sheet says so: paid without the target met, and met without pay.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from implement.engine.exchange.headers import name_likeness
from implement.engine.pay.entry import MOST_MINOR
from implement.engine.pay.scan import Json
from implement.engine.pay.sheet_numbers import AMBIGUOUS, find_mark, read_decimal

Row = Mapping[str, object]
LEAST_LIKENESS_PERCENT = 45
LONGEST_NAME = 200
LONGEST_NUMBER = 60
NEEDED = ("person", "target", "actual", "variable")
FIELDS: dict[str, tuple[str, ...]] = {
    "person": (
        "person", "employee", "name", "employee name", "salesperson", "sales agent", "team", "mitarbeiter",
        "mitarbeiterin", "vorname name", "pracownik", "imie i nazwisko", "handlowiec", "сотрудник", "фио", "имя",
    ),
    "number": (
        "personnel number", "employee number", "employee id", "staff number", "personalnummer", "personal nr",
        "numer pracownika", "nr ewidencyjny", "табельныи номер",
    ),
    "target": (
        "target", "goal", "quota", "plan", "targeted productivity", "ziel", "zielwert", "soll", "cel", "norma", "план",
        "цель",
    ),
    "actual": (
        "actual", "result", "achieved", "actual productivity", "ist", "istwert", "ergebnis", "wykonanie", "wynik",
        "realizacja", "факт", "результат",
    ),
    "variable": (
        "variable amount", "variable pay", "variable", "bonus", "incentive", "provision", "variabler betrag", "pramie",
        "kwota zmienna", "premia", "премия", "переменная часть", "бонус",
    ),
    "paid": ("paid", "paid so far", "payout", "gezahlt", "ausgezahlt", "wyplacono", "выплачено"),
}  # fmt: skip
NUMERIC = ("target", "actual", "variable", "paid")

SHEET_FAULT_TEXTS = {
    "no_rows": "The table has no rows.",
    "column_missing": "No column is chosen for this.",
    "person_missing": "The person is missing.",
    "too_long": "The text is too long.",
    "actual_missing": "The actual is missing; what is missing is never taken for 0.",
    "number_missing": "A number is missing here.",
    "number_unreadable": "{0} is not a number.",
    "number_ambiguous": "{0} may be a thousand or little more than one: write it without a separator for thousands.",
    "negative": "{0} is below 0.",
    "target_zero": "A target of 0 cannot be divided by; leave the row out, or set a target.",
    "amount_too_fine": "{0} has smaller parts than the currency.",
    "amount_too_large": "{0} is too large.",
    "number_changes": "The same personnel number stands beside two names: {0}.",
}


@dataclass(frozen=True)
class SheetFault:
    """What keeps the sheet from being priced: row (1-based, header not counted), field, reason."""

    row: int | None
    field: str
    code: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class SheetRow:
    """One target of a person; amounts in minor units, `paid_minor` None where the sheet does not say."""

    row: int
    person: str
    number: str
    target: Decimal
    actual: Decimal
    variable_minor: int
    paid_minor: int | None

    @property
    def is_met(self) -> bool:
        """True when the target was reached."""
        return self.actual >= self.target


@dataclass(frozen=True)
class Sheet:
    """All rows and all faults; it is priced only when there are none."""

    rows: tuple[SheetRow, ...]
    faults: tuple[SheetFault, ...]


@dataclass(frozen=True)
class PaidBeside:
    """What was paid beside what was reached: rows that say so, paid below target, met without pay."""

    told: int
    paid_unmet: int
    met_unpaid: int


def propose_sheet_columns(header: Sequence[str]) -> dict[str, str]:
    """Say for each field which column holds it, the surest pairs first; where one column says what was paid as an
    incentive, it is both the amount at stake and the amount paid, unless another fits.
    """
    ranked = sorted(
        (-name_likeness(column, words), place, field, column)
        for place, (field, words) in enumerate(FIELDS.items())
        for column in header
    )
    chosen: dict[str, str] = {}
    for likeness, _place, field, column in ranked:
        if -100 * likeness >= LEAST_LIKENESS_PERCENT and field not in chosen and column not in chosen.values():
            chosen[field] = column
    return chosen


def read_sheet(rows: Sequence[Row], columns: Mapping[str, str], minor_digits: int = 2) -> Sheet:
    """Read rows (column → text) by the chosen columns (field → column); every fault is collected."""
    if not rows:
        return Sheet((), (SheetFault(None, "person", "no_rows"),))
    missing = [SheetFault(None, field, "column_missing") for field in NEEDED if not columns.get(field)]
    if missing:
        return Sheet((), tuple(missing))
    marks = {field: find_mark([_cell(row, columns[field]) for row in rows]) for field in NUMERIC if columns.get(field)}
    reader = _Reader(columns, minor_digits, marks, [])
    read = [reader.read(number, row) for number, row in enumerate(rows, start=1) if any(_cell(row, c) for c in row)]
    found = [one for one in read if one is not None]
    faults = [*reader.faults, *_find_shared_numbers(found)]
    return Sheet(tuple(found), tuple(sorted(faults, key=lambda fault: (fault.row or 0, fault.field, fault.code))))


def write_sheet_entries(rows: Sequence[SheetRow]) -> list[dict[str, Json]]:
    """The entries of a plan, one for each row: the whole weight on its target, linear and capped at it (M126)."""
    return [
        {
            "id": f"row {one.row}",
            "variable_minor": one.variable_minor,
            "items": [
                {
                    "kpi": "target", "weight_bp": 10_000, "target": _write(one.target), "actual": _write(one.actual),
                    "lower_is_better": False, "curve": [["0", "0"], ["1", "1"]],
                }
            ],
        }
        for one in rows
    ]  # fmt: skip


def hold_beside(rows: Sequence[SheetRow]) -> PaidBeside:
    """Count what was paid below the target, and what was met and not paid, over the rows that say what was paid."""
    told = [one for one in rows if one.paid_minor is not None]
    counts = Counter((one.is_met, bool(one.paid_minor)) for one in told)
    return PaidBeside(len(told), counts[False, True], counts[True, False])


@dataclass
class _Reader:
    """Reads rows and keeps their faults."""

    columns: Mapping[str, str]
    minor_digits: int
    marks: Mapping[str, str]
    faults: list[SheetFault]

    def read(self, number: int, row: Row) -> SheetRow | None:
        """One row, or None with its faults kept."""
        before = len(self.faults)
        person = " ".join(self._text(row, "person").split())
        if not person:
            self._report(number, "person", "person_missing")
        staff_number = self._text(row, "number")
        if len(person) > LONGEST_NAME or len(staff_number or person) > LONGEST_NUMBER:
            self._report(number, "person", "too_long")
        target, actual = self._number(number, row, "target"), self._number(number, row, "actual")
        if target == 0:
            self._report(number, "target", "target_zero")
        variable = self._amount(number, row, "variable")
        paid = self._amount(number, row, "paid") if self.columns.get("paid") and self._text(row, "paid") else None
        if len(self.faults) > before or target is None or actual is None or variable is None:
            return None
        return SheetRow(number, person, staff_number or person, target, actual, variable, paid)

    def _text(self, row: Row, field: str) -> str:
        return _cell(row, self.columns.get(field, ""))

    def _number(self, number: int, row: Row, field: str) -> Decimal | None:
        text = self._text(row, field)
        found = read_decimal(text, self.marks.get(field, "")) if text else None
        if not text:
            self._report(number, field, "actual_missing" if field == "actual" else "number_missing")
        elif found is None:
            code = "number_ambiguous" if AMBIGUOUS.fullmatch(text) else "number_unreadable"
            self._report(number, field, code, text[:LONGEST_NUMBER])
        elif found < 0:
            self._report(number, field, "negative", text)
            return None
        return found

    def _amount(self, number: int, row: Row, field: str) -> int | None:
        found = self._number(number, row, field)
        if found is None:
            return None
        minor = found.scaleb(self.minor_digits)
        if minor != minor.to_integral_value():
            self._report(number, field, "amount_too_fine", str(found))
        elif minor > MOST_MINOR:
            self._report(number, field, "amount_too_large", str(found))
        else:
            return int(minor)
        return None

    def _report(self, number: int, field: str, code: str, *values: str) -> None:
        self.faults.append(SheetFault(number, field, code, values))


def _find_shared_numbers(rows: Sequence[SheetRow]) -> Iterator[SheetFault]:
    names: dict[str, str] = {}
    for one in rows:
        if names.setdefault(one.number, one.person) != one.person:
            yield SheetFault(one.row, "number", "number_changes", (one.number,))


def _cell(row: Row, column: str) -> str:
    value = row.get(column)
    return "" if value is None else str(value).strip()


def _write(number: Decimal) -> str:
    return f"{number:f}"
