"""Pay runs on their way: draft, computed, checked by the lead, approved by another person, exported, closed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, select

from implement.control.incentives.service.policy import demand_variable, read_pay_currency
from implement.control.incentives.service.preparing import demand_signed, read_edition, sign_files
from implement.control.incentives.tables import PayDecision, PayLine, PayRun, PayStatement, PayStep
from implement.db import change_rows, db
from implement.jobs import Job, enqueue_job
from implement.rollout.service.errors import NotAllowed, NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.rollouts import lock_rollout
from implement.rollout.service.signatures import hash_bytes, sign
from implement.store import Store
from implement.web.access import Role
from implement.web.texts import lazy

COMPUTE_JOB, PREPARE_JOB = "incentives.compute", "incentives.prepare"
PREPARED_STATES = ("computed", "checked", "approved", "exported")
APPROVING = (Role.HR, Role.LEAD)


@dataclass(frozen=True)
class RunRow:
    """A run as the list shows it."""

    id: int
    number: int
    kind: str
    first_day: date
    last_day: date
    state: str
    total_minor: int
    currency: str
    adjusts_id: int | None


def begin_run(
    rollout_id: int, first_day: date, last_day: date, *, by: Actor, now: datetime, kind: str = "regular",
    adjusts_id: int | None = None,
) -> PayRun:  # fmt: skip
    """Begin a draft; two regular runs never cover the same day."""
    if kind != "simulation":
        demand_variable(rollout_id)
    lock_rollout(rollout_id)
    if kind == "regular":
        _demand_whole_month(first_day, last_day)
        _demand_free_days(rollout_id, first_day, last_day)
    number = (db.session.scalar(select(func.max(PayRun.number)).where(PayRun.rollout_id == rollout_id)) or 0) + 1
    run = PayRun(
        rollout_id=rollout_id, number=number, kind=kind, first_day=first_day, last_day=last_day,
        adjusts_id=adjusts_id, currency=read_pay_currency(rollout_id), by_id=by.id, at=now,
    )  # fmt: skip
    db.session.add(run)
    db.session.flush()
    log_write("begin_pay_run", subject_of(run), by=by, now=now, rollout_id=rollout_id, number=number, kind=kind)
    return run


def enqueue_compute(run: PayRun, *, by: Actor, now: datetime, today: date) -> Job:
    """Have a draft computed and its files for payroll prepared in the background; one job at a time."""
    demand_state(run, "draft")
    if run.last_day >= today:
        raise RuleBroken(lazy("The period is not over yet."))
    return _enqueue(run, COMPUTE_JOB, "compute_pay", by=by, now=now)


def enqueue_prepare(run: PayRun, *, by: Actor, now: datetime) -> Job:
    """Have the files of a computed run prepared anew, as the office says now."""
    if run.state not in PREPARED_STATES or run.kind == "simulation":
        raise RuleBroken(lazy("The run has moved on meanwhile; open it again."))
    return _enqueue(run, PREPARE_JOB, "prepare_pay", by=by, now=now)


def prepare_open_runs(rollout_id: int, *, by: Actor, now: datetime) -> int:
    """Have files prepared anew that do not fit any more, of runs that were not handed over yet; returns how many."""
    states = [one for one in PREPARED_STATES if one != "exported"]
    here = (PayRun.rollout_id == rollout_id, PayRun.kind != "simulation", PayRun.state.in_(states))
    runs = [run for run in db.session.scalars(select(PayRun).where(*here).order_by(PayRun.id)) if _is_stale(run)]
    for run in runs:
        enqueue_prepare(run, by=by, now=now)
    return len(runs)


def _is_stale(run: PayRun) -> bool:
    edition = read_edition(run)
    return edition.wanted and edition.is_stale


def _enqueue(run: PayRun, kind: str, deed: str, *, by: Actor, now: datetime) -> Job:
    job = db.session.get(Job, run.job_id) if run.job_id else None
    if job is None or job.is_finished:
        here = {"rollout_id": run.rollout_id, "arguments": {"run_id": run.id}}
        job = enqueue_job(kind, by_id=by.id, now=now, **here)  # type: ignore[arg-type]
        run.job_id = job.id
        log_write(deed, subject_of(run), by=by, now=now, rollout_id=run.rollout_id, job=job.id)
    return job


def check_run(run: PayRun, *, seen: str, by: Actor, now: datetime) -> None:
    """The lead has checked exactly this pay."""
    demand_state(run, "computed")
    _demand_payable(run, seen)
    move(run, "checked", by=by, now=now)


def approve_run(
    run: PayRun, *, seen: str, roles: frozenset[Role], store: Store, by: Actor, now: datetime, files_seen: str = ""
) -> None:
    """Approve exactly this pay and its files for payroll by signature; never by whoever computed it (R8)."""
    demand_state(run, "checked")
    _demand_payable(run, seen)
    _demand_another(run, by)
    content = store.path(run.pay_sha256).read_bytes()
    if hash_bytes(content) != run.pay_sha256:
        raise RuleBroken(lazy("The kept file is not the one that was signed. Tell whoever runs this installation."))
    role = _role_of(roles)
    sign_files(run, seen=files_seen, role=role, roles=roles, by=by, now=now)
    sign(run.rollout_id, subject_of(run), content, role=role, roles=roles, by=by, now=now)
    move(run, "approved", by=by, now=now)


def sign_files_again(run: PayRun, *, files_seen: str, roles: frozenset[Role], by: Actor, now: datetime) -> None:
    """Sign the files of an approved run that were prepared anew since; never by whoever computed it (R8)."""
    if run.state not in ("approved", "exported"):
        raise RuleBroken(lazy("The run has moved on meanwhile; open it again."))
    _demand_another(run, by)
    sign_files(run, seen=files_seen, role=_role_of(roles), roles=roles, by=by, now=now)


def note_exported(run: PayRun, *, note: str, by: Actor, now: datetime) -> None:
    """The run was handed to payroll; handed over once more it stays exported."""
    if run.state not in ("exported", "closed"):
        demand_state(run, "approved")
        demand_signed(run)
        move(run, "exported", by=by, now=now, note=note)


def close_run(run: PayRun, *, by: Actor, now: datetime) -> None:
    """Close the period; from now on only an adjustment changes it."""
    demand_state(run, "exported")
    move(run, "closed", by=by, now=now)


def send_back(run: PayRun, *, note: str, by: Actor, now: datetime) -> None:
    """Make a draft of a run that was not approved yet, with the reason; what was frozen stays in the store."""
    if run.state not in ("computed", "checked"):
        raise RuleBroken(lazy("What is approved stays; an adjustment changes it."))
    if not note.strip():
        raise RuleBroken(lazy("Please give a reason."))
    mine = select(PayStatement.id).where(PayStatement.run_id == run.id)
    change_rows(delete(PayLine).where(PayLine.statement_id.in_(mine)))
    change_rows(delete(PayStatement).where(PayStatement.run_id == run.id))
    run.total_minor, run.computed_by_id = 0, None
    move(run, "draft", by=by, now=now, note=note.strip())
    run.engine = run.plan_sha256 = run.basis_sha256 = run.pay_sha256 = ""
    db.session.flush()


def drop_run(run: PayRun, *, by: Actor, now: datetime) -> None:
    """Give up a draft that was never computed."""
    demand_state(run, "draft")
    job = db.session.get(Job, run.job_id) if run.job_id else None
    if job is not None and not job.is_finished:
        raise RuleBroken(lazy("It is being computed; wait or cancel first."))
    if list_steps(run.id):
        raise RuleBroken(lazy("It was computed before; what happened to it is kept."))
    change_rows(delete(PayDecision).where(PayDecision.run_id == run.id))
    log_write("drop_pay_run", subject_of(run), by=by, now=now, rollout_id=run.rollout_id)
    db.session.delete(run)
    db.session.flush()


def get_run(rollout_id: int, run_id: int) -> PayRun:
    """A run of this rollout."""
    found: PayRun | None = db.session.scalar(select(PayRun).where(PayRun.id == run_id, PayRun.rollout_id == rollout_id))
    if found is None:
        raise NotFound(lazy("There is no such pay run."))
    return found


def list_runs(rollout_id: int) -> list[RunRow]:
    """Every run, the newest first."""
    one = PayRun
    columns = (one.id, one.number, one.kind, one.first_day, one.last_day, one.state, one.total_minor, one.currency)
    asked = select(*columns, one.adjusts_id).where(one.rollout_id == rollout_id).order_by(one.number.desc())
    return [RunRow(*row) for row in db.session.execute(asked)]


def list_steps(run_id: int) -> list[PayStep]:
    """How the run came to where it is."""
    return list(db.session.scalars(select(PayStep).where(PayStep.run_id == run_id).order_by(PayStep.id)))


def demand_state(run: PayRun, state: str) -> None:
    """Refuse what does not fit where the run stands."""
    if run.state != state:
        raise RuleBroken(lazy("The run has moved on meanwhile; open it again."))


def move(run: PayRun, state: str, *, by: Actor, now: datetime, note: str = "") -> None:
    """Bring a run into a state; of two who do it at once one does."""
    run.state = state
    note_step(run, state, by=by, now=now, note=note)


def note_step(run: PayRun, state: str, *, by: Actor, now: datetime, note: str = "") -> None:
    """Write down that a run came into a state."""
    step = PayStep(
        run_id=run.id, state=state, note=note[:500], pay_sha256=run.pay_sha256 or "", by_id=by.id, name=by.name, at=now
    )
    db.session.add(step)
    db.session.flush()
    said = {"state": state, "sha256": run.pay_sha256 or ""}
    log_write("move_pay_run", subject_of(run), by=by, now=now, rollout_id=run.rollout_id, **said)


def subject_of(run: PayRun) -> str:
    """What signatures and the log refer to."""
    return f"pay_run:{run.id}"


def _demand_another(run: PayRun, by: Actor) -> None:
    if by.id == run.computed_by_id:
        raise NotAllowed(lazy("Another person approves: somebody else than whoever had this run computed."))


def _role_of(roles: frozenset[Role]) -> Role:
    return next((one for one in APPROVING if one in roles), Role.SALESPERSON)


def _demand_payable(run: PayRun, seen: str) -> None:
    if run.kind == "simulation":
        raise RuleBroken(lazy("A simulation is never payable."))
    if seen != run.pay_sha256:
        raise RuleBroken(lazy("The run was computed anew meanwhile; look at it again."))


def _demand_whole_month(first_day: date, last_day: date) -> None:
    if first_day.day != 1 or (last_day + timedelta(days=1)).day != 1 or (last_day - first_day).days > 31:
        raise RuleBroken(lazy("A pay run covers one calendar month."))


def _demand_free_days(rollout_id: int, first_day: date, last_day: date) -> None:
    same = (PayRun.rollout_id == rollout_id, PayRun.kind == "regular")
    overlaps = (PayRun.first_day <= last_day, PayRun.last_day >= first_day)
    if db.session.scalar(select(PayRun.id).where(*same, *overlaps)) is not None:
        raise RuleBroken(lazy("There is a run of this period already; a closed one is changed by an adjustment."))


def find_file(rollout_id: int, run_id: int, kind: str) -> str:
    """The hash of a frozen file of a run: plan, basis or pay."""
    run = get_run(rollout_id, run_id)
    sha256 = {"plan": run.plan_sha256, "basis": run.basis_sha256, "pay": run.pay_sha256}[kind]
    if not sha256:
        raise NotFound(lazy("It is not computed yet."))
    return sha256
