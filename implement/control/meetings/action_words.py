"""What the log says was done, and to what, in the room of meetings, in words, by the program's own names."""

from collections.abc import Mapping

from flask_babel.speaklater import LazyString

from implement.web.texts import lazy

ACTION_LABELS: Mapping[str, LazyString] = {
    "start_series": lazy("Series of meetings begun"),
    "end_series": lazy("Series of meetings ended"),
    "start_meeting": lazy("Meeting begun"),
    "close_meeting": lazy("Meeting closed"),
    "keep_minutes": lazy("Minutes kept"),
    "note_presence": lazy("Presence noted"),
    "add_priority": lazy("Priority added"),
    "carry_over": lazy("Priority carried over"),
    "tick_priority": lazy("Priority ticked"),
    "withdraw_priority": lazy("Priority taken out"),
    "add_note": lazy("Contribution to a meeting added"),
    "decide": lazy("Decision noted"),
}

SUBJECT_LABELS: Mapping[str, LazyString] = {
    "meeting": lazy("Meeting"),
    "minutes": lazy("Minutes"),
    "priority": lazy("Priority"),
    "series": lazy("Series of meetings"),
}
