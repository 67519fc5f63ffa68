"""Wishes, decisions and what is told to whom; conflicts with both loads; before and after, as it was measured."""

from datetime import date, timedelta
from fractions import Fraction

import pyarrow as pa
import pytest
from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from implement.engine.before_after import Timing
from implement.rollout.remedy_carriers import RemedyOrder
from implement.rollout.service.errors import NotAllowed, RuleBroken
from implement.rollout.service.tasks import list_tasks
from implement.rollout.service.usage import replace_usage_days
from implement.rollout.tables import OutboxMail
from implement.stages.pilot import helping_in_hall
from implement.stages.pilot.service import changes, values
from implement.stages.pilot.service.changes import ChangeRequest, Decision, Owners, Told, Wish
from implement.stages.pilot.service.conflicts import loads, register
from implement.stages.pilot.service.conflicts.register import NOBODY, ConflictSaid, Party, Verdict
from implement.stages.pilot.service.values import ValueSaid
from implement.stages.pilot.tables import TaskConflict, ValueMessage
from implement.stages.specification.service.risks import team
from implement.stages.specification.service.risks.team import PartSaid
from implement.web.access import Role
from tests import builders
from tests.rooms.helping_house import MONDAY, NOW, House, a_helping_house

Database = scoped_session[Session]
WEEK = timedelta(days=7)


@pytest.fixture
def house(session: Database) -> House:
    return a_helping_house(builders.a_rollout().id)


def carry_out(house: House, *, for_role: str = "", team: str = "") -> ChangeRequest:
    row = changes.ask_change(house.rollout_id, Wish("Fewer fields", "Typing"), by=house.alice, now=NOW)
    changes.decide_change(row, Decision("accepted", "Agreed"), version=row.version, by=house.alice, now=NOW)
    told = Told(MONDAY, "Two fields are gone.", for_role, house.teams.get(team))
    changes.finish_change(row, told, version=row.version, today=MONDAY, by=house.alice, now=NOW)
    return row


def quarrel(house: House, first: str, other: str, *, function: str = "function.deal") -> TaskConflict:
    sides = (Party.read(side) for side in (first, other))
    said = ConflictSaid("Who enters the address?", function, *sides, "Each waits.", house.alice.id, MONDAY + WEEK)
    return register.add_conflict(house.rollout_id, said, by=house.alice, now=NOW)


def teams(house: House, *names: str) -> list[str]:
    return [f"team:{house.teams[name]}" for name in names]


def log_entries(house: House, entries: dict[str, int], days: int = 5) -> None:
    """So many entries a day of each user, over the working days of the week before."""
    span = [MONDAY - WEEK + timedelta(days=day) for day in range(days)]
    rows = [
        {"user": user, "day": day, "events": count, "active_events": count, "records": count}
        for user, count in entries.items()
        for day in span
    ]
    replace_usage_days(house.rollout_id, span, pa.Table.from_pylist(rows))


def measure(house: House, before: tuple[int, ...], after: tuple[int, ...]) -> ValueMessage:
    said = ValueSaid("salesperson", "History of a client", "You answer at once.", 3)
    row = values.add_message(house.rollout_id, said, by=house.alice, now=NOW)
    for side, seconds in (("before", before), ("after", after)):
        for one in seconds:
            values.add_timing(row, side, Timing(one, MONDAY), today=MONDAY, by=house.alice, now=NOW)
    return row


def test_the_system_has_an_owner_and_a_deputy_and_the_first_named_counts(house: House) -> None:  # M20
    assert changes.find_owners(house.rollout_id) == Owners("", "")
    for part, name in (("owner", "Petra"), ("deputy", "Jan"), ("owner", "Olga")):
        said = PartSaid(part, "client", name, "Decides on changes", "Fewer calls", 4, True)
        team.add_part(house.rollout_id, said, by=house.alice, now=NOW)
    assert changes.find_owners(house.rollout_id) == Owners("Petra", "Jan")


def test_only_what_was_accepted_is_carried_out(house: House) -> None:  # M103
    row = changes.ask_change(house.rollout_id, Wish("Fewer fields", "Typing"), by=house.alice, now=NOW)
    told = Told(MONDAY, "Two fields are gone.")
    with pytest.raises(RuleBroken, match="Only what was accepted"):
        changes.finish_change(row, told, version=row.version, today=MONDAY, by=house.alice, now=NOW)
    with pytest.raises(RuleBroken, match="yes or no"):
        changes.decide_change(row, Decision("accepted", " "), version=row.version, by=house.alice, now=NOW)
    assert changes.count_undecided(house.rollout_id) == 1


def test_changes_are_news_to_whom_they_concern_until_seen(house: House) -> None:  # M103
    row = carry_out(house, for_role="salesperson", team="North")
    here, bob = house.rollout_id, house.account("north.2")
    news = {user: changes.count_news(here, bob.id, house.people[user], MONDAY) for user in
            ("north.2", "south.2", "north.1")}  # fmt: skip
    assert news == {"north.2": 1, "south.2": 0, "north.1": 0}
    said = {"today": MONDAY, "by": bob, "now": NOW}
    assert [changes.mark_read(here, [row.id], bob.id, house.people["north.2"], **said) for _twice in range(2)] == [1, 0]
    carry_out(house)
    assert changes.count_news(here, bob.id, None, MONDAY) == 1, "everybody is told"
    assert changes.count_news(here, bob.id, None, MONDAY + timedelta(days=91)) == 0, "old news are none"


