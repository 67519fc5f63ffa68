"""Lists of deals and the diary as services: once, on both databases, and without a trace of who wrote what."""

import hashlib
import hmac
from datetime import date, timedelta
from io import BytesIO

import pytest
from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from implement.engine.funnel import State
from implement.engine.funnel.records import Pick
from implement.rollout.registries import registries
from implement.rollout.service import retention
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.tables import LinkToken
from implement.stages.audit.service import baseline, diary, list_plans, lists
from implement.stages.audit.service.list_reading import compute_reading, record_reading
from implement.stages.audit.service.losses import compute_figures, page_deals, read_figures, record_figures
from implement.stages.audit.service.months import list_months, settle_month
from implement.stages.audit.tables import DealList, DiaryDay
from implement.web.access import Role
from tests import builders
from tests.rooms.audit_case import NOW
from tests.rooms.deal_lists import write_list

TODAY = NOW.date()
SECRET = "a secret of the server"


@pytest.fixture
def rollout_id(session: Session) -> int:
    return builders.a_rollout().id


def count(rollout_id: int, *, month: date | None = None, content: bytes | None = None) -> DealList:
    store, carol = current_app.extensions["implement_store"], builders.a_user(Role.CONSULTANT)
    files = [lists.keep_upload("deals.csv", BytesIO(content or write_list()), store=store)]
    row = lists.note_list(rollout_id, files, month=month, by=carol, now=NOW)
    record_reading(row, compute_reading(files, store=store), by=carol, now=NOW)
    proposed = list_plans.propose_plan(row)
    assert proposed is not None
    draft = list_plans.choose_columns(row, proposed, store=store, by=carol, now=NOW)
    list_plans.confirm_at_once(row, draft.stages, (date(2024, 6, 30), ""), by=carol, now=NOW)
    record_figures(row, compute_figures(row, store=store), by=carol, now=NOW)
    settle_month(row, by=carol, now=NOW)
    return row


def test_a_list_is_counted_and_its_figures_read_back(rollout_id: int) -> None:  # M11
    row = count(rollout_id)
    assert read_figures(row).losses.totals.lost.deals == 3
    assert lists.find_newest(rollout_id, is_finished=True) is row
    assert count(rollout_id) is row


def test_new_columns_take_the_figures_back_until_they_are_confirmed(rollout_id: int) -> None:
    row = count(rollout_id)
    plan, store = list_plans.plan_of(row), current_app.extensions["implement_store"]
    assert plan is not None
    list_plans.choose_columns(row, plan, store=store, by=builders.a_user(), now=NOW)
    with pytest.raises(NotFound):
        read_figures(row)
    left_out = [one.__class__(one.name, State.LEFT_OUT) for one in plan.stages]
    with pytest.raises(RuleBroken):
        list_plans.confirm_at_once(row, left_out, (TODAY, ""), by=builders.a_user(), now=NOW)


def test_a_month_takes_the_place_of_the_one_before(rollout_id: int) -> None:  # M39
    first = count(rollout_id, month=date(2024, 6, 1))
    second = count(rollout_id, month=date(2024, 6, 1), content=write_list()[:-60])
    assert (first.withdrawn_at, second.withdrawn_at) == (NOW, None)
    store = current_app.extensions["implement_store"]
    assert [one.number for one in list_months(rollout_id, store=store)] == [second.number]


def test_rows_and_names_of_an_old_list_go_and_its_sums_stay(rollout_id: int, session: Session) -> None:
    row, store = count(rollout_id, month=date(2024, 6, 1)), current_app.extensions["implement_store"]
    kept = [one for one in registries().kept_classes if one.kind == "deal_lists"]
    sums, later = read_figures(row).losses.totals, NOW + timedelta(days=1_200)
    (done,) = retention.dispose(rollout_id, kept, store=store, today=later.date(), now=later)
    session.expire_all()
    assert done.row_count == 1 and done.file_count >= 3
    figures = read_figures(row).losses
    assert figures.totals == sums and figures.deadlines is not None and figures.deadlines.by_owner == ()
    with pytest.raises(NotFound):
        page_deals(row, Pick("lost"), store=store, limit=9, offset=0)
    assert list_months(rollout_id, store=store)[0].movement is None
    assert retention.dispose(rollout_id, kept, store=store, today=later.date(), now=later) == []


def test_sums_of_a_diary_go_with_the_days_nobody_closed(rollout_id: int, session: Session) -> None:
    row, tokens = diary.open_diary(rollout_id, {"Sales": 5}, first_day=TODAY, days=7, by=builders.a_user(), now=NOW)
    diary.write_day(diary.find_seat(tokens["Sales"][0], now=NOW), TODAY, {"search": 30}, secret=SECRET, today=TODAY)
    kept = [one for one in registries().kept_classes if one.kind == "diary_sums"]
    assert kept[0].hold(rollout_id).oldest == row.last_day
    store, later = current_app.extensions["implement_store"], NOW + timedelta(days=1_200)
    retention.dispose(rollout_id, kept, store=store, today=later.date(), now=later)
    assert session.query(DiaryDay).count() == 0 and diary.find_open(rollout_id) is None


def test_a_baseline_is_frozen_once(rollout_id: int) -> None:
    with pytest.raises(RuleBroken):
        baseline.freeze(rollout_id, "retention", by=builders.a_user(), now=NOW)
    count(rollout_id, content=write_list(tuple(
        (f"A{n}", f"Kunde {n % 15}", "Gewonnen", "100,00", "M", "01.01.2024", f"{n % 27 + 1:02}.0{n % 6 + 1}.2024", "",
         "", "") for n in range(60)
    )))  # fmt: skip
    baseline.freeze(rollout_id, "monthly_revenue", by=builders.a_user(), now=NOW)
    frozen = baseline.list_frozen(rollout_id)["monthly_revenue"]
    assert (frozen.value, frozen.n, frozen.origin) == (1000, 4, "list")
    with pytest.raises(RuleBroken):
        baseline.freeze(rollout_id, "monthly_revenue", by=builders.a_user(), now=NOW)


def test_nothing_in_the_database_turns_a_day_into_a_link(rollout_id: int, session: Session) -> None:
    row, tokens = diary.open_diary(rollout_id, {"Sales": 5}, first_day=TODAY, days=7, by=builders.a_user(), now=NOW)
    seat = diary.find_seat(tokens["Sales"][0], now=NOW)
    diary.write_day(seat, TODAY, {"search": 30}, secret=SECRET, today=TODAY)
    mark = session.scalar(select(DiaryDay.mark))
    words = {
        str(cell) for link in session.scalars(select(LinkToken)) for cell in (link.token_hash, *link.terms.values())
    }
    said = [f"diary:{row.id}:{word}" for word in words]
    guesses = {hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest() for key in words for text in said}
    assert mark not in guesses | {hashlib.sha256(text.encode()).hexdigest() for text in said}
    assert not {"person_id", "user_id", "at"} & {column.name for column in DiaryDay.__table__.columns}


def test_days_outside_the_diary_and_impossible_minutes_are_refused(rollout_id: int) -> None:
    _row, tokens = diary.open_diary(rollout_id, {"Sales": 5}, first_day=TODAY, days=7, by=builders.a_user(), now=NOW)
    seat = diary.find_seat(tokens["Sales"][0], now=NOW)
    for day, minutes in ((TODAY + timedelta(days=1), 5), (TODAY - timedelta(days=1), 5), (TODAY, 9999)):
        with pytest.raises(RuleBroken):
            diary.write_day(seat, day, {"search": minutes}, secret=SECRET, today=TODAY)
