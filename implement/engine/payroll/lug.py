"""DATEV Lohn und Gehalt: movement data of one month as ASCII, and beside it the INI file that describes each field.

The description is that of the program's ASCII import: eleven fields, semicolon, decimal comma. The month is chosen when
the file is read in; it stands in the file's name.
"""

from implement.engine.payroll.checks import find_payroll_faults
from implement.engine.payroll.faults import UnusableRun
from implement.engine.payroll.german import ENCODING, find_german_faults
from implement.engine.payroll.run import PayrollFile, PayrollRow, PayrollRun, write_amount

FIELDS = (
    "Personalnummer",
    "Kalendertag",
    "Ausfallschlüssel",
    "Lohnartennummer",
    "Stundenanzahl",
    "Tagesanzahl",
    "Wert",
    "Abweichender Faktor",
    "Abweichende Lohnveränderung",
    "Kostenstellennummer",
    "Kostenträger",
)
GENERAL = (
    f"Feldanzahl = {len(FIELDS)}",
    "Feldtrennzeichen = Strichpunkt",
    "Satztrennzeichen = Enter/Return",
    "Anderes Trennzeichen =",
    "Zahlenkomma = ,",
    "Datumstrennzeichen = /",
)


def write_lug(run: PayrollRun) -> PayrollFile:
    """The movement data; raises UnusableRun."""
    faults = [*find_payroll_faults(run, ENCODING), *find_german_faults(run)]
    if faults:
        raise UnusableRun(faults)
    lines = [_write_row(run, row) for row in run.rows]
    name = f"pay-{run.run_id}.{run.month:%Y-%m}.lug.txt"
    return PayrollFile(name, "".join(f"{line}\r\n" for line in lines).encode(ENCODING))


def describe_lug() -> PayrollFile:
    """The INI file that the program needs once to read the movement data; it is the same for every run."""
    fields = [f"Feld{number} = {name}" for number, name in enumerate(FIELDS, start=1)]
    lines = ["[Allgemein]", *GENERAL, "[Feldinhalt]", *fields]
    return PayrollFile("lug.ini", "".join(f"{line}\r\n" for line in lines).encode(ENCODING))


def _write_row(run: PayrollRun, row: PayrollRow) -> str:
    cells = {
        "Personalnummer": row.personnel_number.lstrip("0"),
        "Lohnartennummer": row.wage_type,
        "Wert": write_amount(row.amount_minor, run.minor_digits, ","),
        "Kostenstellennummer": row.cost_centre,
    }
    return ";".join(cells.get(name, "") for name in FIELDS)
