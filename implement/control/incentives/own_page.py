"""What somebody reads of their own pay, and takes away."""

import csv
import io
from datetime import datetime

from flask import url_for

from implement.control.incentives.pay_words import say_part
from implement.control.incentives.service.policy import pays_variable
from implement.control.incentives.service.statements import list_lines, list_statements, write_own
from implement.control.incentives.statement_page import name_kpis
from implement.control.incentives.words import KINDS
from implement.engine.payroll.generic import neutralise
from implement.rollout.registries import RolePageCard
from implement.store import Store
from implement.web.access import Standing
from implement.web.texts import _, money, month

TEXT_COLUMNS, PAY_WEIGHT = (5, 6), 40


def describe(standing: Standing) -> dict[str, object]:
    """One's statements, the newest first."""
    person_id = standing.person_id
    rows = list_statements(standing.rollout_id, person_id=person_id) if person_id is not None else []
    if not rows:
        answer = _("There is no approved statement of yours yet.")
    else:
        said = {"month": month(rows[0].first_day), "total": money(rows[0].total_minor, rows[0].currency)}
        answer = _("Variable part for %(month)s: %(total)s.", **said)
    return {"answer": answer, "rows": rows, "kinds": KINDS, "is_staff": person_id is not None}


def write(rollout_id: int, person_id: int, kind: str, store: Store) -> bytes:
    """Everything pay knows of a person: as JSON with the frozen inputs, as CSV line by line (R8)."""
    if kind == "json":
        return write_own(rollout_id, person_id, store=store)
    names = name_kpis(rollout_id)
    rows = [
        [str(row.run_number), row.kind, row.first_day.isoformat(), row.last_day.isoformat(), row.state, line.entry,
         say_part(line.part, names), str(line.amount_minor), row.currency]
        for row in list_statements(rollout_id, person_id=person_id)
        for line in list_lines(row.id)
    ]  # fmt: skip
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\r\n")
    writer.writerow(("run", "kind", "first_day", "last_day", "state", "entry", "part", "amount_minor", "currency"))
    writer.writerows(
        [neutralise(cell) if place in TEXT_COLUMNS else cell for place, cell in enumerate(row)] for row in rows
    )
    return sheet.getvalue().encode("utf-8-sig")


def make_card(standing: Standing, user_id: int, now: datetime) -> RolePageCard | None:
    """What stands on the salesperson's month: the newest statement, and an objection that waits."""
    if standing.person_id is None or not pays_variable(standing.rollout_id):
        return None
    shown = describe(standing)
    rows = list_statements(standing.rollout_id, person_id=standing.person_id)
    here = standing.rollout_id
    links = [
        (month(row.first_day), url_for("incentives.show_statement", rollout_id=here, statement_id=row.id))
        for row in rows[:3]
    ]
    url = url_for("incentives.show_own_pay", rollout_id=here)
    return RolePageCard(_("My pay"), str(shown["answer"]), url, PAY_WEIGHT, links)
