"""A run is frozen: inputs and their basis into the store, priced by the engine, statements and lines into the database.

Everything is written in the caller's transaction; the files are named by their bytes, so that twice is once.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import cast

from sqlalchemy import insert

from implement.control.incentives.service.runs import demand_state, move
from implement.control.incentives.tables import PayLine, PayRun, PayStatement
from implement.db import db
from implement.engine.pay import ENGINE, read_plan, write_pay
from implement.rollout.service.log import Actor
from implement.store import Store


@dataclass(frozen=True)
class Payee:
    """Whose statement it is; `entries` are their entries in the plan, more than one where the period was split."""

    number: str
    name: str
    person_id: int | None
    entries: tuple[str, ...]


@dataclass(frozen=True)
class Original:
    """The lines that an adjustment points to, by entry and then by part: id and amount."""

    lines: Mapping[str, Mapping[str, tuple[int | None, int]]] = field(default_factory=dict)


NO_ORIGINAL = Original()


def freeze_run(
    run: PayRun, plan: bytes, basis: bytes, payees: Sequence[Payee], *, store: Store, by: Actor, now: datetime,
    original: Original = NO_ORIGINAL,
) -> None:  # fmt: skip
    """Price a plan for a draft and keep it: three files, a statement for each person, its lines; then it is computed.

    Raises UnusablePlan when the plan cannot be priced. With an `original` the lines are differences to it.
    """
    demand_state(run, "draft")
    pay = write_pay(read_plan(plan))
    parts = read_parts(pay)
    kept = [store.put(BytesIO(content)).sha256 for content in (plan, basis, pay)]
    run.plan_sha256, run.basis_sha256, run.pay_sha256 = kept
    run.engine, run.computed_by_id = ENGINE, by.id
    drawn = [_draw_up(run, payee, parts, original) for payee in payees]
    _keep([statement for statement, _lines in drawn], [lines for _statement, lines in drawn])
    run.total_minor = sum(statement.total_minor for statement, _lines in drawn)
    move(run, "computed", by=by, now=now)


def read_parts(pay: bytes) -> dict[str, list[tuple[str, int]]]:
    """By entry, the parts of what the engine wrote, in their order."""
    people = cast(list[dict[str, object]], json.loads(pay)["people"])
    return {str(person["id"]): _read_person(person) for person in people}


def counts(part: str) -> bool:
    """True for parts that make the total; the plan's parts by KPI are contained in `plan`."""
    return not part.startswith("plan:")


def sum_lines(lines: Sequence[Mapping[str, object]]) -> int:
    """What lines come to."""
    return sum(cast(int, line["amount_minor"]) for line in lines if counts(str(line["part"])))


def draw_up_lines(
    entries: Sequence[str], parts: Mapping[str, list[tuple[str, int]]], original: Original
) -> list[dict[str, object]]:
    """The lines of a statement; what the original had and the new pay has not becomes a line that takes it back."""
    lines: list[dict[str, object]] = []
    for entry in entries:
        named, before_all = {part for part, _ in parts[entry]}, original.lines.get(entry, {})
        gone = [(part, 0) for part in sorted(before_all) if part not in named]
        for part, minor in [*parts[entry], *gone]:
            line_id, before = before_all.get(part, (None, 0))
            lines.append(
                {"position": len(lines), "entry": entry, "part": part, "amount_minor": minor - before,
                 "adjusts_id": line_id}
            )  # fmt: skip
    return lines


def _draw_up(
    run: PayRun, payee: Payee, parts: Mapping[str, list[tuple[str, int]]], original: Original
) -> tuple[PayStatement, list[dict[str, object]]]:
    lines = draw_up_lines(payee.entries, parts, original)
    total = sum_lines(lines)
    statement = PayStatement(
        run_id=run.id, person_id=payee.person_id, number=payee.number, name=payee.name, total_minor=total
    )
    return statement, lines


def _keep(statements: list[PayStatement], lines: list[list[dict[str, object]]]) -> None:
    """Statements and lines in a few statements, however many people are paid."""
    db.session.add_all(statements)
    db.session.flush()
    rows = [{**line, "statement_id": one.id} for one, mine in zip(statements, lines, strict=True) for line in mine]
    if rows:
        db.session.execute(insert(PayLine), rows)


def _read_person(person: dict[str, object]) -> list[tuple[str, int]]:
    parts = cast(list[dict[str, object]], person["parts"])
    return [(str(part["name"]), int(str(part["minor"]))) for part in parts]
