"""DATEV LODAS: movement data as an ASCII file with its own description, CRLF, cp1252."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from implement.engine.payroll.checks import find_payroll_faults
from implement.engine.payroll.faults import PayrollFault, UnusableRun
from implement.engine.payroll.german import ENCODING, find_german_faults
from implement.engine.payroll.run import PayrollFile, PayrollRow, PayrollRun, write_amount

RECORD = "1"
TABLE = "u_lod_bwd_buchung_standard"
FIELDS = (
    "abrechnung_zeitraum#bwd",
    "pnr#bwd",
    "la_eigene#bwd",
    "bs_nr#bwd",
    "bs_wert_butab#bwd",
    "kostenstelle#bwd",
)
PROCESSING_KEY = re.compile(r"[0-9]{1,2}")


@dataclass(frozen=True)
class LodasSettings:
    """What the payroll office says; `processing_key` (bs_nr) is the firm's own key for amounts and is never guessed."""

    adviser_number: int
    client_number: int
    processing_key: str


def write_lodas(run: PayrollRun, settings: LodasSettings) -> PayrollFile:
    """The run for import into LODAS; raises UnusableRun."""
    faults = [*_find_setting_faults(settings), *find_payroll_faults(run, ENCODING), *find_german_faults(run)]
    if faults:
        raise UnusableRun(faults)
    lines = [*_describe_file(settings), *(_write_row(run, row, settings) for row in run.rows)]
    return PayrollFile(f"pay-{run.run_id}.lodas.txt", "".join(f"{line}\r\n" for line in lines).encode(ENCODING))


def _describe_file(settings: LodasSettings) -> list[str]:
    return [
        "[Allgemein]",
        "Ziel=LODAS",
        f"BeraterNr={settings.adviser_number}",
        f"MandantenNr={settings.client_number}",
        "Datumsformat=TT.MM.JJJJ",
        "Feldtrennzeichen=;",
        "Zahlenkomma=,",
        "",
        "[Satzbeschreibung]",
        ";".join((RECORD, TABLE, *FIELDS, "")),
        "",
        "[Bewegungsdaten]",
    ]


def _write_row(run: PayrollRun, row: PayrollRow, settings: LodasSettings) -> str:
    amount = write_amount(row.amount_minor, run.minor_digits, ",")
    number = row.personnel_number.lstrip("0")
    cells = (f"{run.month:01.%m.%Y}", number, row.wage_type, settings.processing_key, amount, row.cost_centre)
    return ";".join((RECORD, *cells, ""))


def _find_setting_faults(settings: LodasSettings) -> Iterator[PayrollFault]:
    if not 1 <= settings.adviser_number <= 9_999_999:
        yield PayrollFault(None, "adviser_number", "adviser_number")
    if not 1_001 <= settings.client_number <= 99_999:
        yield PayrollFault(None, "client_number", "client_number")
    if not PROCESSING_KEY.fullmatch(settings.processing_key):
        yield PayrollFault(None, "processing_key", "processing_key")
