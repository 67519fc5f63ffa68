"""The fates of a record, by the words used in code, pages and files."""

DROPPED = "dropped"
MERGED = "merged"
DUPLICATED = "duplicated"
REKEYED = "rekeyed"
EXTRA = "extra"
TORN_RELATION = "torn_relation"
WRONG_RELATION = "wrong_relation"
TRUNCATED = "truncated"
MOJIBAKE = "mojibake"
DATE_SWAPPED = "date_swapped"
NUMBER_FORMAT = "number_format"
FIELDS_SWAPPED = "fields_swapped"
VALUE_LOST = "value_lost"
VALUE_FILLED = "value_filled"
VALUE_CHANGED = "value_changed"
REFORMATTED = "reformatted"

CLASSES = (
    DROPPED,
    MERGED,
    DUPLICATED,
    REKEYED,
    EXTRA,
    TORN_RELATION,
    WRONG_RELATION,
    TRUNCATED,
    MOJIBAKE,
    DATE_SWAPPED,
    NUMBER_FORMAT,
    FIELDS_SWAPPED,
    VALUE_LOST,
    VALUE_FILLED,
    VALUE_CHANGED,
    REFORMATTED,
)
BENIGN = frozenset({REFORMATTED, EXTRA})


def is_harmful(fate: str) -> bool:
    """Say whether a finding of this class means that something went wrong."""
    return fate not in BENIGN
