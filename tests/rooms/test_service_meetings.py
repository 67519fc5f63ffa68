"""Meetings: begun from a regulation, three priorities, decisions that become tasks, minutes that stay."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session, scoped_session

from implement.control.meetings.service import compliance, effect, feed, meetings, minutes, presence, priorities, talk
from implement.control.meetings.service import series as service
from implement.control.meetings.tables import Meeting, MeetingMinutes, MeetingSeries
from implement.engine.law import Terms
from implement.rollout.service import tasks
from implement.rollout.service.calendar import list_meetings
from implement.rollout.service.errors import NotAllowed, NotFound, RuleBroken
from implement.rollout.tables import OutboxMail, Task
from implement.web.access import Role, Standing
from tests import builders
from tests.rooms.bound_firm import DAILY, HANDED_OUT, WEEKLY, Firm, a_bound_firm

Database = scoped_session[Session]
NINE = datetime(2026, 3, 3, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)


class House:
    """A firm that meets, with what its head and a seller do most."""

    def __init__(self, firm: Firm) -> None:
        self.firm = firm
        self.henry, self.bob = firm.accounts["north.1"], firm.accounts["north.2"]
        self.head = self.standing(Role.HEAD, "north.1")
        self.seller = self.standing(Role.SALESPERSON, "north.2")
        self.bob_id, self.north = firm.people["north.2"], firm.teams["North"]

    def standing(self, role: Role, crm_user: str) -> Standing:
        return Standing(self.firm.rollout_id, frozenset({role}), self.firm.people[crm_user])

    def start_series(self, kind: str = "daily", *, now: datetime = NINE) -> MeetingSeries:
        return service.start_series(self.head, self.north, kind, minute_of_day=540, by=self.henry, now=now)

    def meet(self, series: MeetingSeries, *, now: datetime = NINE) -> Meeting:
        return meetings.start_meeting(self.head, series.id, by=self.henry, now=now)

    def set_out(self, meeting: Meeting, series: MeetingSeries, *texts: str) -> None:
        for text in texts:
            priorities.add_priority(self.seller, meeting, series, self.bob_id, text, by=self.bob, now=NINE)

    def close(self, meeting: Meeting, series: MeetingSeries, *, now: datetime) -> None:
        minutes.settle_meeting(meeting, series, by=self.henry, now=now)
        minutes.keep_minutes(meeting, series, "As it was", by=self.henry, now=now)


@pytest.fixture
def house(session: Database) -> House:
    """Teams of five, with a regulation of both meetings in force since March 2."""
    firm = a_bound_firm(builders.a_rollout(legal_profile="EU").id)
    firm.bind(Terms(meetings=(DAILY, WEEKLY)))
    return House(firm)


def test_a_series_needs_a_regulation_in_force(session: Database) -> None:  # M120
    house = House(a_bound_firm(builders.a_rollout(legal_profile="EU").id))
    with pytest.raises(RuleBroken, match="No regulation in force"):
        house.start_series()
    house.firm.bind(Terms(meetings=(DAILY,)))
    with pytest.raises(RuleBroken, match="No regulation in force"):
        house.start_series(now=datetime(2026, 3, 1, 9, tzinfo=UTC))
    assert house.start_series().starts_on == NINE.date()
    with pytest.raises(RuleBroken, match="already"):
        house.start_series()


def test_the_hall_learns_when_the_team_meets(session: Database, house: House) -> None:
    series = house.start_series()
    assert list_meetings(house.firm.rollout_id)[house.north] == {(day, 540) for day in range(1, 6)}
    service.end_series(house.head, series.id, by=house.henry, now=NINE + DAY)
    assert list_meetings(house.firm.rollout_id).get(house.north, frozenset()) == frozenset()


def test_a_meeting_is_begun_once_and_unseen_by_other_teams(session: Database, house: House) -> None:
    series = house.start_series()
    meeting = house.meet(series)
    assert house.meet(series, now=NINE + timedelta(minutes=3)).id == meeting.id
    assert (meeting.minutes_planned, meeting.planned_at) == (15, NINE)
    with pytest.raises(NotFound):
        meetings.get_meeting(house.standing(Role.SALESPERSON, "south.2"), meeting.id)


def test_a_fourth_priority_is_refused(session: Database, house: House) -> None:  # M119
    series = house.start_series()
    meeting = house.meet(series)
    house.set_out(meeting, series, "Call A", "Offer B", "Visit C")
    with pytest.raises(RuleBroken, match="a fourth is refused"):
        house.set_out(meeting, series, "One more")
    first = priorities.list_priorities(meeting)[0]
    priorities.withdraw_priority(house.seller, meeting, series, first.id, by=house.bob, now=NINE)
    house.set_out(meeting, series, "Instead")
    assert [one.text for one in priorities.list_priorities(meeting)] == ["Instead", "Offer B", "Visit C"]


def test_yesterdays_are_ticked_or_carried_over_untouched(session: Database, house: House) -> None:  # M119
    series = house.start_series()
    yesterday = house.meet(series)
    house.set_out(yesterday, series, "Call A", "Offer B", "Visit C")
    house.close(yesterday, series, now=NINE + timedelta(minutes=15))
    today = house.meet(series, now=NINE + DAY)
    with pytest.raises(RuleBroken, match="First tick what is left over"):
        house.set_out(today, series, "New")
    call, offer, _visit = priorities.list_left_over(today)
    priorities.tick_priority(house.seller, today, series, call.id, by=house.bob, now=NINE + DAY)
    for _ in range(2):
        priorities.carry_over(house.seller, today, series, offer.id, by=house.bob, now=NINE + DAY)
    house.set_out(today, series, "New")
    house.close(today, series, now=NINE + DAY)
    kept = [(one.text, one.is_carried) for one in priorities.list_priorities(today)]
    assert kept == [("Offer B", True), ("New", False), ("Visit C", True)]
    assert priorities.list_left_over(today) == []


def test_nobody_touches_somebody_elses_priorities(session: Database, house: House) -> None:
    series = house.start_series()
    meeting = house.meet(series)
    henry_id = house.firm.people["north.1"]
    with pytest.raises(NotAllowed):
        priorities.add_priority(house.seller, meeting, series, henry_id, "Do it", by=house.bob, now=NINE)
    priorities.add_priority(house.head, meeting, series, house.bob_id, "For Bob", by=house.henry, now=NINE)
    assert [one.person_id for one in priorities.list_priorities(meeting)] == [house.bob_id]


def test_who_comes_after_the_grace_is_late_and_who_is_not_noted_did_not_come(
    session: Database, house: House
) -> None:  # M121
    series = house.start_series()
    meeting = house.meet(series)
    note: Callable[..., None] = presence.note_presence
    note(house.seller, meeting, series, {house.bob_id: "present"}, by=house.bob, now=NINE + timedelta(minutes=6))
    with pytest.raises(NotAllowed):
        note(house.seller, meeting, series, {house.firm.people["north.3"]: "present"}, by=house.bob, now=NINE)
    henry_id = house.firm.people["north.1"]
    note(house.head, meeting, series, {henry_id: "present"}, by=house.henry, now=NINE)
    house.close(meeting, series, now=NINE + timedelta(minutes=15))
    states = sorted(presence.read_presence(meeting).values())
    assert states == ["absent", "absent", "absent", "late", "present"]


def test_a_decision_is_a_task_that_escalates(session: Database, house: House) -> None:  # M44, M77
    series = house.start_series("weekly", now=NINE)
    meeting = house.meet(series)
    due, said = NINE.date() + DAY, {"by": house.henry, "now": NINE}
    talk.decide(meeting, series, "Call the fair", owner_id=house.bob.id, due=due, is_strategic=True, **said)
    (task,) = session.scalars(select(Task)).all()
    assert (task.owner_id, task.due, task.escalate_to_id) == (house.bob.id, due, house.henry.id)
    assert tasks.escalate_overdue_tasks(today=due + DAY, now=NINE + 2 * DAY) == 1
    with pytest.raises(RuleBroken, match="deadline lies before"):
        talk.decide(meeting, series, "Late", owner_id=house.bob.id, due=date(2026, 3, 1), is_strategic=False, **said)


def test_a_closed_meeting_and_its_minutes_stay(session: Database, house: House) -> None:
    series = house.start_series()
    meeting = house.meet(series)
    house.close(meeting, series, now=NINE + timedelta(minutes=14))
    for change in (
        lambda: talk.add_note(meeting, series, "urgent", "Late", by=house.bob, now=NINE),
        lambda: house.set_out(meeting, series, "Late"),
        lambda: minutes.settle_meeting(meeting, series, by=house.henry, now=NINE),
        lambda: minutes.keep_minutes(meeting, series, "Without a reason", by=house.henry, now=NINE),
    ):
        with pytest.raises(RuleBroken):
            change()
    minutes.keep_minutes(meeting, series, "As it really was", reason="A name", by=house.henry, now=NINE + DAY)
    assert [(one.number, one.text) for one in minutes.list_minutes(meeting)] == [
        (2, "As it really was"), (1, "As it was")
    ]  # fmt: skip
    session.commit()
    with pytest.raises(DatabaseError):
        session.execute(update(MeetingMinutes).values(text="Softer"))


def test_a_week_is_held_against_the_regulation(session: Database, house: House) -> None:  # M121, M128
    series = house.start_series()
    for days, late, took in ((0, 0, 14), (1, 6, 15), (2, 0, 20)):
        begun = NINE + days * DAY + timedelta(minutes=late)
        meeting = house.meet(series, now=begun)
        presence.note_presence(house.head, meeting, series, {house.bob_id: "present"}, by=house.henry, now=begun)
        house.close(meeting, series, now=begun + timedelta(minutes=took))
    (week,) = compliance.list_team_weeks(house.firm.rollout_id, date(2026, 2, 23), date(2026, 3, 6), now=NINE + 5 * DAY)
    counts = week.counts
    assert (week.team, week.monday, week.is_withheld) == ("North", date(2026, 3, 2), False)
    assert (counts.due, counts.held, counts.punctual, counts.within_time) == (4, 3, 2, 2)
    assert (counts.expected, counts.attended) == (15, 3)


def test_attendance_of_a_small_team_is_for_itself(session: Database) -> None:  # R11
    firm = a_bound_firm(builders.a_rollout(legal_profile="EU").id, size=3)
    firm.bind(Terms(meetings=(DAILY,)))
    house = House(firm)
    series = house.start_series()
    house.close(house.meet(series), series, now=NINE)
    said = {"now": NINE + DAY}
    span = (NINE.date(), NINE.date())
    (week,) = compliance.list_team_weeks(firm.rollout_id, *span, **said)
    assert week.is_withheld and week.counts.expected == 0 and week.counts.held == 1
    (own,) = compliance.list_team_weeks(firm.rollout_id, *span, **said, own_teams={house.north})
    assert not own.is_withheld and own.counts.expected == 3


def test_the_feed_shows_the_own_team_in_another_parser(session: Database, house: House) -> None:
    house.start_series()
    token = feed.issue_feed(house.firm.rollout_id, by=house.bob, now=NINE)
    events = Calendar.from_ical(feed.write_feed(token, now=NINE)).walk("VEVENT")
    assert events[0].decoded("DTSTART") == NINE and events[0]["SUMMARY"] == "Daily briefing, North"
    assert all(event.decoded("DTSTART").isoweekday() <= 5 for event in events) and len(events) == 41
    assert events[-1].decoded("DTSTART").hour == 7, "nine o'clock at the firm, in summer time"
    sarah = house.firm.accounts["south.2"]
    other = feed.issue_feed(house.firm.rollout_id, by=sarah, now=NINE)
    assert Calendar.from_ical(feed.write_feed(other, now=NINE)).walk("VEVENT") == []
    with pytest.raises(NotFound):
        feed.write_feed("made up", now=NINE)


def test_invitations_go_once_with_the_calendar_attached(session: Database, house: House) -> None:
    series = house.start_series()
    said = {"sender": "henry@example.com", "by": house.henry, "now": NINE}
    assert [feed.invite_team(house.firm.rollout_id, series.id, **said) for _ in range(2)] == [2, 0]
    mail = session.scalars(select(OutboxMail).where(OutboxMail.to == house.bob.email, OutboxMail.calendar != "")).one()
    event = Calendar.from_ical(mail.calendar).walk("VEVENT")[0]
    assert event["ATTENDEE"] == f"mailto:{house.bob.email}"


def test_the_effect_on_tasks_needs_five_people(session: Database, house: House) -> None:  # M121
    series = house.start_series()
    house.meet(series)
    given = {"title": "Call", "owner_id": house.bob.id, "due": NINE.date(), "by": house.henry}
    for days in range(-20, 20):
        task = tasks.give_task(house.firm.rollout_id, **given, now=NINE + days * DAY)  # type: ignore[arg-type]
        tasks.mark_done(task, by=house.bob, now=NINE + days * DAY + (4 if days < 0 else 2) * DAY)
    assert effect.measure_lead_times(house.firm.rollout_id, now=HANDED_OUT + 90 * DAY) is None
