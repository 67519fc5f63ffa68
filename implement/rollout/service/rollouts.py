"""Create a rollout, say what the CRM must solve, name its waves, find what somebody may see."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from implement.db import db
from implement.rollout.service.accounts import add_member
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.gates import lay_out_criteria
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.unchanged import while_unchanged
from implement.rollout.tables import Aim, Company, Membership, Rollout, Wave
from implement.web.access import Role, Standing
from implement.web.texts import lazy

FIRST_WAVE = "Pilot"


@dataclass(frozen=True)
class RolloutRow:
    """A rollout as the list shows it."""

    id: int
    company: str
    name: str
    goal: str
    is_demonstration: bool


def create_rollout(
    *,
    company: str,
    name: str,
    goal: str,
    aims: list[str],
    legal_profile: str,
    currency: str,
    timezone: str,
    by: Actor,
    role: Role,
    now: datetime,
    is_demonstration: bool = False,
) -> Rollout:
    """Begin a rollout: company, goal (M1) and the tasks the CRM must solve (M2) are enough. The creator becomes a
    member.
    """
    if not goal.strip():
        raise RuleBroken(lazy("A rollout needs a goal: what should be better afterwards?"))
    firm = db.session.scalar(select(Company).where(Company.name == company.strip())) or Company(name=company.strip())
    db.session.add(firm)
    db.session.flush()
    rollout = Rollout(
        company_id=firm.id,
        name=name.strip(),
        goal=goal.strip(),
        legal_profile=legal_profile,
        currency=currency,
        timezone=timezone,
        created_at=now,
        is_demonstration=is_demonstration,
    )
    db.session.add(rollout)
    db.session.flush()
    db.session.add(Wave(rollout_id=rollout.id, position=1, name=FIRST_WAVE))
    log_write("create_rollout", f"rollout:{rollout.id}", by=by, now=now, rollout_id=rollout.id, company=company)
    add_member(rollout.id, by.id, role, by=by, now=now)
    write_aims(rollout.id, aims, by=by, now=now)
    lay_out_criteria(rollout.id)
    return rollout


def write_aims(rollout_id: int, texts: list[str], *, by: Actor, now: datetime) -> None:
    """Add tasks the CRM must solve; blank lines and repeats are left out."""
    known = set(db.session.scalars(select(Aim.text).where(Aim.rollout_id == rollout_id)))
    fresh = [text for text in dict.fromkeys(t.strip() for t in texts) if text and text not in known]
    db.session.add_all(Aim(rollout_id=rollout_id, position=len(known) + n, text=t) for n, t in enumerate(fresh, 1))
    if fresh:
        log_write("write_aims", f"rollout:{rollout_id}", by=by, now=now, rollout_id=rollout_id, count=len(fresh))


def list_aims(rollout_id: int) -> list[str]:
    """The tasks the CRM must solve, in their order."""
    return list(db.session.scalars(select(Aim.text).where(Aim.rollout_id == rollout_id).order_by(Aim.position)))


def list_numbered_aims(rollout_id: int) -> list[tuple[int, str]]:
    """The tasks the CRM must solve with their ids, in their order, for rooms that trace them to the end (M2)."""
    rows = select(Aim.id, Aim.text).where(Aim.rollout_id == rollout_id).order_by(Aim.position)
    return [(aim_id, text) for aim_id, text in db.session.execute(rows)]


def lock_rollout(rollout_id: int) -> None:
    """Let others who number things of this rollout wait until this write is through (SQLite queues writers already)."""
    db.session.execute(select(Rollout.id).where(Rollout.id == rollout_id).with_for_update())


def list_rollouts(user_id: int) -> list[RolloutRow]:
    """The rollouts somebody belongs to."""
    rows = db.session.execute(
        select(Rollout.id, Company.name, Rollout.name, Rollout.goal, Rollout.is_demonstration)
        .join(Company)
        .where(Rollout.id.in_(select(Membership.rollout_id).where(Membership.user_id == user_id)))
        .order_by(Company.name, Rollout.name)
    )
    return [RolloutRow(*row) for row in rows]


def get_rollout(rollout_id: int) -> Rollout:
    """The rollout; whoever asks has been admitted by the view's permission."""
    rollout = db.session.get(Rollout, rollout_id)
    if rollout is None:
        raise NotFound(lazy("There is no such rollout."))
    return rollout


def list_rollout_ids() -> list[int]:
    """Every rollout there is, for what happens without anybody asking."""
    return list(db.session.scalars(select(Rollout.id).order_by(Rollout.id)))


def zone_of(rollout_id: int) -> ZoneInfo:
    """The time zone of the firm of a rollout, read once while nothing is written."""
    return ZoneInfo(while_unchanged(("zone", rollout_id), lambda: get_rollout(rollout_id).timezone))


def local_day(rollout_id: int, now: datetime) -> date:
    """The day at the firm of a rollout."""
    return now.astimezone(zone_of(rollout_id)).date()


def find_demonstration() -> int | None:
    """The rollout that only demonstrates, where one is loaded."""
    return db.session.scalar(select(Rollout.id).where(Rollout.is_demonstration).limit(1))


def company_name(rollout: Rollout) -> str:
    """The name of the firm."""
    return db.session.get_one(Company, rollout.company_id).name


def find_standing(*, user_id: int, rollout_id: int) -> Standing | None:
    """Where a user stands in a rollout; None for a stranger."""
    return while_unchanged(("standing", user_id, rollout_id), lambda: _find_standing(user_id, rollout_id))


def _find_standing(user_id: int, rollout_id: int) -> Standing | None:
    rows = db.session.execute(
        select(Membership.role, Membership.person_id).where(
            Membership.rollout_id == rollout_id, Membership.user_id == user_id
        )
    ).all()
    if not rows:
        return None
    person_ids = [person_id for _, person_id in rows if person_id is not None]
    return Standing(rollout_id, frozenset(Role(role) for role, _ in rows), person_ids[0] if person_ids else None)


def add_wave(rollout_id: int, *, name: str, go_live: date | None, by: Actor, now: datetime) -> Wave:
    """Add the next wave (M23)."""
    taken = select(Wave.id).where(Wave.rollout_id == rollout_id, Wave.name == name.strip())
    if db.session.scalar(taken):
        raise RuleBroken(lazy("There is already a wave of this name."))
    last = db.session.scalar(select(func.max(Wave.position)).where(Wave.rollout_id == rollout_id)) or 0
    wave = Wave(rollout_id=rollout_id, position=last + 1, name=name.strip(), go_live=go_live)
    db.session.add(wave)
    db.session.flush()
    log_write("add_wave", f"wave:{wave.id}", by=by, now=now, rollout_id=rollout_id, name=name)
    return wave


def plan_wave(wave: Wave, *, go_live: date | None, by: Actor, now: datetime) -> None:
    """Set the day on which the wave's teams start."""
    wave.go_live = go_live
    day = go_live.isoformat() if go_live else None
    log_write("plan_wave", f"wave:{wave.id}", by=by, now=now, rollout_id=wave.rollout_id, go_live=day)


def list_waves(rollout_id: int) -> list[Wave]:
    """The waves in their order."""
    return list(db.session.scalars(select(Wave).where(Wave.rollout_id == rollout_id).order_by(Wave.position)))


def get_wave(rollout_id: int, wave_id: int) -> Wave:
    """A wave of this rollout."""
    wave: Wave | None = db.session.scalar(select(Wave).where(Wave.id == wave_id, Wave.rollout_id == rollout_id))
    if wave is None:
        raise NotFound(lazy("There is no such wave."))
    return wave
