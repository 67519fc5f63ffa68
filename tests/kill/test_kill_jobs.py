"""Workers are killed in the middle of jobs: nothing is lost, nothing is half done, nothing is done twice."""

import random

import pytest
from sqlalchemy import func, select

from implement.db import db, utc_now
from implement.jobs import Job, JobState, enqueue_job
from implement.rollout.tables import LoginAttempt
from tests.fixtures.scale import Scale
from tests.kill.harness import House
from tests.kill.kinds import ROWS, SLOW

pytestmark = pytest.mark.own_application

FULL = {"sqlite": 1000, "postgresql": 100}
SMALL = {"sqlite": 20, "postgresql": 8}


@pytest.mark.both_databases
@pytest.mark.soak
def test_jobs_survive_kills(house: House, database_kind: str, scale: Scale) -> None:
    kills = scale(SMALL[database_kind], FULL[database_kind], of=f"kills amid jobs on {database_kind}")
    house.kill_often(kills, begin=lambda number: begin_job(house, number), chance=random.Random(11))
    with house.app.app_context():
        assert set(db.session.scalars(select(Job.state))) == {JobState.DONE}
        written = db.session.execute(select(LoginAttempt.subject, func.count()).group_by(LoginAttempt.subject))
        assert dict(written.all()) == {f"job {number}": ROWS for number in range(kills)}
        results = db.session.scalars(select(Job.result)).all()
    store = house.app.extensions["implement_store"]
    assert {result["sha256"] for result in results} == set(store.hashes())
    assert house.kills_amid_work >= kills / 2


def begin_job(house: House, number: int) -> Job:
    arguments = {"name": f"job {number}", "store": house.settings.store}
    return enqueue_job(SLOW, rollout_id=None, arguments=arguments, by_id=None, now=utc_now())
