"""Workers are killed in the middle of pay runs: nothing is lost, torn or paid twice."""

import random

import pytest
from sqlalchemy import func, select

from implement.control.incentives.service import runs
from implement.control.incentives.service.verifying import verify_runs
from implement.control.incentives.tables import PayLine, PayRun, PayStatement
from implement.db import db
from implement.jobs import Job, JobState
from tests.fixtures.scale import Scale
from tests.kill.harness import House
from tests.rooms.pay_house import AFTER, PayHouse, a_pay_house

USERS = ("north.1", "north.2", "south.1", "south.2")


@pytest.mark.soak
def test_pay_runs_survive_kills(house: House, scale: Scale) -> None:
    kills = scale(5, 200, of="kills amid pay runs")
    with house.app.app_context():
        paying = a_pay_house()
        paying.prepare(*USERS)
        run_id = paying.begin().id
        db.session.commit()
    house.kill_often(kills, begin=lambda number: begin_again(paying, run_id), chance=random.Random(17))
    with house.app.app_context():
        assert set(db.session.scalars(select(Job.state))) == {JobState.DONE}
        assert db.session.scalar(select(func.count(PayStatement.id))) == len(USERS)
        assert db.session.scalar(select(func.count(PayLine.id))) == 3 * len(USERS)
        assert db.session.get_one(PayRun, run_id).total_minor == 68_000 * len(USERS)
        assert [verdict.holds for verdict in verify_runs(house.app.extensions["implement_store"])] == [True]
        computed = [step for step in runs.list_steps(run_id) if step.state == "computed"]
        assert len({step.pay_sha256 for step in computed}) == 1


def begin_again(paying: PayHouse, run_id: int) -> None:
    """Send the run back where it was computed, and have it computed; a job that is still open is gone on with."""
    run = runs.get_run(paying.rollout_id, run_id)
    if run.state == "computed":
        runs.send_back(run, note="Once more", by=paying.alice, now=AFTER)
    runs.enqueue_compute(run, by=paying.hanna, now=AFTER, today=AFTER.date())
