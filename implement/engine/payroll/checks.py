"""What must hold for any file that goes to payroll: one number for each person, each amount once, no sign lost."""

import re
from collections import defaultdict
from collections.abc import Iterator

from implement.engine.payroll.faults import PayrollFault
from implement.engine.payroll.run import PayrollRow, PayrollRun

RUN_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_.-]{0,79}")
PERSONNEL_NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z._/-]{0,39}")
MOST_MINOR = 10**15 - 1
MOST_ROWS = 1_000_000
LONGEST_TEXT = 255
TEXT_COLUMNS = ("personnel_number", "name", "wage_type", "cost_centre")


def find_payroll_faults(run: PayrollRun, encoding: str = "utf-8") -> list[PayrollFault]:
    """Everything that keeps the run from going out in this encoding, in the order of its rows."""
    faults = [] if RUN_ID.fullmatch(run.run_id) else [PayrollFault(None, "run_id", "run_unnamed")]
    if len(run.rows) > MOST_ROWS:
        faults.append(PayrollFault(None, "rows", "too_many_rows", (str(MOST_ROWS),)))
    people_of, numbers_of = defaultdict[str, set[str]](set), defaultdict[str, list[str]](list)
    for row in run.rows:
        people_of[row.personnel_number].add(row.person_id)
        numbers_of[row.person_id].append(row.personnel_number)
    seen: set[tuple[str, str, str]] = set()
    for place, row in enumerate(run.rows, start=1):
        faults += _find_number_faults(place, row, people_of[row.personnel_number], numbers_of[row.person_id][0])
        faults += _find_unwritable(place, row, encoding)
        key = (row.personnel_number, row.wage_type, row.cost_centre)
        if key in seen:
            faults.append(PayrollFault(place, "wage_type", "row_repeated", key[:2]))
        seen.add(key)
        if abs(row.amount_minor) > MOST_MINOR:
            faults.append(PayrollFault(place, "amount", "amount_too_large"))
    return faults


def _find_number_faults(place: int, row: PayrollRow, people: set[str], first_number: str) -> Iterator[PayrollFault]:
    number = row.personnel_number
    if not number.strip():
        yield PayrollFault(place, "personnel_number", "number_missing")
    elif not PERSONNEL_NUMBER.fullmatch(number):
        yield PayrollFault(place, "personnel_number", "number_unfit", (number,))
    elif len(people) > 1:
        yield PayrollFault(place, "personnel_number", "number_shared", (number,))
    elif first_number.strip() and number != first_number:
        yield PayrollFault(place, "personnel_number", "number_changes", (first_number,))


def _find_unwritable(place: int, row: PayrollRow, encoding: str) -> Iterator[PayrollFault]:
    for column in TEXT_COLUMNS:
        text = str(getattr(row, column))
        if len(text) > LONGEST_TEXT:
            yield PayrollFault(place, column, "text_too_long", (str(LONGEST_TEXT),))
        if any(sign < " " or sign == "\x7f" for sign in text):
            yield PayrollFault(place, column, "not_one_line")
        try:
            text.encode(encoding)
        except UnicodeEncodeError as error:
            sign = error.object[error.start]
            shown = sign if sign.isprintable() else ascii(sign)[1:-1]
            yield PayrollFault(place, column, "not_in_encoding", (shown, encoding))
