"""Meetings in figures: held as the regulation says, what they change (M121), and their entries in a calendar."""

from implement.engine.meetings.calendar import CalendarEntry, write_calendar
from implement.engine.meetings.compliance import Compliance, HeldMeeting, MeetingSettings, list_due_days, sum_up
from implement.engine.meetings.effect import LeadTimeEffect, compare_lead_times

__all__ = [
    "CalendarEntry",
    "Compliance",
    "HeldMeeting",
    "LeadTimeEffect",
    "MeetingSettings",
    "compare_lead_times",
    "list_due_days",
    "sum_up",
    "write_calendar",
]