def test_the_arbiter_gets_a_task_decides_and_asks_for_an_automation(house: House) -> None:  # M28
    row = quarrel(house, *teams(house, "North", "South"))
    assert [(task.subject, task.owner_id) for task in list_tasks(house.rollout_id)] == [
        (f"conflict:{row.id}", house.alice.id)
    ]
    verdict = Verdict("Nobody had said", "The office enters it", "Addresses from the website")
    register.settle(row, verdict, version=row.version, by=house.alice, now=NOW)
    assert list_tasks(house.rollout_id) == []
    wish = changes.get_change(house.rollout_id, row.change_id or 0)
    assert (wish.title, wish.why) == ("Addresses from the website", "The office enters it")
    with pytest.raises(RuleBroken, match="is decided"):
        register.settle(row, verdict, version=row.version, by=house.alice, now=NOW)


def test_the_same_sides_over_the_same_function_are_a_repeat(house: House) -> None:  # M132
    north, south = teams(house, "North", "South")
    rows = [quarrel(house, north, south), quarrel(house, south, north),
            quarrel(house, north, south, function="function.import")]  # fmt: skip
    assert [register.count_repeats(rows)[row.id] for row in rows] == [2, 2, 1]


def test_a_conflict_is_seen_by_arbiter_and_heads_of_its_sides(house: House) -> None:
    row = quarrel(house, *teams(house, "North", "South"))
    heads = {user: house.standing(Role.HEAD, user) for user in ("north.1", "south.1", "west.1")}
    seen = {user: len(register.list_conflicts(standing, 0)) for user, standing in heads.items()}
    assert seen == {"north.1": 1, "south.1": 1, "west.1": 0}
    with pytest.raises(NotAllowed):
        register.get_conflict(heads["west.1"], row.id, 0)


def test_loads_are_set_side_by_side_per_person_and_working_day(house: House) -> None:  # M132
    log_entries(house, {"north.2": 12, "south.2": 5})
    row = quarrel(house, *teams(house, "North", "South"))
    found = loads.read_loads(row, house.standing(Role.LEAD), MONDAY)
    north, south = found.first.load, found.other.load
    assert north is not None and south is not None
    assert (north.people, north.days, north.entries) == (6, 30, 60)
    assert (north.entries_a_day, south.entries_a_day) == (2, 1)
    assert north.minutes is None, "no field is planned"


def test_a_team_of_two_and_somebody_elses_person_are_not_shown(house: House) -> None:
    log_entries(house, {"north.2": 12})
    row = quarrel(house, f"team:{house.teams['West']}", f"person:{house.people['south.2']}")
    found = loads.read_loads(row, house.standing(Role.HEAD, "west.1"), MONDAY)
    assert (found.first.reason, found.other.reason) == (loads.TOO_FEW, loads.NOT_YOURS)


def order(house: House, *users: str) -> RemedyOrder:
    names = frozenset(user.replace(".", " ").title() for user in users)
    store = current_app.extensions["implement_store"]
    return RemedyOrder(house.rollout_id, names, house.alice.id, MONDAY + WEEK, house.alice, NOW, store, 1, MONDAY)


def test_a_remedy_by_arbiter_opens_a_conflict_whose_other_side_is_found_out(house: House) -> None:  # M28
    helping_in_hall.call_arbiter(order(house, "north.2"))
    row = register.list_conflicts(house.standing(Role.LEAD), house.alice.id)[0]
    assert register.parties(row) == (Party("person", house.people["north.2"]), NOBODY)
    register.name_other_side(row, Party("team", house.teams["South"]), by=house.alice, now=NOW)
    with current_app.test_request_context():
        grounds = helping_in_hall.find_conflicts(house.rollout_id, order(house, "north.2").names, order(house).store)
    assert grounds is not None and len(grounds.things) == 1


def test_what_was_measured_goes_to_whom_a_remedy_is_for_once_a_day(house: House, session: Database) -> None:  # M26
    measure(house, (300, 360, 420), (35, 40, 45))
    for _twice in range(2):
        helping_in_hall.send_values(order(house, "north.2", "north.1"))
    mails = session.execute(select(OutboxMail.to, OutboxMail.body)).all()
    assert [to for to, _body in mails] == ["north.2@example.com"], "heads have another role"
    assert "History of a client: 3 clicks, 40 s instead of 6 min" in mails[0].body


@pytest.mark.parametrize(
    ("before", "after", "is_told"),
    [((300, 360, 420), (35, 40, 45), True), ((300, 360), (35, 40, 45), False), ((30, 31, 32), (35, 40, 45), False)],
)
def test_nothing_is_told_that_was_not_measured_or_is_no_gain(
    house: House, before: tuple[int, ...], after: tuple[int, ...], *, is_told: bool
) -> None:  # M21
    row = measure(house, before, after)
    found = values.compare(values.list_timings(row))
    assert values.is_worth_telling(found) is is_told
    assert bool(values.list_ready(house.rollout_id, [house.people["north.2"]])) is is_told
    assert found.saved == Fraction(sorted(before)[len(before) // 2] if len(before) == 3 else 330) - 40


def test_a_measurement_of_tomorrow_is_refused(house: House) -> None:
    row = measure(house, (), ())
    with pytest.raises(RuleBroken, match="not come yet"):
        tomorrow = Timing(10, date(2026, 3, 3))
        values.add_timing(row, "after", tomorrow, today=MONDAY, by=house.alice, now=NOW)
