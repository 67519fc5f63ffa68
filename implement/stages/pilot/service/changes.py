"""Changes of the system: wished by anybody, decided by whoever owns it, told to whom they concern (M20, M103)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, case, func, or_, select

from implement.db import db
from implement.rollout.service.errors import EditedMeanwhile, NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.rollouts import lock_rollout
from implement.rollout.service.staff import get_team
from implement.rollout.service.usage import StaffMember, list_staff
from implement.stages.pilot.tables.changes import ChangeRead, ChangeRequest
from implement.stages.specification.service.requirements import list_choices
from implement.stages.specification.service.risks.team import list_team
from implement.web.texts import lazy

STATES = {
    "asked": lazy("asked for"),
    "accepted": lazy("accepted"),
    "refused": lazy("refused"),
    "done": lazy("done"),
}
NEWS_DAYS = 90
"""So long a change is news; the log of changes keeps it for ever."""
DECISIONS = ("accepted", "refused")


@dataclass(frozen=True)
class Wish:
    """A wish as it was typed in, with the requirement it serves, if any."""

    title: str
    why: str
    requirement_id: int | None = None


@dataclass(frozen=True)
class Decision:
    """What was decided, why, and for which day it is planned."""

    state: str
    words: str
    planned_for: date | None = None


@dataclass(frozen=True)
class Told:
    """Since when a change is there, what is told, and to whom: everybody, a role, a team, or a role in a team."""

    done_on: date
    words: str
    for_role: str = ""
    for_team_id: int | None = None


@dataclass(frozen=True)
class Owners:
    """Who owns the system and its changes, and the deputy; empty where nobody does."""

    owner: str
    deputy: str


def find_owners(rollout_id: int) -> Owners:
    """The owner and the deputy as the joint team names them."""
    parts = {one.part: one.name for one in reversed(list_team(rollout_id))}
    return Owners(parts.get("owner", ""), parts.get("deputy", ""))


def ask_change(rollout_id: int, said: Wish, *, by: Actor, now: datetime) -> ChangeRequest:
    """Wish for a change, with the requirement it serves, if any."""
    if not said.title.strip() or not said.why.strip():
        raise RuleBroken(lazy("A wish needs a title and a reason."))
    if said.requirement_id is not None and said.requirement_id not in dict(list_choices(rollout_id)):
        raise NotFound(lazy("There is no such requirement."))
    lock_rollout(rollout_id)
    newest = select(func.max(ChangeRequest.number)).where(ChangeRequest.rollout_id == rollout_id)
    row = ChangeRequest(
        rollout_id=rollout_id, number=(db.session.scalar(newest) or 0) + 1, title=said.title.strip(),
        why=said.why.strip(), requirement_id=said.requirement_id, by_name=by.name, at=now,
    )  # fmt: skip
    db.session.add(row)
    _log("ask_change", row, by=by, now=now)
    return row


def decide_change(row: ChangeRequest, said: Decision, *, version: int | None, by: Actor, now: datetime) -> None:
    """Accept or refuse a wish, with the reason; what is done already stays done."""
    _lock(row, version, said.words)
    if row.state == "done":
        raise RuleBroken(lazy("This change is done already; a new wish changes it again."))
    if said.state not in DECISIONS or not said.words.strip():
        raise RuleBroken(lazy("A decision says yes or no, and why."))
    row.state, row.decision, row.planned_for = said.state, said.words.strip(), said.planned_for
    row.decided_by, row.decided_at = by.name, now
    _log("decide_change", row, by=by, now=now)


def finish_change(
    row: ChangeRequest, said: Told, *, version: int | None, today: date, by: Actor, now: datetime
) -> None:
    """Note that an accepted change is there, and tell those whom it concerns what is new for them."""
    _lock(row, version, said.words)
    if row.state != "accepted":
        raise RuleBroken(lazy("Only what was accepted is carried out."))
    if said.done_on > today:
        raise RuleBroken(lazy("This day has not come yet."))
    if not said.words.strip():
        raise RuleBroken(lazy("Please say what is new for people."))
    if said.for_team_id is not None:
        get_team(row.rollout_id, said.for_team_id)
    row.state, row.done_on, row.told = "done", said.done_on, said.words.strip()
    row.for_role, row.for_team_id = said.for_role, said.for_team_id
    _log("finish_change", row, by=by, now=now)


def list_requirements(rollout_id: int) -> list[tuple[int, str]]:
    """The requirements that a wish may serve: id and a line each."""
    return list_choices(rollout_id)


def get_change(rollout_id: int, change_id: int) -> ChangeRequest:
    """A wish of this rollout."""
    row: ChangeRequest | None = db.session.get(ChangeRequest, change_id)
    if row is None or row.rollout_id != rollout_id:
        raise NotFound(lazy("There is no such wish."))
    return row


def list_backlog(rollout_id: int) -> list[ChangeRequest]:
    """What is asked for or accepted, what waits for a decision first."""
    rank = case((ChangeRequest.state == "asked", 0), (ChangeRequest.state == "accepted", 1), else_=2)
    here = (ChangeRequest.rollout_id == rollout_id, ChangeRequest.state != "done")
    return list(db.session.scalars(select(ChangeRequest).where(*here).order_by(rank, ChangeRequest.number)))


def list_done(rollout_id: int) -> list[ChangeRequest]:
    """The log of changes, the newest first."""
    asked = select(ChangeRequest).where(ChangeRequest.rollout_id == rollout_id, ChangeRequest.state == "done")
    return list(db.session.scalars(asked.order_by(ChangeRequest.done_on.desc(), ChangeRequest.id.desc())))


def list_news(rollout_id: int, user_id: int, person_id: int | None, today: date) -> list[ChangeRequest]:
    """What has changed for this person lately and they have not seen yet."""
    asked = select(ChangeRequest).where(*_news(rollout_id, user_id, person_id, today))
    return list(db.session.scalars(asked.order_by(ChangeRequest.done_on.desc(), ChangeRequest.id.desc())))


def count_news(rollout_id: int, user_id: int, person_id: int | None, today: date) -> int:
    """How many changes somebody has not seen, for the hall."""
    return db.session.scalar(select(func.count()).where(*_news(rollout_id, user_id, person_id, today))) or 0


def count_undecided(rollout_id: int) -> int:
    """How many wishes wait for a decision."""
    here = (ChangeRequest.rollout_id == rollout_id, ChangeRequest.state == "asked")
    return db.session.scalar(select(func.count(ChangeRequest.id)).where(*here)) or 0


def mark_read(
    rollout_id: int, shown: Sequence[int], user_id: int, person_id: int | None, *, today: date, by: Actor, now: datetime
) -> int:
    """Note that somebody has seen these changes; twice is once."""
    fresh = [row for row in list_news(rollout_id, user_id, person_id, today) if row.id in shown]
    db.session.add_all(ChangeRead(change_id=row.id, user_id=user_id, at=now) for row in fresh)
    db.session.flush()
    log_write("read_changes", f"rollout:{rollout_id}", by=by, now=now, rollout_id=rollout_id, changes=len(fresh))
    return len(fresh)


def _news(rollout_id: int, user_id: int, person_id: int | None, today: date) -> list[ColumnElement[bool]]:
    me: StaffMember | None = next((one for one in list_staff(rollout_id) if one.person_id == person_id), None)
    seen = select(ChangeRead.change_id).where(ChangeRead.user_id == user_id)
    return [
        ChangeRequest.rollout_id == rollout_id,
        ChangeRequest.state == "done",
        ChangeRequest.done_on > today - timedelta(days=NEWS_DAYS),
        ChangeRequest.id.not_in(seen),
        ChangeRequest.for_role.in_(["", me.role] if me else [""]),
        or_(ChangeRequest.for_team_id.is_(None), ChangeRequest.for_team_id == (me.team_id if me else None)),
    ]


def _lock(row: ChangeRequest, version: int | None, mine: str) -> None:
    db.session.refresh(row, with_for_update=True)
    if row.version != version:
        raise EditedMeanwhile(lazy("Somebody else changed this wish meanwhile."), theirs=row.decision, mine=mine)


def _log(action: str, row: ChangeRequest, *, by: Actor, now: datetime) -> None:
    db.session.flush()
    log_write(action, f"change:{row.id}", by=by, now=now, rollout_id=row.rollout_id, state=row.state)
