"""The calendar file, read by a parser that is not ours."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from implement.engine.meetings import CalendarEntry, write_calendar

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
HOSTILE = 'Daily; North, \\ "x"\r\nBEGIN:VEVENT\nATTENDEE:mailto:eve@example.com ' + "ю" * 90


def an_entry(title: str = "Daily", place: str = "") -> CalendarEntry:
    return CalendarEntry("series-1-2026-03-02@implement", AT, AT + timedelta(minutes=15), title, place)


def test_another_parser_reads_what_was_written() -> None:  # M120
    read = Calendar.from_ical(write_calendar("Meetings", [an_entry("Daily, North", "Room; 4")], stamped_at=AT))
    (event,) = read.walk("VEVENT")
    assert (event["SUMMARY"], event["LOCATION"]) == ("Daily, North", "Room; 4")
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (AT, AT + timedelta(minutes=15))
    assert read["METHOD"] == "PUBLISH" and not read.errors


def test_an_invitation_names_both_sides() -> None:
    said = {"stamped_at": AT, "organizer": "alice@example.com", "attendee": "bob@example.com"}
    read = Calendar.from_ical(write_calendar("Daily", [an_entry()], **said))
    (event,) = read.walk("VEVENT")
    assert read["METHOD"] == "REQUEST"
    assert (event["ORGANIZER"], event["ATTENDEE"]) == ("mailto:alice@example.com", "mailto:bob@example.com")


def test_hostile_words_stay_in_their_line() -> None:
    file = write_calendar(HOSTILE, [an_entry(HOSTILE, HOSTILE)], stamped_at=AT, attendee="bob@example.com\r\nX:1")
    (event,) = Calendar.from_ical(file).walk("VEVENT")
    assert event["SUMMARY"] == HOSTILE.replace("\r\n", "\n")
    assert max(len(line.encode()) for line in file.split("\r\n")) <= 75
    assert event["ATTENDEE"] == "mailto:bob@example.comX1"


@given(st.text(max_size=200))
def test_every_text_comes_back(title: str) -> None:
    (event,) = Calendar.from_ical(write_calendar("x", [an_entry(title)], stamped_at=AT)).walk("VEVENT")
    kept = "".join(letter for letter in title if letter == "\n" or not (ord(letter) < 32 or ord(letter) == 127))
    assert str(event["SUMMARY"]) == kept
