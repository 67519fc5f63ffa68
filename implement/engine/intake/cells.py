"""Write values of typed sources as canonical text."""

import datetime as dt
import json
from decimal import Decimal

MIDNIGHT = dt.time()


def cell_text(value: object) -> str | None:
    """The text of one typed value: whole numbers without .0, ISO dates, plain decimals; nothing for nothing."""
    if value is None or isinstance(value, str):
        return (value or None) if value is None or "\0" not in value else value.replace("\0", "") or None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _number_text(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, bytes):
        return value.hex()
    return _time_text(value)


def _number_text(value: float) -> str | None:
    if value != value:
        return None
    if value in (float("inf"), float("-inf")):
        return str(value)
    if value.is_integer():
        return str(int(value))
    return format(Decimal(repr(value)), "f")


def _time_text(value: object) -> str:
    if isinstance(value, dt.datetime):
        if value.time() == MIDNIGHT and value.tzinfo is None:
            return value.date().isoformat()
        return value.isoformat(timespec="seconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dt.time):
        return value.isoformat(timespec="seconds")
    if isinstance(value, dt.timedelta):
        return _duration_text(value)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)


def _duration_text(value: dt.timedelta) -> str:
    seconds = int(value.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
