"""The calendar as the page says it."""

from collections.abc import Mapping
from dataclasses import dataclass

from implement.rollout.service.calendar import Times
from implement.stages.adoption.forms.calendar import WEEKDAY_LABELS, name_calendar
from implement.web.texts import _, number


@dataclass(frozen=True)
class MeetingLine:
    """A team's meeting in words, with what names it."""

    team_id: int
    team: str
    weekday: int
    minute: int

    @property
    def said(self) -> str:
        """When it is."""
        return f"{WEEKDAY_LABELS[self.weekday]}, {self.minute // 60}:{self.minute % 60:02d}"


def list_meeting_lines(meetings: Mapping[int, Times], teams: Mapping[int, str]) -> list[MeetingLine]:
    """All meetings by team and time."""
    lines = [MeetingLine(team, teams[team], *time) for team, times in meetings.items() for time in times]
    return sorted(lines, key=lambda line: (line.team, line.weekday, line.minute))


def list_calendar_lines(calendars: Mapping[int | None, str], teams: Mapping[int, str]) -> list[tuple[str, str]]:
    """For whom which public holidays hold."""
    whole = calendars[None]
    lines = [(_("the whole rollout"), name_calendar(whole) if whole else _("none"))]
    return lines + sorted((teams[team], name_calendar(own)) for team, own in calendars.items() if team is not None)


def say_answer(calendars: Mapping[int | None, str], lines: list[MeetingLine], teams: Mapping[int, str]) -> str:
    """What is known of the firm's calendar, in a sentence."""
    known = _("Public holidays are known") if any(calendars.values()) else _("No public holidays are chosen")
    meeting = len({line.team_id for line in lines})
    said = {"known": known, "count": number(meeting), "all": number(len(teams))}
    return _("%(known)s; when they meet is known of %(count)s of %(all)s teams.", **said)
