"""Conflicts about who does what: two sides, an arbiter, the cause, the decision; repeats are seen (M28)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from implement.db import db
from implement.rollout.service.errors import EditedMeanwhile, NotAllowed, NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.people import list_leaders
from implement.rollout.service.staff import get_person, get_team
from implement.rollout.service.tasks import get_task, give_task, mark_done
from implement.rollout.service.usage import list_staff
from implement.stages.pilot.service.changes import Wish, ask_change
from implement.stages.pilot.tables.changes import TaskConflict
from implement.web.access import STEERING, Standing
from implement.web.texts import lazy

LONGEST_WISH = 200
TEAM, PERSON = "team", "person"


@dataclass(frozen=True)
class Party:
    """A side: a team or a person; `id` None is not known yet."""

    kind: str
    id: int | None

    @classmethod
    def read(cls, said: str) -> "Party":
        """A side as a form names it: team:3, person:7, or nothing."""
        kind, _colon, number = said.partition(":")
        if kind in (TEAM, PERSON) and number.isascii() and number.isdigit():
            return cls(kind, int(number))
        return cls(TEAM, None)

    @property
    def key(self) -> str:
        """The side as a form names it."""
        return f"{self.kind}:{self.id}" if self.id is not None else ""


NOBODY = Party(TEAM, None)


@dataclass(frozen=True)
class ConflictSaid:
    """A conflict as it was written down."""

    task: str
    function: str
    first: Party
    other: Party
    what_happened: str
    arbiter_id: int
    due: date


@dataclass(frozen=True)
class Verdict:
    """What the arbiter found and decided; with a wish an automation is asked for."""

    cause: str
    decision: str
    wish: str = ""


def add_conflict(rollout_id: int, said: ConflictSaid, *, by: Actor, now: datetime) -> TaskConflict:
    """Write a conflict down; the arbiter gets a task with the day."""
    if not said.task.strip():
        raise RuleBroken(lazy("Please say which task it is about."))
    if said.first.id is None or said.first == said.other:
        raise RuleBroken(lazy("A conflict has two sides, and at least one must be known."))
    for one in (said.first, said.other):
        _demand(rollout_id, one)
    if said.arbiter_id not in {user_id for user_id, _name in list_arbiters(rollout_id)}:
        raise RuleBroken(lazy("The arbiter leads the rollout or a team."))
    row = TaskConflict(rollout_id=rollout_id, task=said.task.strip(), function=said.function, due=said.due)
    row.what_happened, row.arbiter_id = said.what_happened.strip(), said.arbiter_id
    row.by_name, row.at = by.name, now
    _set_sides(row, said.first, said.other)
    db.session.add(row)
    db.session.flush()
    title = f"⚖ {row.task}"
    task = give_task(rollout_id, title=title, owner_id=row.arbiter_id, due=row.due, by=by, now=now)
    task.subject, row.task_id = f"conflict:{row.id}", task.id
    _log("add_conflict", row, by=by, now=now)
    return row


def name_other_side(row: TaskConflict, other: Party, *, by: Actor, now: datetime) -> None:
    """Say who the other side is, once that is known."""
    if parties(row)[1].id is not None:
        raise RuleBroken(lazy("Both sides are known already."))
    if other.id is None or other == parties(row)[0]:
        raise RuleBroken(lazy("A conflict has two sides, and at least one must be known."))
    _demand(row.rollout_id, other)
    _set_sides(row, parties(row)[0], other)
    _log("name_other_side", row, by=by, now=now)


def settle(row: TaskConflict, said: Verdict, *, version: int | None, by: Actor, now: datetime) -> None:
    """Decide: the cause, who does what from now on, perhaps an automation; the arbiter's task is done."""
    db.session.refresh(row, with_for_update=True)
    if row.version != version:
        raise EditedMeanwhile(lazy("Somebody else decided meanwhile."), theirs=row.decision, mine=said.decision)
    if row.decided_at is not None:
        raise RuleBroken(lazy("This conflict is decided; if it comes back, write it down again."))
    if not said.cause.strip() or not said.decision.strip():
        raise RuleBroken(lazy("A decision needs the cause and who does what from now on."))
    row.cause, row.decision, row.decided_at = said.cause.strip(), said.decision.strip(), now
    if said.wish.strip():
        wish = Wish(said.wish.strip()[:LONGEST_WISH], row.decision)
        row.change_id = ask_change(row.rollout_id, wish, by=by, now=now).id
    if row.task_id is not None:
        mark_done(get_task(row.rollout_id, row.task_id), by=by, now=now)
    _log("settle_conflict", row, by=by, now=now)


