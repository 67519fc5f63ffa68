"""What the room says of drift: each change in the reader's language."""

from implement.engine.drift import CHANGES
from implement.web.texts import lazy

CHANGE_LABELS = {
    "deleted": lazy("deleted"),
    "emptied": lazy("emptied"),
    "merged": lazy("merged into another record"),
    "torn": lazy("refers to nothing"),
    "duplicated": lazy("there once more"),
    "reassigned": lazy("has another owner"),
    "changed": lazy("changed"),
    "filled": lazy("filled in"),
}
CHANGE_TONES = {
    "deleted": "bad", "emptied": "bad", "merged": "bad", "torn": "bad", "duplicated": "watch", "reassigned": "accent",
    "changed": "accent", "filled": "good",
}  # fmt: skip
assert tuple(CHANGE_LABELS) == CHANGES
