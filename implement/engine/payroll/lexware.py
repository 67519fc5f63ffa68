"""Lexware lohn+gehalt: wage data as text, one line for each amount: year, month, personnel number, wage type, value."""

from implement.engine.payroll.checks import find_payroll_faults
from implement.engine.payroll.faults import UnusableRun
from implement.engine.payroll.german import ENCODING, find_german_faults
from implement.engine.payroll.run import PayrollFile, PayrollRow, PayrollRun, write_amount


def write_lexware(run: PayrollRun) -> PayrollFile:
    """The run for the import of wage data; raises UnusableRun."""
    faults = [*find_payroll_faults(run, ENCODING), *find_german_faults(run)]
    if faults:
        raise UnusableRun(faults)
    lines = [_write_row(run, row) for row in run.rows]
    return PayrollFile(f"pay-{run.run_id}.lexware.txt", "".join(f"{line}\r\n" for line in lines).encode(ENCODING))


def _write_row(run: PayrollRun, row: PayrollRow) -> str:
    amount = write_amount(row.amount_minor, run.minor_digits, ",")
    number = row.personnel_number.lstrip("0")
    return ";".join((f"{run.month.year}", f"{run.month.month}", number, row.wage_type, amount))
