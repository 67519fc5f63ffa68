"""A person's statement: the frozen entries, what they came from, every step of the formula."""

import json
from dataclasses import dataclass
from datetime import date
from typing import cast

from sqlalchemy import select

from implement.control.incentives.tables import PayLine, PayRun, PayStatement
from implement.control.incentives.tables import PayStep as RunStep
from implement.db import db
from implement.engine.pay import (
    PayStep,
    PersonPay,
    Terms,
    cut_plan,
    explain_pay,
    price_plan,
    read_entry,
    read_head,
    read_plan,
)
from implement.rollout.kept_classes import start_of
from implement.rollout.service.errors import NotFound
from implement.store import Store
from implement.web.access import Permission, Standing
from implement.web.texts import lazy

OPEN_STATES = ("approved", "exported", "closed")
"""A person reads their statement once it was approved."""


@dataclass(frozen=True)
class Line:
    """A line of a statement; in an adjustment the difference to the line it points to."""

    id: int
    entry: str
    part: str
    amount_minor: int
    adjusts_id: int | None


@dataclass(frozen=True)
class EntryShown:
    """One entry of a statement: what was frozen, its basis, what the engine made of it, each step."""

    entry: str
    basis: dict[str, object]
    rule_terms: dict[str, object]
    pay: PersonPay
    steps: tuple[PayStep, ...]


@dataclass(frozen=True)
class StatementRow:
    """A statement as lists show it."""

    id: int
    run_id: int
    run_number: int
    kind: str
    state: str
    first_day: date
    last_day: date
    person_id: int | None
    number: str
    name: str
    total_minor: int
    currency: str


def list_statements(rollout_id: int, *, run_id: int | None = None, person_id: int | None = None) -> list[StatementRow]:
    """Statements of a run by name, or of a person, the newest first; a person's only once approved."""
    one, run = PayStatement, PayRun
    columns = (
        one.id, run.id, run.number, run.kind, run.state, run.first_day, run.last_day, one.person_id, one.number,
        one.name, one.total_minor, run.currency,
    )  # fmt: skip
    asked = select(*columns).join(run, run.id == one.run_id).where(run.rollout_id == rollout_id)
    if run_id is not None:
        asked = asked.where(one.run_id == run_id)
    if person_id is not None:
        asked = asked.where(one.person_id == person_id, run.state.in_(OPEN_STATES))
    order = (one.name, one.id) if run_id is not None else (run.number.desc(),)
    return [StatementRow(*row) for row in db.session.execute(asked.order_by(*order))]  # type: ignore[call-arg]


def list_fresh(rollout_id: int, person_id: int, *, since: date) -> list[tuple[int, date]]:
    """One's own statements that were approved since a day, the newest first, and of which month they are."""
    asked = select(PayStatement.id, PayRun.first_day).join(PayRun, PayRun.id == PayStatement.run_id)
    asked = asked.join(RunStep, (RunStep.run_id == PayRun.id) & (RunStep.state == "approved"))
    here = (PayRun.rollout_id == rollout_id, PayStatement.person_id == person_id, RunStep.at >= start_of(since))
    return [(key, day) for key, day in db.session.execute(asked.where(*here).order_by(RunStep.id.desc()))]


def map_entries(run_id: int) -> dict[str, int | None]:
    """Whose each entry of a run is."""
    asked = select(PayLine.entry, PayStatement.person_id).join(PayLine, PayLine.statement_id == PayStatement.id)
    return dict(db.session.execute(asked.where(PayStatement.run_id == run_id).distinct()).tuples().all())


def get_statement(standing: Standing, statement_id: int) -> tuple[PayStatement, PayRun]:
    """A statement for whoever runs pay, or one's own once approved; nobody else learns that it exists."""
    asked = select(PayStatement, PayRun).join(PayRun, PayRun.id == PayStatement.run_id)
    here = (PayStatement.id == statement_id, PayRun.rollout_id == standing.rollout_id)
    row = db.session.execute(asked.where(*here)).one_or_none()
    if row is not None:
        is_own = standing.person_id is not None and row[0].person_id == standing.person_id
        if standing.may(Permission.SEE_PAY) or (is_own and row[1].state in OPEN_STATES):
            return row[0], row[1]
    raise NotFound(lazy("There is no such statement."))


def list_lines(statement_id: int) -> list[Line]:
    """The lines in their order."""
    one = PayLine
    asked = select(one.id, one.entry, one.part, one.amount_minor, one.adjusts_id)
    rows = db.session.execute(asked.where(one.statement_id == statement_id).order_by(one.position))
    return [Line(*row) for row in rows]


def explain_statement(statement: PayStatement, run: PayRun, *, store: Store) -> tuple[Terms, list[EntryShown]]:
    """Every entry of a statement with the steps from figures to amounts, recomputed from the frozen plan."""
    entry_ids = list(dict.fromkeys(line.entry for line in list_lines(statement.id)))
    plan_bytes = store.path(run.plan_sha256).read_bytes()
    basis_bytes = store.path(run.basis_sha256).read_bytes()
    plan = read_plan(cut_plan(plan_bytes, entry_ids))
    rules = cast(dict[str, dict[str, object]], read_head(basis_bytes).get("rules", {}))
    shown = []
    for entry_id, pay in zip(entry_ids, price_plan(plan), strict=True):
        basis = read_entry(basis_bytes, entry_id)
        rule = rules.get(str(basis.get("rule_version", "")), {})
        shown.append(EntryShown(entry_id, basis, rule, pay, tuple(explain_pay(pay, plan.terms))))
    return plan.terms, shown


def write_own(rollout_id: int, person_id: int, *, store: Store) -> bytes:
    """Everything pay knows of a person, as JSON: statements, lines, the frozen entries and their basis (R8)."""
    told = []
    for row in list_statements(rollout_id, person_id=person_id):
        run = db.session.get_one(PayRun, row.run_id)
        plan, basis = (store.path(sha256).read_bytes() for sha256 in (run.plan_sha256, run.basis_sha256))
        lines = list_lines(row.id)
        entries = list(dict.fromkeys(line.entry for line in lines))
        told.append({
            "run": row.run_number, "kind": row.kind, "first_day": row.first_day.isoformat(),
            "last_day": row.last_day.isoformat(), "state": row.state, "currency": row.currency,
            "total_minor": row.total_minor, "pay_sha256": run.pay_sha256,
            "lines": [{"entry": one.entry, "part": one.part, "amount_minor": one.amount_minor} for one in lines],
            "inputs": [read_entry(plan, entry) for entry in entries],
            "basis": [read_entry(basis, entry) for entry in entries],
        })  # fmt: skip
    return json.dumps({"statements": told}, ensure_ascii=False, indent=1, sort_keys=True).encode()
