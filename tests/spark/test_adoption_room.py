"""The adoption room with `IMPLEMENT_ENGINE=spark`: what is counted in the log, and so the scores, are DuckDB's."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session, scoped_session

from implement.stages.adoption.evaluating import Evaluated, evaluate
from implement.stages.adoption.service import scoring
from tests import builders
from tests.rooms.adoption_house import SUNDAY, a_firm, a_log, a_usage, steady

pytestmark = [pytest.mark.usefixtures("spark"), pytest.mark.soak]
TEAMS = {"North": 6, "South": 6}


def test_the_room_scores_alike_on_spark(app: Flask, session: scoped_session[Session]) -> None:
    rollout_id, store = builders.a_rollout().id, app.extensions["implement_store"]
    by, friday = a_firm(rollout_id, TEAMS), SUNDAY - timedelta(days=2)
    orders = [f"O{number},north.{number},{friday}," for number in range(1, 6)]
    listed = "\n".join(["order_id,user,date,crm_deal_id", *orders]).encode()
    a_usage(rollout_id, store, by, events=a_log(steady(TEAMS, north_1=0.2)), orders=listed)
    found = list[Evaluated | None]()
    for engine in ("duckdb", "spark"):
        basis = scoring.add_habits(rollout_id, scoring.gather_basis(rollout_id), store, SUNDAY, engine=engine)
        assert basis.habits.of("north.1", "orders") == 1
        found.append(evaluate(basis, SUNDAY))
    assert found[0] is not None and found[0] == found[1]
