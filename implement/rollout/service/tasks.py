"""Tasks: one owner, one deadline, escalation to a second person once when it has passed (M44)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, update

from implement.db import change_rows, db
from implement.rollout.service.errors import NotAllowed, NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.outbox import post_mail
from implement.rollout.tables import Membership, Task, User
from implement.web.access import STEERING, Role
from implement.web.texts import _, day, in_language, lazy


@dataclass(frozen=True)
class TaskRow:
    """A task as lists show it."""

    id: int
    title: str
    subject: str
    owner_id: int
    owner: str
    due: date
    done_at: datetime | None
    escalated_at: datetime | None


def give_task(
    rollout_id: int,
    *,
    title: str,
    owner_id: int,
    due: date,
    escalate_to_id: int | None = None,
    subject: str = "",
    by: Actor,
    now: datetime,
) -> Task:
    """Give a member of the rollout a task with a deadline."""
    _refuse_strangers(rollout_id, owner_id, escalate_to_id)
    task = Task(
        rollout_id=rollout_id,
        title=title.strip(),
        owner_id=owner_id,
        due=due,
        escalate_to_id=escalate_to_id,
        subject=subject,
        created_by_id=by.id,
        created_at=now,
    )
    db.session.add(task)
    db.session.flush()
    log_write("give_task", f"task:{task.id}", by=by, now=now, rollout_id=rollout_id, owner_id=owner_id)
    return task


def get_task(rollout_id: int, task_id: int) -> Task:
    """A task of this rollout."""
    task: Task | None = db.session.scalar(select(Task).where(Task.id == task_id, Task.rollout_id == rollout_id))
    if task is None:
        raise NotFound(lazy("There is no such task."))
    return task


def may_close(task: Task, user_id: int, roles: frozenset[Role]) -> bool:
    """True for the owner, whoever gave the task, and whoever steers the rollout."""
    return user_id in (task.owner_id, task.created_by_id) or bool(roles & STEERING)


def finish_task(task: Task, *, roles: frozenset[Role], by: Actor, now: datetime) -> None:
    """Tick a task off; twice is once. One that belongs to a thing of a room is ticked off there."""
    _refuse_others(task, by, roles)
    mark_done(task, by=by, now=now)


def mark_done(task: Task, *, by: Actor | None, now: datetime) -> None:
    """Tick off what a room knows to be done; twice is once."""
    if task.done_at is None:
        task.done_at = now
        log_write("finish_task", f"task:{task.id}", by=by, now=now, rollout_id=task.rollout_id)


def mark_open(task: Task, *, by: Actor | None, now: datetime) -> None:
    """Open again what a room knows not to be done."""
    if task.done_at is not None:
        task.done_at = None
        log_write("reopen_task", f"task:{task.id}", by=by, now=now, rollout_id=task.rollout_id)


def hand_over_task(
    task: Task, *, owner_id: int, due: date, escalate_to_id: int | None, by: Actor, now: datetime
) -> None:
    """Give a task to another owner or another day; it may be escalated once more."""
    _refuse_strangers(task.rollout_id, owner_id, escalate_to_id)
    task.owner_id, task.due, task.escalate_to_id, task.escalated_at = owner_id, due, escalate_to_id, None
    log_write("hand_over_task", f"task:{task.id}", by=by, now=now, rollout_id=task.rollout_id, owner_id=owner_id)


def reopen_task(task: Task, *, roles: frozenset[Role], by: Actor, now: datetime) -> None:
    """Undo ticking a task off."""
    _refuse_others(task, by, roles)
    mark_open(task, by=by, now=now)


def list_tasks(rollout_id: int, *, owner_id: int | None = None, only_open: bool = True) -> list[TaskRow]:
    """Tasks by deadline, of one owner or of all."""
    asked = (
        select(Task.id, Task.title, Task.subject, Task.owner_id, User.name, Task.due, Task.done_at, Task.escalated_at)
        .join(User, User.id == Task.owner_id)
        .where(Task.rollout_id == rollout_id)
    )
    if owner_id is not None:
        asked = asked.where(Task.owner_id == owner_id)
    if only_open:
        asked = asked.where(Task.done_at.is_(None))
    return [TaskRow(*row) for row in db.session.execute(asked.order_by(Task.due, Task.id))]


def list_states(task_ids: Collection[int]) -> dict[int, bool]:
    """Of these tasks, which are done."""
    rows = db.session.execute(select(Task.id, Task.done_at).where(Task.id.in_(task_ids)))
    return {task_id: done_at is not None for task_id, done_at in rows}


def list_spans(
    rollout_id: int, owner_ids: Collection[int], first_at: datetime, last_at: datetime
) -> list[tuple[int, datetime, datetime | None]]:
    """Tasks given in a span of time to these owners: owner, when given, when done."""
    given = (Task.rollout_id == rollout_id, Task.owner_id.in_(owner_ids), Task.created_at.between(first_at, last_at))
    asked = select(Task.owner_id, Task.created_at, Task.done_at).where(*given).order_by(Task.created_at)
    return [(owner_id, given_at, done_at) for owner_id, given_at, done_at in db.session.execute(asked)]


def escalate_overdue_tasks(*, today: date, now: datetime) -> int:
    """Tell the second person of every overdue task, once for each day it was due until, however often this runs.

    Returns how many were escalated.
    """
    overdue = (Task.done_at.is_(None), Task.due < today, Task.escalated_at.is_(None), Task.escalate_to_id.is_not(None))
    rows = db.session.execute(
        select(Task.id, Task.rollout_id, Task.title, Task.due, User.email, User.language)
        .join(User, User.id == Task.escalate_to_id)
        .where(*overdue)
    ).all()
    return sum(_escalate(*row, now=now) for row in rows)


def _refuse_strangers(rollout_id: int, *user_ids: int | None) -> None:
    members = set(db.session.scalars(select(Membership.user_id).where(Membership.rollout_id == rollout_id)))
    if not members.issuperset({one for one in user_ids if one is not None}):
        raise RuleBroken(lazy("A task can only be given to somebody who belongs to this rollout."))


def _refuse_others(task: Task, by: Actor, roles: frozenset[Role]) -> None:
    if task.subject:
        raise RuleBroken(lazy("This task is done when what it is about is done; open it there."))
    if not may_close(task, by.id, roles):
        raise NotAllowed(lazy("A task is ticked off by its owner, by whoever gave it, or by the project lead."))


def _escalate(task_id: int, rollout_id: int, title: str, due: date, email: str, language: str, *, now: datetime) -> int:
    """Tell the second person in their own language."""
    mine = update(Task).where(Task.id == task_id, Task.escalated_at.is_(None)).values(escalated_at=now)
    if not change_rows(mine):
        return 0
    with in_language(language or "en"):
        subject = _("Overdue: %(title)s", title=title)
        body = _("The task “%(title)s” was due on %(due)s and is not done.", title=title, due=day(due))
    post_mail(f"task-overdue:{task_id}:{due}", to=email, subject=subject, body=body, now=now)
    log_write("escalate_task", f"task:{task_id}", by=None, now=now, rollout_id=rollout_id)
    return 1
