"""What the log says was done, and to what, in the room of regulations, in words, by the program's own names."""

from collections.abc import Mapping

from flask_babel.speaklater import LazyString

from implement.web.texts import lazy

ACTION_LABELS: Mapping[str, LazyString] = {
    "begin_draft": lazy("Draft begun"),
    "save_draft": lazy("Draft saved"),
    "drop_draft": lazy("Draft given up"),
    "add_term": lazy("Term added to a draft"),
    "drop_term": lazy("Term taken out of a draft"),
}

SUBJECT_LABELS: Mapping[str, LazyString] = {
    "version": lazy("Version of a regulation"),
    "draft": lazy("Draft of a regulation"),
}
