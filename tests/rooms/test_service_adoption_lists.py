"""Lists beside the log: orders, meetings, days off, lost records; each is taken over whole, once, or not at all."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from implement.jobs import JobRefused
from implement.rollout.service import calendar
from implement.rollout.service.staff import list_teams
from implement.rollout.service.usage import list_absences
from implement.rollout.tables import LogRow
from implement.stages.adoption.evaluating import evaluate
from implement.stages.adoption.service import scoring
from implement.stages.adoption.service.figures import read_unheard
from implement.stages.adoption.tables import BookedOrder, UsageUpload
from implement.store import Store
from tests import builders
from tests.rooms.adoption_house import NOW, SUNDAY, a_firm, a_log, a_usage, steady, users_of

Database = scoped_session[Session]
TEAMS = {"North": 12, "South": 12}
ORDERS = b"order_id,user,date,crm_deal_id\n"


@pytest.fixture
def store(app: Flask) -> Store:
    """Where files are kept."""
    found: Store = app.extensions["implement_store"]
    return found


def orders(**known: int) -> bytes:
    """Ten orders of everybody, of which the CRM knew as many as said, else nine."""
    lines = [
        f"{user}-{place},{user},{SUNDAY - timedelta(days=place)},{f'd{place}' if place < known.get(key, 9) else ''}"
        for team, size in TEAMS.items()
        for user, key in ((user, user.replace(".", "_")) for user in users_of(team, size))
        for place in range(10)
    ]
    return ORDERS + "\n".join(lines).encode()


def read_orders(session: Database) -> list[tuple[str, str, date, str]]:
    asked = select(BookedOrder.number, BookedOrder.crm_user, BookedOrder.day, BookedOrder.crm_deal_id)
    return [tuple(row) for row in session.execute(asked.order_by(BookedOrder.number))]


def test_orders_and_meetings_make_their_signals_heard(session: Database, store: Store) -> None:
    rollout = builders.a_rollout()
    by = a_firm(rollout.id, TEAMS)
    a_usage(rollout.id, store, by, events=a_log(steady(TEAMS)))
    before = set(read_unheard(rollout.id))
    meetings = b"team,weekday,hour\nNorth,1,9:30\nSouth,Tue,14\n"
    a_usage(rollout.id, store, by, orders=orders(north_3=0), meetings=meetings)
    after = set(read_unheard(rollout.id))
    assert before - after == {"off_system", "meeting_eve"} and {"lost_data", "tasks"} <= after
    found = evaluate(scoring.add_habits(rollout.id, scoring.gather_basis(rollout.id), store, SUNDAY), SUNDAY)
    assert found is not None
    told = {one.person_id: {reason.signal for reason in one.score.reasons} for one in found.people}
    assert [signals for signals in told.values() if "off_system" in signals] == [{"off_system"}]


def test_the_same_lists_twice_change_nothing(session: Database, store: Store) -> None:
    rollout = builders.a_rollout()
    by = a_firm(rollout.id, TEAMS)
    lists = {
        "orders": orders(), "meetings": b"team,weekday,hour\nNorth,1,9\n", "holidays": b"date\n2026-02-16\n",
        "absences": b"user,from,to\nnorth.2,2026-03-02,2026-03-06\n",
    }  # fmt: skip
    states = []
    for _ in range(2):
        a_usage(rollout.id, store, by, **lists)
        meetings, closed = calendar.list_meetings(rollout.id), calendar.list_closed_days(rollout.id)
        states.append((read_orders(session), meetings, closed, list_absences(rollout.id)))
    assert states[0] == states[1] and len(states[0][0]) == 240 and all(states[0])
    second = session.scalar(select(UsageUpload).order_by(UsageUpload.id.desc()).limit(1))
    assert second is not None and second.outcome is not None
    assert (second.outcome["orders_added"], second.outcome["orders_known"]) == (0, 240)


def test_an_order_whose_deal_is_told_later_is_known_from_then_on(session: Database, store: Store) -> None:
    rollout = builders.a_rollout()
    by = a_firm(rollout.id, TEAMS)
    for deal in ("", "d7"):
        a_usage(rollout.id, store, by, orders=ORDERS + f"o1,north.1,2026-03-02,{deal}\n".encode() * 2)
    assert read_orders(session) == [("o1", "north.1", date(2026, 3, 2), "d7")]


GOOD = {
    "orders": ("order_id,user,date", "{0},north.1,2026-03-{0:02d}"),
    "meetings": ("team,weekday,hour", "North,Monday,{0}"),
    "absences": ("user,from,to", "north.1,2026-03-{0:02d},2026-03-{0:02d}"),
}


@pytest.mark.parametrize(
    ("name", "row", "column"),
    [
        ("orders", "o2,north.1,soon", "date"),
        ("orders", "o3,,2026-03-03", "user"),
        ("orders", "1,north.2,2026-03-01", "order_id"),
        ("meetings", "North,Tuesday,late", "hour"),
        ("absences", "north.2,2026-03-09,2026-03-05", "to"),
    ],
)
def test_one_unreadable_row_refuses_the_whole_upload(
    session: Database, store: Store, name: str, row: str, column: str
) -> None:
    rollout, (header, good) = builders.a_rollout(), GOOD[name]
    by = a_firm(rollout.id, TEAMS)
    content = "\n".join([header, *(good.format(place) for place in range(1, 10)), row]).encode()
    with pytest.raises(JobRefused) as refused:
        a_usage(rollout.id, store, by, **{name: content}, holidays=b"date\n2026-02-16\n")
    told = [(one["row"], one["column"]) for one in refused.value.reasons["faults"]]  # type: ignore[index,union-attr]
    assert told == [(10, column)]
    assert read_orders(session) == [] == calendar.list_closed_days(rollout.id) == list_absences(rollout.id)
    assert not session.scalar(select(func.count(LogRow.id)).where(LogRow.action == "take_usage"))


def test_a_team_has_the_public_holidays_of_its_own_country(session: Database, store: Store) -> None:
    rollout = builders.a_rollout()
    by = a_firm(rollout.id, {"Köln": 6, "Gdańsk": 6})
    teams = {name: team_id for team_id, name, *_rest in list_teams(rollout.id)}
    calendar.choose_calendar(rollout.id, None, "DE-NW", by=by, now=NOW)
    calendar.choose_calendar(rollout.id, teams["Gdańsk"], "PL", by=by, now=NOW)
    off = calendar.read_days_off(rollout.id, [2026])
    good_friday, epiphany = date(2026, 4, 3), date(2026, 1, 6)
    assert good_friday in off.of_team(teams["Köln"]) and good_friday not in off.of_team(teams["Gdańsk"])
    assert epiphany in off.of_team(teams["Gdańsk"]) and epiphany not in off.of_team(None)
    assert date(2026, 6, 12) in calendar.list_public_holidays("RU", [2026])


def test_holidays_of_a_team_are_no_days_of_presence(session: Database, store: Store) -> None:
    rollout = builders.a_rollout()
    by = a_firm(rollout.id, {"North": 6, "South": 6})
    everybody = [*users_of("North", 6), *users_of("South", 6)]
    a_usage(rollout.id, store, by, events=a_log(dict.fromkeys(everybody, 1.0)))
    teams = {name: team_id for team_id, name, *_rest in list_teams(rollout.id)}
    calendar.choose_calendar(rollout.id, teams["South"], "RU", by=by, now=NOW)
    found = evaluate(scoring.gather_basis(rollout.id), SUNDAY)
    assert found is not None
    days = {one.team_key: one.score.present_days for one in found.people}
    assert days[f"team:{teams['North']}"] == 40 and days[f"team:{teams['South']}"] == 38  # 23 February, 9 March
