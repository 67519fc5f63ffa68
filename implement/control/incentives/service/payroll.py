"""A run as files for the payroll office: by the office's own settings, with a control file, or refused with reasons."""

import io
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from babel.numbers import get_currency_precision
from sqlalchemy import select

from implement.control.incentives.service.office import OfficeSettings
from implement.control.incentives.service.pricing import DrawnUp, counts
from implement.control.incentives.tables import PayLine, PayRun, PayStatement
from implement.db import db
from implement.engine.payroll import (
    LodasSettings,
    OptimaSettings,
    PayrollFault,
    PayrollFile,
    PayrollRow,
    PayrollRun,
    UnusableRun,
    describe_lug,
    prove_file,
    write_control,
    write_lexware,
    write_lodas,
    write_lug,
    write_optima,
    write_payroll_csv,
    write_payroll_xlsx,
)

LONG_AGO = (1980, 1, 1, 0, 0, 0)
PARTS = ("plan", "commission", "kicker")

Write = Callable[[PayrollRun, OfficeSettings], PayrollFile]
FORMATS: Mapping[str, Write] = {
    "csv": lambda run, office: write_payroll_csv(run),
    "xlsx": lambda run, office: write_payroll_xlsx(run),
    "lodas": lambda run, office: write_lodas(run, _lodas(office)),
    "lug": lambda run, office: write_lug(run),
    "lexware": lambda run, office: write_lexware(run),
    "optima": lambda run, office: write_optima(run, OptimaSettings(office.code_heading, office.kind_heading)),
}
FURTHER: Mapping[str, Callable[[], PayrollFile]] = {"lug": describe_lug}


@dataclass(frozen=True)
class Paid:
    """What a run pays one person, by kind of part."""

    person_id: int | None
    number: str
    name: str
    parts: Mapping[str, int]


def write_archive(payroll: PayrollRun, kind: str, office: OfficeSettings) -> PayrollFile:
    """One archive: the file, its control file, and what the program needs beside it; the same bytes each time.

    The file is read back first. Raises UnusableRun with every reason.
    """
    file = FORMATS[kind](payroll, office)
    prove_file(kind, file, payroll)
    further = [FURTHER[kind]()] if kind in FURTHER else []
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in (file, write_control(payroll, file), *further):
            archive.writestr(zipfile.ZipInfo(one.name, LONG_AGO), one.content)
    return PayrollFile(f"pay-{payroll.run_id}-{kind}.zip", kept.getvalue())


def list_drawn(drawn: Iterable[DrawnUp]) -> list[Paid]:
    """What statements pay that are drawn up and not kept yet."""
    sums = [(one.payee, _sum_parts((str(line["part"]), int(str(line["amount_minor"]))) for line in one.lines))
            for one in drawn]  # fmt: skip
    return [Paid(who.person_id, who.number, who.name, parts) for who, parts in sums]


def list_kept(run: PayRun) -> list[Paid]:
    """What the kept statements of a run pay."""
    one = PayStatement
    people = db.session.execute(select(one.id, one.person_id, one.number, one.name).where(one.run_id == run.id)).all()
    lines = defaultdict[int, list[tuple[str, int]]](list)
    asked = select(PayLine.statement_id, PayLine.part, PayLine.amount_minor)
    mine = select(one.id).where(one.run_id == run.id)
    for statement_id, part, minor in db.session.execute(asked.where(PayLine.statement_id.in_(mine))):
        lines[statement_id].append((part, minor))
    return [Paid(person_id, number, name, _sum_parts(lines[key])) for key, person_id, number, name in people]


def build_payroll_run(run: PayRun, paid: Iterable[Paid], office: OfficeSettings) -> PayrollRun:
    """What a run pays as rows for payroll: one for each person and wage type, by number; amounts of 0 are left out.

    Raises UnusableRun where a part has no wage type yet.
    """
    people = sorted(paid, key=lambda one: (one.number, one.person_id or 0))
    used = {part for one in people for part, minor in one.parts.items() if minor}
    unnamed = [part for part in PARTS if part in used and not office.wage_type(part)]
    if unnamed:
        raise UnusableRun([PayrollFault(None, f"wage_{part}", "wage_type_unset") for part in unnamed])
    rows = [
        PayrollRow(f"{one.person_id or one.number}", one.number, one.name, wage_type, minor)
        for one in people
        for wage_type, minor in _by_wage_type(one.parts, office).items()
        if minor
    ]
    digits = get_currency_precision(run.currency)
    return PayrollRun(f"run-{run.rollout_id}-{run.number}", run.first_day, run.currency, digits, tuple(rows))


def _by_wage_type(parts: Mapping[str, int], office: OfficeSettings) -> dict[str, int]:
    found = defaultdict[str, int](int)
    for part, minor in parts.items():
        if minor:
            found[office.wage_type(part)] += minor
    return found


def _sum_parts(lines: Iterable[tuple[str, int]]) -> dict[str, int]:
    """What lines come to by kind of part; the plan's parts by KPI are contained in the plan."""
    sums = dict.fromkeys(PARTS, 0)
    for part, minor in lines:
        if counts(part):
            sums[part.partition(":")[0]] += minor
    return sums


def _lodas(office: OfficeSettings) -> LodasSettings:
    adviser, client = (int(text) if text.isascii() and text.isdigit() else 0 for text in _numbers(office))
    return LodasSettings(adviser, client, office.processing_key)


def _numbers(office: OfficeSettings) -> tuple[str, str]:
    return office.adviser_number[:9], office.client_number[:9]
