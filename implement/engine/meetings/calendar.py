"""Meetings as a calendar file (RFC 5545): lines of at most 75 bytes, instants in UTC, text escaped."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

LINE_BYTES = 75
ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})
UNPRINTABLE = dict.fromkeys([*range(32), 127])


@dataclass(frozen=True)
class CalendarEntry:
    """One meeting; the same `uid` stays the same entry, a greater `sequence` replaces the earlier one."""

    uid: str
    begins_at: datetime
    ends_at: datetime
    title: str
    place: str = ""
    description: str = ""
    sequence: int = 0


def write_calendar(
    name: str, entries: Iterable[CalendarEntry], *, stamped_at: datetime, organizer: str = "", attendee: str = ""
) -> str:
    """The whole file; with an attendee it is an invitation (METHOD:REQUEST), else a feed to be subscribed to."""
    method = "REQUEST" if attendee else "PUBLISH"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Implement//Meetings//EN", "CALSCALE:GREGORIAN"]
    lines += [f"METHOD:{method}", f"X-WR-CALNAME:{_escape(name)}"]
    for entry in entries:
        lines += _write_entry(entry, stamped_at, organizer, attendee)
    lines.append("END:VCALENDAR")
    return "".join(_fold(line) + "\r\n" for line in lines)


def _write_entry(entry: CalendarEntry, stamped_at: datetime, organizer: str, attendee: str) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{entry.uid}",
        f"DTSTAMP:{_instant(stamped_at)}",
        f"DTSTART:{_instant(entry.begins_at)}",
        f"DTEND:{_instant(entry.ends_at)}",
        f"SEQUENCE:{entry.sequence}",
        f"SUMMARY:{_escape(entry.title)}",
    ]
    lines += [f"LOCATION:{_escape(entry.place)}"] if entry.place else []
    lines += [f"DESCRIPTION:{_escape(entry.description)}"] if entry.description else []
    lines += [f"ORGANIZER:mailto:{_address(organizer)}"] if organizer and attendee else []
    lines += [f"ATTENDEE;RSVP=TRUE;PARTSTAT=NEEDS-ACTION:mailto:{_address(attendee)}"] if attendee else []
    return [*lines, "END:VEVENT"]


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escape(text: str) -> str:
    return text.translate(ESCAPES).translate(UNPRINTABLE)


def _address(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable() and letter not in " \"';,:\\")


def _fold(line: str) -> str:
    """Break a line so that no part is longer than 75 bytes and no letter is torn."""
    parts, room = [""], LINE_BYTES
    for letter in line:
        size = len(letter.encode())
        if size > room:
            parts.append("")
            room = LINE_BYTES - 1
        parts[-1] += letter
        room -= size
    return "\r\n ".join(parts)
