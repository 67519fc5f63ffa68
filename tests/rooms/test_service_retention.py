"""What is kept about people goes when its period is over: once, with its files, and no file that others still need."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from implement.rollout.registries import registries
from implement.rollout.service import retention
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.files import GRACE, delete_doomed_files
from implement.rollout.service.log import find_broken_row
from implement.rollout.service.privacy import PeopleView, log_look
from implement.rollout.tables import LogRow, Look, UsageDay
from implement.stages.adoption.tables import Evaluation, LogPart, PersonScore, UsageUpload
from implement.store import FolderStore
from tests import builders
from tests.rooms.adoption_house import NOW, SUNDAY, a_firm, a_log, a_usage, person_id_of, steady

Database = scoped_session[Session]
TEAM = {"North": 6}


@pytest.fixture
def store(app: Flask) -> FolderStore:
    """Where files are kept."""
    found: FolderStore = app.extensions["implement_store"]
    return found


@pytest.fixture
def rollout_id(session: Database, store: FolderStore) -> int:
    """A rollout with ten weeks of use up to Sunday, scored."""
    rollout = builders.a_rollout()
    a_usage(rollout.id, store, a_firm(rollout.id, TEAM), events=a_log(steady(TEAM)))
    return rollout.id


def dispose(rollout_id: int, store: FolderStore, today: date) -> Mapping[str, int]:
    """Look through everything as of a day."""
    now = datetime(today.year, today.month, today.day, 3, tzinfo=UTC)
    done = retention.dispose(rollout_id, registries().kept_classes, store=store, today=today, now=now)
    return {row.kind: row.row_count for row in done}


def days(session: Database, rollout_id: int) -> list[tuple[str, date, int]]:
    asked = select(UsageDay.crm_user, UsageDay.day, UsageDay.events).where(UsageDay.rollout_id == rollout_id)
    return [tuple(row) for row in session.execute(asked.order_by(UsageDay.crm_user, UsageDay.day))]


def test_old_events_go_and_their_days_stay(session: Database, store: FolderStore, rollout_id: int) -> None:
    before, today = days(session, rollout_id), SUNDAY + timedelta(days=100)
    cut = today - timedelta(days=120)
    done = dispose(rollout_id, store, today)
    part = session.scalars(select(LogPart)).one()
    assert done["usage_events"] == sum(events for _, day, events in before if day < cut)
    assert part.first_day >= cut and days(session, rollout_id) == before
    assert dispose(rollout_id, store, today) == {}


def test_days_whose_events_were_deleted_are_not_counted_anew_by_halves(
    session: Database, store: FolderStore, rollout_id: int
) -> None:
    before = days(session, rollout_id)
    dispose(rollout_id, store, SUNDAY + timedelta(days=100))
    by = builders.a_user()
    a_usage(rollout_id, store, by, events=a_log({"north.2": 0.9}))
    assert days(session, rollout_id) == before
    told = session.scalars(select(UsageUpload.faults).order_by(UsageUpload.id.desc())).first()
    assert told and "events_too_old" in str(told)


def test_everything_goes_in_the_end_and_the_log_says_so(
    session: Database, store: FolderStore, rollout_id: int
) -> None:
    long_after = SUNDAY + timedelta(days=800)
    done = dispose(rollout_id, store, long_after)
    assert set(done) == {"usage_files", "usage_events", "usage_days", "usage_scores"}
    for table in (LogPart, UsageDay, Evaluation, PersonScore):
        assert session.scalar(select(func.count()).select_from(table)) == 0
    noted = session.scalars(select(LogRow.subject).where(LogRow.action == "dispose")).all()
    assert set(noted) == {f"retention:{kind}" for kind in done} and find_broken_row() is None


def test_files_go_with_their_rows_but_not_while_another_rollout_needs_them(
    session: Database, store: FolderStore, rollout_id: int
) -> None:
    other, log = builders.a_rollout(company="Twin AG"), a_log(steady(TEAM))
    a_usage(other.id, store, a_firm(other.id, TEAM), events=log)
    dispose(rollout_id, store, SUNDAY + timedelta(days=800))
    later = datetime.now(UTC) + timedelta(days=900)
    needed = set(store.hashes())
    assert delete_doomed_files(store, now=later) == 0 and set(store.hashes()) == needed
    dispose(other.id, store, SUNDAY + timedelta(days=800))
    assert delete_doomed_files(store, now=later) > 0 and set(store.hashes()) == set()


def test_a_file_that_is_handed_in_again_stays(session: Database, store: FolderStore, rollout_id: int) -> None:
    now, after = datetime.now(UTC), SUNDAY + timedelta(days=800)
    retention.dispose(rollout_id, registries().kept_classes, store=store, today=after, now=now)
    (again, *_others) = sorted(store.hashes())
    store.put(BytesIO(store.path(again).read_bytes()))
    delete_doomed_files(store, now=now + 2 * GRACE)
    assert again in set(store.hashes())


def test_looks_go_after_their_period_and_not_before(session: Database, store: FolderStore, rollout_id: int) -> None:
    by, person_id = builders.a_user(), person_id_of(rollout_id, "north.2")
    for at in (NOW - timedelta(days=500), NOW):
        log_look(rollout_id, person_id, view=PeopleView.PSEUDONYM, page="person", by=by, now=at)
    session.flush()
    assert dispose(rollout_id, store, SUNDAY)["looks"] == 1
    assert session.scalars(select(Look.at)).all() == [NOW]


def test_a_period_is_set_with_a_reason_and_within_bounds(
    session: Database, store: FolderStore, rollout_id: int
) -> None:
    by, events = builders.a_user(), registries().find_kept_class("usage_events")
    for days_kept, reason in ((10, "short"), (5000, "long"), (200, " ")):
        with pytest.raises(RuleBroken):
            retention.set_period(rollout_id, events, days=days_kept, reason=reason, by=by, now=NOW)
    with pytest.raises(NotFound):
        retention.set_period(rollout_id, None, days=100, reason="why not", by=by, now=NOW)
    retention.set_period(rollout_id, events, days=200, reason="agreed with the council", by=by, now=NOW)
    rows = {row.kind: row for row in retention.list_retention(rollout_id, registries().kept_classes)}
    held = rows["usage_events"]
    assert (held.days, held.default_days, held.reason) == (200, 120, "agreed with the council")
    assert held.held.oldest and held.deleted_on == held.held.oldest + timedelta(days=201)
    assert "usage_events" not in dispose(rollout_id, store, SUNDAY + timedelta(days=100))