def get_conflict(standing: Standing, conflict_id: int, user_id: int) -> TaskConflict:
    """A conflict that this reader may see: whoever steers, its arbiter, the head of a side."""
    row: TaskConflict | None = db.session.get(TaskConflict, conflict_id)
    if row is None or row.rollout_id != standing.rollout_id:
        raise NotFound(lazy("There is no such conflict."))
    if row not in _filter([row], standing, user_id):
        raise NotAllowed(lazy("This conflict is seen by its arbiter, the heads of its sides, and whoever leads here."))
    return row


def list_conflicts(standing: Standing, user_id: int) -> list[TaskConflict]:
    """The conflicts this reader may see, those not decided first, by their day."""
    here = TaskConflict.rollout_id == standing.rollout_id
    order = (TaskConflict.decided_at.is_not(None), TaskConflict.due, TaskConflict.id)
    return _filter(list(db.session.scalars(select(TaskConflict).where(here).order_by(*order))), standing, user_id)


def count_repeats(rows: Sequence[TaskConflict]) -> dict[int, int]:
    """By conflict, how many there are of the same function between the same sides."""
    counts = Counter(_same(row) for row in rows if parties(row)[1].id is not None)
    return {row.id: max(1, counts[_same(row)]) for row in rows}


def list_arbiters(rollout_id: int) -> list[tuple[int, str]]:
    """Who may arbitrate: whoever steers the rollout, and every head."""
    teams = {one.team_id for one in list_staff(rollout_id)}
    found = {user_id: name for team_id in sorted(teams, key=str) for user_id, name in list_leaders(rollout_id, team_id)}
    found |= dict(list_leaders(rollout_id, None))
    return sorted(found.items(), key=lambda one: (one[1], one[0]))


def list_about(rollout_id: int, person_ids: Sequence[int]) -> list[TaskConflict]:
    """Conflicts in which these people, or a team of theirs, are a side."""
    teams = {one.team_id for one in list_staff(rollout_id) if one.person_id in person_ids and one.team_id}
    rows = db.session.scalars(select(TaskConflict).where(TaskConflict.rollout_id == rollout_id))
    keys = {f"{PERSON}:{one}" for one in person_ids} | {f"{TEAM}:{one}" for one in teams}
    return [row for row in rows if keys & {one.key for one in parties(row)}]


def count_open(rollout_id: int) -> int:
    """How many conflicts wait for a decision."""
    here = (TaskConflict.rollout_id == rollout_id, TaskConflict.decided_at.is_(None))
    return db.session.scalar(select(func.count(TaskConflict.id)).where(*here)) or 0


def parties(row: TaskConflict) -> tuple[Party, Party]:
    """Both sides."""
    return _party(row.first_team_id, row.first_person_id), _party(row.other_team_id, row.other_person_id)


def _party(team_id: int | None, person_id: int | None) -> Party:
    return Party(PERSON, person_id) if person_id is not None else Party(TEAM, team_id)


def _set_sides(row: TaskConflict, first: Party, other: Party) -> None:
    row.first_team_id, row.first_person_id = _columns(first)
    row.other_team_id, row.other_person_id = _columns(other)


def _columns(one: Party) -> tuple[int | None, int | None]:
    return (one.id, None) if one.kind == TEAM else (None, one.id)


def _demand(rollout_id: int, one: Party) -> None:
    if one.id is not None:
        get_team(rollout_id, one.id) if one.kind == TEAM else get_person(rollout_id, one.id)


def _same(row: TaskConflict) -> tuple[str, frozenset[str]]:
    return row.function, frozenset(one.key for one in parties(row))


def _filter(rows: Sequence[TaskConflict], standing: Standing, user_id: int) -> list[TaskConflict]:
    if standing.roles & STEERING:
        return list(rows)
    staff = list_staff(standing.rollout_id)
    led = [one for one in staff if one.head_id is not None and one.head_id == standing.person_id]
    keys = {f"{TEAM}:{one.team_id}" for one in led} | {f"{PERSON}:{one.person_id}" for one in led}
    return [row for row in rows if row.arbiter_id == user_id or keys & {one.key for one in parties(row)}]


def _log(action: str, row: TaskConflict, *, by: Actor, now: datetime) -> None:
    db.session.flush()
    log_write(action, f"conflict:{row.id}", by=by, now=now, rollout_id=row.rollout_id)
