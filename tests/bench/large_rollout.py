"""A rollout of a large firm: the demonstration with thousands of people more and a quarter's use of the CRM."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
from flask import Flask
from sqlalchemy import insert, select

from implement.db import db, utc_now, writing
from implement.demo.hall_story import login_of
from implement.demo.load import load
from implement.engine.usage.days import COUNTERS, HOURS
from implement.rollout.frame import SESSION_TOKEN
from implement.rollout.service.accounts import open_session
from implement.rollout.service.rollouts import list_waves
from implement.rollout.service.usage import replace_usage_days, span_of_usage
from implement.rollout.tables import Person, Team
from implement.stages.adoption.service.loading import score_rollout
from implement.web.access import Role

PEOPLE_IN_A_TEAM = 25
WEEKS = 13
SEED = 1


@dataclass(frozen=True)
class LargeRollout:
    """Where the rollout is, and the cookie of the lead who looks at it."""

    rollout_id: int
    team_id: int
    person_id: int
    cookie: str


def make_large_rollout(app: Flask, people: int) -> LargeRollout:
    """Load the demonstration and let so many more people join it, work for a quarter, and be scored."""
    rollout_id = load(app)
    with app.test_request_context(), writing():
        team_ids = _add_teams(rollout_id, people)
        _add_people(rollout_id, team_ids, people)
        span = span_of_usage(rollout_id)
        assert span is not None
        _add_usage(rollout_id, people, span[1])
        score_rollout(
            rollout_id,
            store=app.extensions["implement_store"],
            secret=app.config["SECRET_KEY"],
            by=login_of(Role.CONSULTANT),
            now=utc_now(),
            today=span[1],
        )
        token = open_session(login_of(Role.LEAD), address="127.0.0.1", now=utc_now())
        person_id = db.session.scalar(select(Person.id).where(Person.number == "n00001"))
        db.session.commit()
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    carried = {SESSION_TOKEN: token, "csrf_token": "0" * 40}  # as after the first page
    cookie = f"{app.config['SESSION_COOKIE_NAME']}={signer.dumps(carried)}"
    return LargeRollout(rollout_id, team_ids[0], person_id or 0, cookie)


def _add_teams(rollout_id: int, people: int) -> list[int]:
    waves = list_waves(rollout_id)
    count = -(-people // PEOPLE_IN_A_TEAM)
    rows = [
        {"rollout_id": rollout_id, "name": f"Team {n:04}", "wave_id": waves[n % len(waves)].id} for n in range(count)
    ]
    return list(db.session.scalars(insert(Team).returning(Team.id), rows))


def _add_people(rollout_id: int, team_ids: list[int], people: int) -> None:
    rows = [
        {
            "rollout_id": rollout_id, "number": f"n{n:05}", "crm_user": f"u{n:05}", "name": f"Person Number {n}",
            "role": ("field sales", "inside sales")[n % 2], "team_id": team_ids[n // PEOPLE_IN_A_TEAM],
        }
        for n in range(people)
    ]  # fmt: skip
    db.session.execute(insert(Person), rows)


def _add_usage(rollout_id: int, people: int, last_day: date) -> None:
    """Working days of everybody, in place of what was known of these days."""
    draw = np.random.default_rng(SEED)
    days = [day for n in range(7 * WEEKS) if (day := last_day - timedelta(days=n)).isoweekday() <= 5]
    diligence = draw.beta(4, 2, people)
    user, day = np.nonzero(draw.random((people, len(days))) < diligence[:, None])
    events = draw.poisson(15, len(user)) + 1
    shares = {"events": 1.0, "active_events": 0.6, "records": 0.4, "views": 0.4, "dated": 0.1, "late": 0.02,
              "filled": 2.0, "total": 3.0, "tasks_done": 0.05, "tasks_assigned": 0.08}  # fmt: skip
    columns = {name: pa.array((events * shares.get(name, 0.0)).astype(np.int64)) for name in COUNTERS}
    names, dates = pa.array([f"u{n:05}" for n in range(people)]), pa.array(days, pa.date32())
    table = pa.table({"user": names.take(pa.array(user)), "day": dates.take(pa.array(day)), **columns,
                      HOURS: pa.array(np.full(len(user), 0b11111 << 8))})  # fmt: skip
    replace_usage_days(rollout_id, list(days), table)
