"""A run as files for the payroll office: by the office's own settings, with a control file, or refused with reasons."""

import io
import zipfile
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime

from babel.numbers import get_currency_precision
from sqlalchemy import select

from implement.control.incentives.tables import PayLine, PayrollOffice, PayRun, PayStatement
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
    write_control,
    write_lexware,
    write_lodas,
    write_lug,
    write_optima,
    write_payroll_csv,
    write_payroll_xlsx,
)
from implement.jobs import Plain
from implement.rollout.service.errors import RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.web.texts import lazy

READY = ("approved", "exported", "closed")
LONG_AGO = (1980, 1, 1, 0, 0, 0)
PARTS = ("plan", "commission", "kicker")


@dataclass(frozen=True)
class OfficeSettings:
    """What the office says; an empty text was never said."""

    wage_plan: str = ""
    wage_commission: str = ""
    wage_kicker: str = ""
    adviser_number: str = ""
    client_number: str = ""
    processing_key: str = ""
    code_heading: str = ""
    kind_heading: str = ""

    def wage_type(self, part: str) -> str:
        """The wage type of a kind of part."""
        return {"plan": self.wage_plan, "commission": self.wage_commission, "kicker": self.wage_kicker}[part]


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


def read_office(rollout_id: int) -> OfficeSettings:
    """What the office has said so far."""
    row = db.session.get(PayrollOffice, rollout_id)
    kept = row.settings if row else {}
    return OfficeSettings(**{one.name: str(kept.get(one.name) or "") for one in fields(OfficeSettings)})


def set_office(rollout_id: int, office: OfficeSettings, *, by: Actor, now: datetime) -> None:
    """Keep what the office says."""
    said: dict[str, Plain] = {name: str(value).strip() for name, value in vars(office).items()}
    row = db.session.get(PayrollOffice, rollout_id) or PayrollOffice(rollout_id=rollout_id)
    row.settings, row.by_name, row.at = said, by.name, now
    db.session.add(row)
    db.session.flush()
    log_write("set_payroll_office", f"rollout:{rollout_id}", by=by, now=now, rollout_id=rollout_id, **said)


def export_run(run: PayRun, kind: str) -> PayrollFile:
    """One archive: the file, its control file, and what the program needs beside it; the same bytes each time.

    Raises UnusableRun with every reason, and writes nothing then.
    """
    if run.kind == "simulation" or run.state not in READY:
        raise RuleBroken(lazy("Only an approved run goes to payroll."))
    office = read_office(run.rollout_id)
    payroll = build_payroll_run(run, office)
    file = FORMATS[kind](payroll, office)
    further = [FURTHER[kind]()] if kind in FURTHER else []
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in (file, write_control(payroll, file), *further):
            archive.writestr(zipfile.ZipInfo(one.name, LONG_AGO), one.content)
    return PayrollFile(f"pay-{payroll.run_id}-{kind}.zip", kept.getvalue())


def build_payroll_run(run: PayRun, office: OfficeSettings) -> PayrollRun:
    """The statements as rows for payroll: one for each person and wage type, amounts of 0 left out.

    Raises UnusableRun where a part has no wage type yet.
    """
    sums = _sum_parts(run)
    used = {part for _who, parts in sums for part, minor in parts.items() if minor}
    unnamed = sorted(part for part in used if not office.wage_type(part))
    if unnamed:
        raise UnusableRun([PayrollFault(None, f"wage_{part}", "wage_type_unset") for part in unnamed])
    rows = [
        PayrollRow(f"{who.person_id or who.id}", who.number, who.name, wage_type, minor)
        for who, parts in sums
        for wage_type, minor in _by_wage_type(parts, office).items()
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


def _sum_parts(run: PayRun) -> list[tuple[PayStatement, dict[str, int]]]:
    """Every statement with what it pays by kind of part; the plan's parts by KPI are contained in the plan."""
    statements = {one.id: one for one in db.session.scalars(_statements(run))}
    sums = {id_: dict.fromkeys(PARTS, 0) for id_ in statements}
    asked = select(PayLine.statement_id, PayLine.part, PayLine.amount_minor)
    mine = select(PayStatement.id).where(PayStatement.run_id == run.id)
    for statement_id, part, minor in db.session.execute(asked.where(PayLine.statement_id.in_(mine))):
        kind = part.partition(":")[0]
        if not part.startswith("plan:"):
            sums[statement_id][kind] += minor
    return [(statements[id_], parts) for id_, parts in sums.items()]


def _statements(run: PayRun):  # type: ignore[no-untyped-def]
    return select(PayStatement).where(PayStatement.run_id == run.id).order_by(PayStatement.number, PayStatement.id)


def _lodas(office: OfficeSettings) -> LodasSettings:
    adviser, client = (int(text) if text.isascii() and text.isdigit() else 0 for text in _numbers(office))
    return LodasSettings(adviser, client, office.processing_key)


def _numbers(office: OfficeSettings) -> tuple[str, str]:
    return office.adviser_number[:9], office.client_number[:9]
