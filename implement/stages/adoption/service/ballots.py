"""Answer the pulse survey so that nobody can tell who answered what, not even from the whole database.

Who has answered is kept as a keyed mark that is made from the person with the server's secret, which the database does
not hold. What was answered is added to the sums of the person's team at once; the single answers are kept nowhere.
Neither has an instant, an account or an order of its own, and neither leaves a row in the log. When the round closes
the marks and the sums of single teams are destroyed.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from implement.db import db
from implement.engine.pulse import Ballot
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.links import find_link, issue_link
from implement.rollout.service.log import Actor
from implement.rollout.service.rollouts import local_day
from implement.stages.adoption.pulse_groups import NO_TEAM, read_tally
from implement.stages.adoption.service.pulse import (
    get_open_round,
    is_open,
    last_instant,
    list_invited,
    list_items,
)
from implement.stages.adoption.summing import team_key
from implement.stages.adoption.tables import PulseMark, PulseRound, PulseTally
from implement.web.texts import lazy

PURPOSE = "pulse"


@dataclass(frozen=True)
class Respondent:
    """Whoever answers a round: a person on the staff."""

    round_id: int
    rollout_id: int
    person_id: int
    team_key: str
    last_day: date


def issue_links(row: PulseRound, people: list[int], *, by: Actor, now: datetime) -> dict[int, str]:
    """A link's token for each person; it is not used up by answering, for that would note when."""
    terms = {"expires_in": last_instant(row) - now, "by": by, "now": now, "rollout_id": row.rollout_id}
    return {one: issue_link(PURPOSE, **terms, round_id=row.id, person_id=one) for one in people}  # type: ignore[arg-type]


def find_guest(token: str, *, now: datetime) -> Respondent:
    """Who answers by this link; raises `NotFound` when the round is over."""
    link = find_link(token, PURPOSE, now=now)
    row = db.session.get_one(PulseRound, int(str(link.terms["round_id"])))
    return _admit(row, int(str(link.terms["person_id"])), local_day(row.rollout_id, now))


def find_respondent(rollout_id: int, person_id: int | None, *, today: date) -> Respondent:
    """Who answers by their log-in; raises `NotFound` for whoever is not on the staff, and while no round is open."""
    if person_id is None:
        raise NotFound(lazy("Only people on this rollout's staff list are asked."))
    return _admit(get_open_round(rollout_id), person_id, today)


def has_answered(who: Respondent, *, secret: str) -> bool:
    """True when this person's answers of the round are counted."""
    return db.session.get(PulseMark, (who.round_id, _mark(who, secret))) is not None


def count_answers(who: Respondent, ballot: Ballot, *, secret: str) -> bool:
    """Add somebody's answers to the sums of their team, once a round; returns whether they were counted now."""
    if set(ballot) != {item.id for item in list_items()}:
        raise RuleBroken(lazy("Please answer every statement."))
    try:
        with db.session.begin_nested():
            db.session.add(PulseMark(round_id=who.round_id, mark=_mark(who, secret)))
    except IntegrityError:
        return False
    row = _lock_tally(who)
    tally = read_tally(row.ballots, row.counts).count(ballot)
    row.ballots = tally.ballots
    row.counts = {item: list(given) for item, given in sorted(tally.counts.items())}
    db.session.flush()
    return True


def count_ballots(row: PulseRound) -> int:
    """How many have answered the open round so far."""
    return db.session.scalar(select(func.sum(PulseTally.ballots)).where(PulseTally.round_id == row.id)) or 0


def _admit(row: PulseRound, person_id: int, today: date) -> Respondent:
    if not is_open(row, today):
        raise NotFound(lazy("This round of the survey is over. Thank you."))
    invited = list_invited(row.rollout_id, row.first_day)
    found = next((one for one in invited if one.person_id == person_id), None)
    if found is None:
        raise NotFound(lazy("Only people on this rollout's staff list are asked."))
    return Respondent(row.id, row.rollout_id, person_id, team_key(found), row.last_day)


def _lock_tally(who: Respondent) -> PulseTally:
    """The sums of the person's team, locked until commit; of a team that is newer than the round those without one."""
    keys = (who.team_key, NO_TEAM)
    asked = select(PulseTally).where(PulseTally.round_id == who.round_id, PulseTally.group_key.in_(keys))
    rows = {row.group_key: row for row in db.session.scalars(asked.order_by(PulseTally.group_key).with_for_update())}
    return rows.get(who.team_key) or rows[NO_TEAM]


def _mark(who: Respondent, secret: str) -> str:
    return hmac.new(secret.encode(), f"pulse:{who.round_id}:{who.person_id}".encode(), hashlib.sha256).hexdigest()
