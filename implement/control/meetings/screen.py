"""The screen of a meeting: people with presence and priorities, notes by part, decisions, the clock, last week's
figures.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from implement.control.meetings.service.meetings import find_meeting_before
from implement.control.meetings.service.presence import list_expected, read_presence
from implement.control.meetings.service.priorities import MOST, PriorityRow, list_left_over, list_priorities
from implement.control.meetings.service.talk import (
    DecisionRow,
    list_decisions,
    list_notes,
    parts_of,
)
from implement.control.meetings.tables import Meeting, MeetingSeries
from implement.rollout.registries import Measure, WeekFigure, registries
from implement.rollout.service.staff import get_team
from implement.web.access import Permission, Standing
from implement.web.texts import _, day, instant, lazy, minutes, number, share

STATE_LABELS = {
    "present": lazy("there"),
    "late": lazy("came late"),
    "excused": lazy("excused"),
    "absent": lazy("not there"),
}
PART_LABELS = {
    "week": lazy("The past week: results and reasons for shortfalls"),
    "plan": lazy("Plan for the coming week"),
    "aims": lazy("Main aims"),
    "urgent": lazy("Urgent matters"),
}
TITLES = {"daily": lazy("Daily briefing"), "weekly": lazy("Weekly meeting")}


@dataclass(frozen=True)
class Participant:
    """Somebody expected at the meeting; `may_write` says whether the reader may add and tick for them."""

    person_id: int
    name: str
    state: str
    priorities: tuple[PriorityRow, ...]
    left_over: tuple[PriorityRow, ...]
    may_write: bool
    has_room: bool


def describe_meeting(meeting: Meeting, series: MeetingSeries, standing: Standing) -> dict[str, object]:
    """Everything the screen shows."""
    before = find_meeting_before(meeting)
    return {
        "meeting": meeting,
        "series": series,
        "team": get_team(series.rollout_id, series.team_id).name,
        "title": TITLES[series.kind],
        "participants": list_participants(meeting, series, standing),
        "ends_at": meeting.started_at + timedelta(minutes=meeting.minutes_planned),
        "parts": [(part, PART_LABELS[part]) for part in parts_of(series)],
        "contributions": list_notes(meeting),
        "decisions": list_decisions(meeting),
        "earlier": [one for one in list_decisions(before) if not one.is_done] if before else [],
        "week_figures": list_figures(series, meeting.day) if series.kind == "weekly" else [],
        "states": STATE_LABELS,
        "is_mine": standing.person_id,
    }


def list_participants(meeting: Meeting, series: MeetingSeries, standing: Standing) -> list[Participant]:
    """Everybody expected, in the order of names; oneself first."""
    noted, leads = read_presence(meeting), standing.may(Permission.LEAD_MEETINGS)
    mine, waiting = _by_person(list_priorities(meeting)), _by_person(list_left_over(meeting))
    found = [
        Participant(
            person_id, name, noted.get(person_id, ""), mine.get(person_id, ()), waiting.get(person_id, ()),
            leads or person_id == standing.person_id,
            len(mine.get(person_id, ())) + len(waiting.get(person_id, ())) < MOST,
        )
        for person_id, name in list_expected(series, meeting.day).items()
    ]  # fmt: skip
    return sorted(found, key=lambda one: one.person_id != standing.person_id)


def list_figures(series: MeetingSeries, on_day: date) -> list[WeekFigure]:
    """Last week's figures of the team: what rooms registered, and the measures of its wave."""
    monday = on_day - timedelta(days=on_day.weekday() + 7)
    found = [figure for ask in registries().week_figures for figure in ask(series.rollout_id, series.team_id, monday)]
    wave_id = get_team(series.rollout_id, series.team_id).wave_id
    for kind in registries().measures.values():
        measured = kind.compute(series.rollout_id, wave_id, on_day)
        if isinstance(measured, Measure):
            value = share(measured.value) if kind.unit == "share" else number(measured.value)
            found.append(WeekFigure(kind.label, value))
    return found


def read_states(form: Mapping[str, str], people: Mapping[int, str]) -> dict[int, str]:
    """What was chosen for whom; with `all` everybody of whom nothing else was said is there."""
    said = {person_id: form.get(f"state_{person_id}", "") for person_id in people}
    if "all" in form:
        said = {person_id: state or "present" for person_id, state in said.items()}
    return {person_id: state for person_id, state in said.items() if state in STATE_LABELS}


def write_minutes(meeting: Meeting, series: MeetingSeries, standing: Standing, now: datetime) -> str:
    """The minutes of a meeting that was just closed, in words."""
    shown = describe_meeting(meeting, series, standing)
    used = minutes(int((now - meeting.started_at).total_seconds() // 60))
    lines = [
        f"{shown['title']}, {shown['team']}",
        _("Planned for %(at)s, begun %(begun)s by %(name)s, took %(used)s of %(planned)s.",
          at=instant(meeting.planned_at), begun=instant(meeting.started_at), name=meeting.started_by, used=used,
          planned=minutes(meeting.minutes_planned)),
    ]  # fmt: skip
    lines += [f"{one.label}: {one.value}" for one in list_figures(series, meeting.day) if series.kind == "weekly"]
    for person in list_participants(meeting, series, standing):
        lines.append(f"{person.name}: {STATE_LABELS[person.state or 'absent']}")
        lines += [f"  {one.position}. {_say_priority(one)}" for one in person.priorities]
    for part, label in ((part, PART_LABELS[part]) for part in parts_of(series)):
        said = [f"  {text} ({name})" for one, text, name in list_notes(meeting) if one == part]
        lines += [f"{label}:", *said] if said else []
    lines += [_say_decision(one) for one in list_decisions(meeting)]
    return "\n".join(lines)


def _say_priority(one: PriorityRow) -> str:
    marks = [_("carried over")] if one.is_carried else []
    marks += [_("done")] if one.is_done else []
    return f"{one.text} ({', '.join(marks)})" if marks else one.text


def _say_decision(one: DecisionRow) -> str:
    said = _("Strategic decision") if one.is_strategic else _("Decision")
    due = day(one.due)
    return _("%(what)s: %(words)s – %(owner)s, until %(day)s", what=said, words=one.text, owner=one.owner, day=due)


def _by_person(rows: list[PriorityRow]) -> dict[int, tuple[PriorityRow, ...]]:
    found: dict[int, tuple[PriorityRow, ...]] = {}
    for row in rows:
        found[row.person_id] = (*found.get(row.person_id, ()), row)
    return found
