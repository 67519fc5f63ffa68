"""Workers are killed in the middle of imports of usage: no event is lost, none is counted twice, no day is torn."""

import random
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import func, select

from implement.db import db, utc_now
from implement.jobs import Job, JobState
from implement.rollout.registries import registries
from implement.rollout.service.retention import set_period
from implement.rollout.tables import UsageDay
from implement.stages.adoption.found_tables import HandedIn, find_tables
from implement.stages.adoption.service.uploads import Chosen, confirm_tables, note_found, note_upload, tables_of
from implement.stages.adoption.tables import LogPart, UsageUpload
from tests import builders
from tests.fixtures.scale import Scale
from tests.kill.harness import House
from tests.rooms.adoption_house import GO_LIVE, HEADER, NOW, a_firm, an_event, users_of, working_days

pytestmark = pytest.mark.own_application

SMALL, FULL = 10, 100
TEAM, EVENTS_A_DAY = {"North": 6}, 4
SPAN = timedelta(days=13)


@pytest.mark.soak
def test_imports_survive_kills(house: House, scale: Scale) -> None:
    kills = scale(SMALL, FULL, of="kills amid imports of usage")
    with house.app.app_context():
        rollout_id = builders.a_rollout().id
        by = a_firm(rollout_id, TEAM)
        for kind in ("usage_events", "usage_files", "usage_days"):
            kept = registries().find_kept_class(kind)
            set_period(rollout_id, kept, days=3650, reason="these days are long ago", by=by, now=NOW)
        db.session.commit()
    house.kill_often(kills, begin=lambda number: begin_import(house, rollout_id, by, number), chance=random.Random(5))
    with house.app.app_context():
        assert set(db.session.scalars(select(Job.state))) == {JobState.DONE}
        assert db.session.scalar(select(func.count(LogPart.id))) == kills
        assert None not in list(db.session.scalars(select(UsageUpload.outcome)))
        written = list(db.session.execute(select(UsageDay.crm_user, UsageDay.day, UsageDay.events)))
    assert {(user, day): count for user, day, count in written} == {
        (user, day): EVENTS_A_DAY for user in users_of("North", 6) for number in range(kills) for day in span_of(number)
    }
    assert house.kills_amid_work >= kills / 2


def begin_import(house: House, rollout_id: int, by: object, number: int) -> None:
    """Hand in a fortnight that overlaps the one before by a week, confirmed as it is proposed."""
    events = [an_event(u, day, n) for u in users_of("North", 6) for day in span_of(number) for n in range(EVENTS_A_DAY)]
    store = house.app.extensions["implement_store"]
    kept = store.put(BytesIO("\n".join([HEADER, *events]).encode()))
    files = [HandedIn("events.csv", kept.sha256)]
    upload = note_upload(rollout_id, files, by=by, now=NOW)  # type: ignore[arg-type]
    note_found(upload, find_tables(files, store), by=None, now=NOW)
    chosen = [Chosen(table.name, table.kind, table.columns or {}) for table in tables_of(upload)]
    assert confirm_tables(upload, chosen, by=by, now=utc_now()) == []  # type: ignore[arg-type]


def span_of(number: int) -> list:  # type: ignore[type-arg]
    first = GO_LIVE + timedelta(days=7 * number)
    return list(working_days(first, first + SPAN))
