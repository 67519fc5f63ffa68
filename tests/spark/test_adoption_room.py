"""The adoption room with `IMPLEMENT_ENGINE=spark`: what is counted in the log, and so the scores, are DuckDB's."""

from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy.orm import Session, scoped_session

from implement.stages.adoption.evaluating import Evaluated, evaluate
from implement.stages.adoption.found_tables import HandedIn, find_tables
from implement.stages.adoption.service import scoring, taking
from implement.stages.adoption.service.uploads import note_found, note_upload
from tests import builders
from tests.rooms.adoption_house import NOW, SUNDAY, a_firm, a_log, a_usage, an_event, steady

pytestmark = [pytest.mark.usefixtures("spark"), pytest.mark.soak]
TEAMS = {"North": 6, "South": 6}


def test_an_import_is_counted_by_day_alike_on_spark(app: Flask, session: scoped_session[Session]) -> None:
    rollout_id, store = builders.a_rollout().id, app.extensions["implement_store"]
    by, nobody = a_firm(rollout_id, TEAMS), an_event("", SUNDAY - timedelta(days=2), 1)
    kept = [HandedIn("events.csv", store.put(BytesIO(a_log(steady(TEAMS)) + nobody.encode())).sha256)]
    upload = note_upload(rollout_id, kept, by=by, now=NOW)
    note_found(upload, find_tables(kept, store), by=by, now=NOW)
    task = taking.prepare(rollout_id, upload.id, store)
    found = [taking.compute(task, store, engine=engine) for engine in ("duckdb", "spark")]
    assert found[0].rolled is not None and found[0].rolled.rows.num_rows > 500
    assert found[0].rolled == found[1].rolled and found[0].parts == found[1].parts


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
