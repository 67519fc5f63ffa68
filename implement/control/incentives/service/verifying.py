"""Every past run is recomputed from its frozen inputs and must give the same bytes, and the lines that were kept."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from implement.control.incentives.service.adjusting import read_original_lines
from implement.control.incentives.service.preparing import read_edition
from implement.control.incentives.service.pricing import NO_ORIGINAL, draw_up_lines, read_parts, sum_lines
from implement.control.incentives.tables import PayLine, PayRun, PayStatement, PayStep
from implement.control.incentives.tables.runs import GONE
from implement.db import db
from implement.engine.pay import ENGINE, UnusablePlan, read_plan, write_pay
from implement.rollout.service.signatures import hash_bytes
from implement.store import FileGone, Store

Parts = dict[str, list[tuple[str, int]]]


@dataclass(frozen=True)
class Verdict:
    """Whether a run came out the same; else a stable code for what differs, and about what."""

    rollout_id: int
    number: int
    statements: int
    code: str = ""
    about: str = ""

    @property
    def holds(self) -> bool:
        """True when everything is as it was."""
        return not self.code


def verify_runs(store: Store, rollout_id: int | None = None) -> Iterator[Verdict]:
    """Recompute every run past its draft whose files are still kept, by rollout and number."""
    kept = (PayRun.state != "draft", PayRun.pay_sha256 != GONE)
    asked = select(PayRun).where(*kept).order_by(PayRun.rollout_id, PayRun.number)
    if rollout_id is not None:
        asked = asked.where(PayRun.rollout_id == rollout_id)
    for run in list(db.session.scalars(asked)):
        yield verify_run(run, store)


def verify_run(run: PayRun, store: Store) -> Verdict:
    """Recompute one run: files unharmed, same engine, same bytes, same lines and totals, approved as it stands."""
    statements = _read_statements(run)
    code, about = _find_difference(run, statements, store)
    return Verdict(run.rollout_id, run.number, len(statements), code, about)


def _find_difference(run: PayRun, statements: dict[int, tuple[str, int, list[str]]], store: Store) -> tuple[str, str]:
    files = {}
    for name in ("plan", "basis", "pay"):
        sha256 = getattr(run, f"{name}_sha256")
        try:
            files[name] = store.path(sha256).read_bytes()
        except FileGone:
            return "gone", name
        if hash_bytes(files[name]) != sha256:
            return "harmed", name
    if run.engine != ENGINE:
        return "engine", run.engine
    try:
        pay = write_pay(read_plan(files["plan"]))
    except UnusablePlan:
        return "plan", "plan"
    if pay != files["pay"]:
        return "bytes", "pay"
    compared = _compare_lines(run, statements, read_parts(pay)) or _compare_steps(run)
    return compared or _compare_files(run, store) or ("", "")


def _compare_lines(
    run: PayRun, statements: dict[int, tuple[str, int, list[str]]], parts: Parts
) -> tuple[str, str] | None:
    """The kept lines against those that the pay gives now."""
    original = NO_ORIGINAL
    if run.adjusts_id is not None:
        adjusted = db.session.get_one(PayRun, run.adjusts_id)
        original = read_original_lines(adjusted, sorted(parts), before=run.number)
    kept = _read_lines(run)
    for statement_id, (name, total_minor, entries) in statements.items():
        drawn = draw_up_lines(entries, parts, original)
        if [(one["entry"], one["part"], one["amount_minor"]) for one in drawn] != kept[statement_id]:
            return "lines", name
        if sum_lines(drawn) != total_minor:
            return "total", name
    if sum(total for _name, total, _entries in statements.values()) != run.total_minor:
        return "total", ""
    if {entry for _name, _total, entries in statements.values() for entry in entries} != parts.keys():
        return "people", ""
    return None


def _compare_steps(run: PayRun) -> tuple[str, str] | None:
    """What was checked and approved is exactly this pay."""
    asked = select(PayStep.state, PayStep.pay_sha256).where(PayStep.run_id == run.id).order_by(PayStep.id.desc())
    for state, sha256 in db.session.execute(asked):
        if state == "draft":
            break
        if sha256 != run.pay_sha256:
            return "approved", state
    return None


def _compare_files(run: PayRun, store: Store) -> tuple[str, str] | None:
    """The files for payroll that were signed lie there as they were signed."""
    for one in read_edition(run).files:
        if one.sha256:
            try:
                content = store.path(one.sha256).read_bytes()
            except FileGone:
                return "gone", one.kind
            if hash_bytes(content) != one.sha256:
                return "harmed", one.kind
    return None


def _read_statements(run: PayRun) -> dict[int, tuple[str, int, list[str]]]:
    one = PayStatement
    asked = select(one.id, one.number, one.total_minor, PayLine.entry).join(PayLine, PayLine.statement_id == one.id)
    rows = db.session.execute(asked.where(one.run_id == run.id).order_by(one.id, PayLine.position))
    found: dict[int, tuple[str, int, list[str]]] = {}
    for key, name, total_minor, entry in rows:
        entries = found.setdefault(key, (name, total_minor, []))[2]
        if entry not in entries:
            entries.append(entry)
    return found


def _read_lines(run: PayRun) -> dict[int, list[tuple[str, str, int]]]:
    one = PayLine
    mine = select(PayStatement.id).where(PayStatement.run_id == run.id)
    asked = select(one.statement_id, one.entry, one.part, one.amount_minor).where(one.statement_id.in_(mine))
    found: dict[int, list[tuple[str, str, int]]] = {}
    for statement_id, entry, part, minor in db.session.execute(asked.order_by(one.statement_id, one.position)):
        found.setdefault(statement_id, []).append((entry, part, minor))
    return found
