"""What the German payroll programs ask alike: euros and cents, whole numbers for people and wage types, cp1252."""

import re
from collections import Counter
from collections.abc import Iterator

from implement.engine.payroll.faults import PayrollFault
from implement.engine.payroll.run import PayrollRun

ENCODING = "cp1252"
NUMBER = re.compile(r"0{0,4}[1-9][0-9]{0,4}")
WAGE_TYPE = re.compile(r"[1-9][0-9]{0,3}")
COST_CENTRE = re.compile(r"[0-9A-Za-z]{0,13}")


def find_german_faults(run: PayrollRun) -> Iterator[PayrollFault]:
    """What LODAS, Lohn und Gehalt and Lexware would refuse or misread."""
    if run.currency != "EUR" or run.minor_digits != 2:
        yield PayrollFault(None, "currency", "not_euro_cents")
    written = {row.personnel_number: row.personnel_number.lstrip("0") for row in run.rows}
    spellings = Counter(written.values())
    for place, row in enumerate(run.rows, start=1):
        if spellings[written[row.personnel_number]] > 1:
            yield PayrollFault(place, "personnel_number", "whole_number_shared", (row.personnel_number,))
        if row.personnel_number.strip() and not NUMBER.fullmatch(row.personnel_number):
            yield PayrollFault(place, "personnel_number", "whole_number", (row.personnel_number,))
        if not WAGE_TYPE.fullmatch(row.wage_type):
            yield PayrollFault(place, "wage_type", "whole_wage_type", (row.wage_type,))
        if not COST_CENTRE.fullmatch(row.cost_centre):
            yield PayrollFault(place, "cost_centre", "short_cost_centre", (row.cost_centre,))
