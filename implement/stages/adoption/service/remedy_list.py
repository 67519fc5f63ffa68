"""The remedies of a rollout as lists show them: a team's to whoever reads teams, a person's as their figures are."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from implement.db import db
from implement.jobs import Plain
from implement.rollout.service.privacy import pseudonym, views_for
from implement.rollout.service.rollouts import get_rollout
from implement.rollout.service.staff import list_teams
from implement.stages.adoption.service.people import are_too_few
from implement.stages.adoption.tables import StartedRemedy
from implement.web.access import Standing


@dataclass(frozen=True)
class RemedyRow:
    """A remedy in a list; `whom` is a team's name or a person's pseudonym."""

    id: int
    remedy: str
    kind: str
    whom: str
    is_team: bool
    owner_id: int
    owner: str
    starts_on: date
    judge_on: date
    state: str
    effect: dict[str, Plain]


@dataclass(frozen=True)
class RemedyRows:
    """The remedies this reader may see, and how many for single people stay hidden from them."""

    rows: tuple[RemedyRow, ...]
    hidden: int

    def in_state(self, *states: str) -> list[RemedyRow]:
        """Those in one of these states."""
        return [row for row in self.rows if row.state in states]


def list_remedies(standing: Standing, *, secret: str, today: date) -> RemedyRows:
    """All remedies, the ones due for judgement first."""
    asked = select(StartedRemedy).where(StartedRemedy.rollout_id == standing.rollout_id)
    found = list(db.session.scalars(asked.order_by(StartedRemedy.judge_on, StartedRemedy.id)))
    people = {row.person_id for row in found if row.person_id is not None}
    views = views_for(standing, get_rollout(standing.rollout_id).legal_profile, people, today) if people else {}
    seen = views.keys() if views and not are_too_few(standing) else views.keys() & {standing.person_id}
    names = {person_id: pseudonym(secret, standing.rollout_id, person_id) for person_id in seen}
    teams = {team_id: name for team_id, name, *_rest in list_teams(standing.rollout_id)}
    shown = [(row, teams.get(row.team_id or 0) or names.get(row.person_id or 0, "")) for row in found]
    rows = tuple(_row(row, whom, today) for row, whom in shown if whom)
    return RemedyRows(rows, len(found) - len(rows))


def list_of_person(rollout_id: int, person_id: int, today: date) -> list[RemedyRow]:
    """The remedies of one person, the newest first; for whoever may see their figures."""
    mine = (StartedRemedy.rollout_id == rollout_id, StartedRemedy.person_id == person_id)
    rows = db.session.scalars(select(StartedRemedy).where(*mine).order_by(StartedRemedy.id.desc()))
    return [_row(row, "", today) for row in rows]


def list_of_team(rollout_id: int, team_id: int, today: date) -> list[RemedyRow]:
    """The remedies of one team, the newest first."""
    mine = (StartedRemedy.rollout_id == rollout_id, StartedRemedy.team_id == team_id)
    rows = db.session.scalars(select(StartedRemedy).where(*mine).order_by(StartedRemedy.id.desc()))
    return [_row(row, "", today) for row in rows]


def count_started(rollout_id: int) -> int:
    """How many remedies were ever started here."""
    return db.session.scalar(select(func.count(StartedRemedy.id)).where(StartedRemedy.rollout_id == rollout_id)) or 0


def find_due(rollout_id: int, user_id: int, today: date) -> tuple[int, date] | None:
    """How many remedies of this owner are due for judgement, and since when; None when none is."""
    due = (
        StartedRemedy.rollout_id == rollout_id, StartedRemedy.owner_id == user_id, StartedRemedy.judge_on <= today,
        StartedRemedy.judged_at.is_(None), StartedRemedy.stopped_on.is_(None),
    )  # fmt: skip
    asked = select(func.count(StartedRemedy.id), func.min(StartedRemedy.judge_on)).where(*due)
    count, first = db.session.execute(asked).one()
    return (int(count), first) if count else None


def _row(row: StartedRemedy, whom: str, today: date) -> RemedyRow:
    return RemedyRow(
        row.id, row.remedy, row.kind, whom, row.team_id is not None, row.owner_id, row.owner_name, row.starts_on,
        row.judge_on, row.state(today), dict(row.effect),
    )  # fmt: skip
