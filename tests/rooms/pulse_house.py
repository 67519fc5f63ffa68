"""A survey round in a small firm, for tests: people answer, and the whole database is read as an attacker would."""

from datetime import date

from sqlalchemy import select

from implement.db import db
from implement.rollout.service.usage import list_staff
from implement.rollout.tables import User
from implement.stages.adoption.service.ballots import count_answers, find_respondent
from implement.stages.adoption.service.pulse import list_items, open_round
from implement.stages.adoption.tables import PulseRound
from tests.rooms.adoption_house import NOW, SECRET, SUNDAY, a_firm

TEAMS = {"North": 6, "South": 5, "Tiny": 3}


def a_round(rollout_id: int, teams: dict[str, int] | None = None) -> tuple[User, PulseRound]:
    """Take a firm over and open a round for it."""
    by = a_firm(rollout_id, teams or TEAMS)
    return by, open_round(rollout_id, days=7, by=by, now=NOW, today=SUNDAY)


def answer(rollout_id: int, crm_user: str, level: int, *, day: date = SUNDAY, **other: int) -> bool:
    """Let somebody answer every statement with the same number, but those named."""
    person_id = next(one.person_id for one in list_staff(rollout_id) if one.crm_user == crm_user)
    who = find_respondent(rollout_id, person_id, today=day)
    ballot = {item.id: other.get(item.id.removeprefix("pulse."), level) for item in list_items()}
    return count_answers(who, ballot, secret=SECRET)


def read_everything() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, in the order the database keeps them."""
    db.session.flush()
    return {
        table.name: [tuple(row) for row in db.session.execute(select(table))] for table in db.metadata.tables.values()
    }


def what_changed(before: dict[str, list[tuple[object, ...]]]) -> set[str]:
    """The tables that are not as they were."""
    return {name for name, rows in read_everything().items() if rows != before[name]}
