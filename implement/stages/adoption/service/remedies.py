"""Remedies: started for a person or a team, with an owner and a day, carried out as a task or by a room, stopped."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from implement.db import db
from implement.engine.checklist import Remedy
from implement.rollout.registries import registries
from implement.rollout.remedy_carriers import RemedyCarrier, RemedyOrder
from implement.rollout.service.accounts import get_user
from implement.rollout.service.errors import NotAllowed, NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.people import list_leaders, list_names
from implement.rollout.service.privacy import PeopleView
from implement.rollout.service.rollouts import local_day
from implement.rollout.service.staff import get_person, get_team
from implement.rollout.service.tasks import get_task, give_task, mark_done
from implement.stages.adoption.remedy_sheet import find_remedy, side_effects
from implement.stages.adoption.service.people import admit, read_person
from implement.stages.adoption.tables import StartedRemedy
from implement.store import Store
from implement.web.access import STEERING, Permission, Role, Standing
from implement.web.texts import _, in_language, language, lazy

LONGEST_EXPECTED = 500


@dataclass(frozen=True)
class ForWhom:
    """Whom a remedy is for: one person, or one team."""

    person_id: int | None = None
    team_id: int | None = None


@dataclass(frozen=True)
class Plan:
    """A remedy as somebody wants to start it."""

    remedy_id: str
    owner_id: int
    starts_on: date
    expected: str
    chosen: str = ""


def start_remedy(
    standing: Standing, whom: ForWhom, plan: Plan, *, store: Store, by: Actor, now: datetime
) -> StartedRemedy:
    """Start a remedy: a task for its owner, and what the room that carries it out does; judged after its days."""
    remedy = find_remedy(plan.remedy_id)
    if remedy is None:
        raise NotFound(lazy("There is no such remedy."))
    demand_may_run(standing, whom, local_day(standing.rollout_id, now))
    _refuse_twice(standing.rollout_id, whom, remedy)
    if plan.chosen and plan.chosen not in dict(list_choices_of(standing.rollout_id, remedy)):
        raise RuleBroken(lazy("What you chose does not belong to this remedy. Please choose again."))
    if plan.owner_id not in {user_id for user_id, _name in list_possible_owners(standing.rollout_id, whom)}:
        raise RuleBroken(lazy("This remedy can be given to whoever leads the rollout or the team it is for."))
    judge_on = plan.starts_on + timedelta(days=remedy.days)
    task = give_task(
        standing.rollout_id, title=_title(remedy, plan.owner_id), owner_id=plan.owner_id, due=judge_on,
        escalate_to_id=by.id if by.id != plan.owner_id else None, by=by, now=now,
    )  # fmt: skip
    row = StartedRemedy(
        rollout_id=standing.rollout_id, remedy=remedy.id, kind=_kind(standing.rollout_id, remedy, whom),
        person_id=whom.person_id, team_id=whom.team_id, owner_id=plan.owner_id,
        owner_name=get_user(plan.owner_id).name, starts_on=plan.starts_on, judge_on=judge_on,
        expected=plan.expected.strip(), chosen=plan.chosen, task_id=task.id, by_id=by.id, by_name=by.name, at=now,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    task.subject = subject_of(row)
    log_write("start_remedy", subject_of(row), by=by, now=now, rollout_id=row.rollout_id, remedy=remedy.id)
    if carrier := find_carrier(remedy):
        carrier.take_up(order_of(row, store=store, by=by, now=now))
    return row


def stop_remedy(
    row: StartedRemedy, standing: Standing, *, reason: str, store: Store, by: Actor, now: datetime
) -> None:
    """Stop a remedy before it is judged, with a reason; it is never counted among those that helped."""
    demand_may_run(standing, whom_of(row), local_day(standing.rollout_id, now))
    if row.state(local_day(standing.rollout_id, now)) in ("judged", "stopped"):
        raise RuleBroken(lazy("This remedy has ended already."))
    if not reason.strip():
        raise RuleBroken(lazy("Please give a reason; everybody concerned can read it."))
    row.stopped_on, row.stop_reason = local_day(standing.rollout_id, now), reason.strip()
    mark_done(get_task(row.rollout_id, row.task_id), by=by, now=now)
    log_write("stop_remedy", subject_of(row), by=by, now=now, rollout_id=row.rollout_id, reason=row.stop_reason)
    carrier = find_carrier(find_remedy(row.remedy))
    if carrier is not None and carrier.end is not None:
        carrier.end(order_of(row, store=store, by=by, now=now))


def get_remedy(rollout_id: int, remedy_id: int) -> StartedRemedy:
    """A remedy that was started in this rollout."""
    here = (StartedRemedy.id == remedy_id, StartedRemedy.rollout_id == rollout_id)
    row: StartedRemedy | None = db.session.scalar(select(StartedRemedy).where(*here))
    if row is None:
        raise NotFound(lazy("There is no such remedy."))
    return row


def admit_to_remedy(standing: Standing, row: StartedRemedy, today: date) -> PeopleView:
    """How much of whom it is for may be shown: of a person as of their figures, of a team to whoever reads teams."""
    if row.person_id is not None:
        return admit(standing, row.person_id, today)
    if not standing.may(Permission.SEE_REMEDIES):
        raise NotAllowed(lazy("You see figures of teams here, not of single people."))
    return PeopleView.TEAM


def demand_may_run(standing: Standing, whom: ForWhom, today: date) -> None:
    """Refuse whoever neither steers the rollout nor leads the person or the team."""
    if whom.person_id is not None:
        admit(standing, whom.person_id, today)
    if not may_run(standing, whom):
        raise NotAllowed(lazy("A remedy is run by whoever leads the rollout or the team it is for."))


def may_run(standing: Standing, whom: ForWhom) -> bool:
    """True for whoever steers the rollout or leads the person or the team."""
    team = get_team(standing.rollout_id, whom.team_id) if whom.team_id is not None else None
    leads = team is not None and team.head_id is not None and team.head_id == standing.person_id
    is_theirs = leads or (whom.person_id is not None and whom.person_id != standing.person_id)
    return bool(standing.roles & STEERING) or (Role.HEAD in standing.roles and is_theirs)


def list_possible_owners(rollout_id: int, whom: ForWhom) -> list[tuple[int, str]]:
    """Who may own a remedy: whoever steers the rollout, and the head of the team."""
    team_id = whom.team_id if whom.person_id is None else get_person(rollout_id, whom.person_id).team_id
    return list_leaders(rollout_id, team_id)


def find_carrier(remedy: Remedy | None) -> RemedyCarrier | None:
    """The room that carries a remedy out."""
    return registries().remedies.get(remedy.way) if remedy is not None else None


def list_choices_of(rollout_id: int, remedy: Remedy | None) -> list[tuple[str, str]]:
    """What can be chosen when this remedy is started, by key."""
    carrier = find_carrier(remedy)
    return list(carrier.choice.offer(rollout_id)) if carrier is not None and carrier.choice is not None else []


def order_of(row: StartedRemedy, *, store: Store, by: Actor, now: datetime) -> RemedyOrder:
    """A started remedy as its room carries it out."""
    return RemedyOrder(
        row.rollout_id, names_of(row.rollout_id, whom_of(row)), row.owner_id, row.judge_on, by, now, store, row.id,
        row.starts_on, row.chosen,
    )  # fmt: skip


def names_of(rollout_id: int, whom: ForWhom) -> frozenset[str]:
    """Under which names records know the person, or the people of the team."""
    return list_names(rollout_id, person_id=whom.person_id, team_id=whom.team_id)


def whom_of(row: StartedRemedy) -> ForWhom:
    """Whom a started remedy is for."""
    return ForWhom(row.person_id, row.team_id)


def subject_of(row: StartedRemedy) -> str:
    """What its task and the log call it."""
    return f"remedy:{row.id}"


def _refuse_twice(rollout_id: int, whom: ForWhom, remedy: Remedy) -> None:
    same = (StartedRemedy.person_id.is_not_distinct_from(whom.person_id),
            StartedRemedy.team_id.is_not_distinct_from(whom.team_id))  # fmt: skip
    is_open = (StartedRemedy.stopped_on.is_(None), StartedRemedy.judged_at.is_(None))
    asked = select(StartedRemedy.id).where(
        StartedRemedy.rollout_id == rollout_id, StartedRemedy.remedy == remedy.id, *same, *is_open
    )
    if db.session.scalar(asked.limit(1)) is not None:
        raise RuleBroken(lazy("This remedy is running here already; judge or stop it first."))


def _title(remedy: Remedy, owner_id: int) -> str:
    """What the owner's task is called, in the owner's language; it names nobody."""
    with in_language(get_user(owner_id).language or "en"):
        return _("Remedy: %(remedy)s", remedy=remedy.text.in_language(language()))[:300]


def _kind(rollout_id: int, remedy: Remedy, whom: ForWhom) -> str:
    """The kind of evidence it answers: the person's own where it fits, else the first of the side effect."""
    kinds = next(effect.kinds for effect in side_effects() if remedy in effect.remedies)
    figures = read_person(rollout_id, whom.person_id) if whom.person_id is not None else None
    evidence = figures.evidence if figures else None
    own = (evidence.first_kind, evidence.second_kind) if evidence else ()
    return next((kind for kind in own if kind in kinds), kinds[0])
