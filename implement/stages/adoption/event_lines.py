"""Events as programs send them: one JSON object a line, checked line by line, none taken while one is faulty."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pyarrow as pa

from implement.engine.intake import ROW, Fault

MOST_LINES, MOST_BYTES, LONGEST_TEXT = 10_000, 5 << 20, 200
REQUIRED = ("user", "ts", "object", "action")
IDENTITY = ("user", "ts", "object", "action", "record_id")
LINE_FAULT_TEXTS = {
    "line_unreadable": "This line is no JSON object.",
    "line_key_unknown": "There is no such key.",
    "line_key_twice": "The key stands here twice.",
    "line_value_missing": "Something must stand here.",
    "line_text_wrong": "A text of at most {0} characters must stand here.",
    "line_time_wrong": "A time as 2026-03-02T09:30:00+01:00 must stand here.",
    "line_too_old": "Events from before {0} are no longer taken: those of that time were deleted.",
    "line_day_wrong": "A day as 2026-03-02 must stand here.",
    "line_count_wrong": "A whole number from 0 on must stand here.",
    "line_flag_wrong": "true or false must stand here.",
    "lines_too_many": "At most {0} lines are taken at a time.",
    "lines_none": "There is no event here.",
    "lines_encoding": "The lines are not in UTF-8.",
}


class WrongValue(Exception):
    """A value that cannot stand under its key; the fault's code and values."""


@dataclass(frozen=True)
class EventLines:
    """What was sent: the events as columns of text, each once, how many lines there were, and every fault."""

    table: pa.Table
    line_count: int
    faults: tuple[Fault, ...]


def read_lines(body: bytes, zone: ZoneInfo, since: date | None = None) -> EventLines:
    """Read lines of JSON; times without an offset are local to the zone, all become local.

    What happened before `since` is a fault.
    """
    try:
        lines = [line for line in body.decode("utf-8").split("\n") if line.strip()]
    except UnicodeDecodeError:
        return _refuse("lines_encoding")
    if not lines:
        return _refuse("lines_none")
    if len(lines) > MOST_LINES:
        return _refuse("lines_too_many", str(MOST_LINES))
    faults: list[Fault] = []
    events = {}
    for number, line in enumerate(lines, start=1):
        event = _read_event(line, number, zone, faults)
        if since is not None and event.get("ts", "9") < since.isoformat():
            faults.append(Fault("", number, "ts", "line_too_old", (since.isoformat(),)))
        events[tuple(event.get(name) for name in IDENTITY)] = event
    return EventLines(_lay_out(list(events.values())) if not faults else _lay_out([]), len(lines), tuple(faults))


def _read_event(line: str, number: int, clock: ZoneInfo, faults: list[Fault]) -> dict[str, str]:
    event: dict[str, str] = {}
    said = _parse(line, number, faults)
    for key, value in said:
        if key in event:
            faults.append(Fault("", number, key, "line_key_twice"))
        if key not in READERS:
            faults.append(Fault("", number, str(key)[:60], "line_key_unknown"))
        elif value is not None:
            try:
                event[key] = READERS[key](value, clock)
            except WrongValue as wrong:
                faults.append(Fault("", number, key, *wrong.args))
    if said:
        wrong_keys = {fault.column for fault in faults if fault.row == number}
        lacking = [name for name in REQUIRED if name not in event and name not in wrong_keys]
        faults += [Fault("", number, name, "line_value_missing") for name in lacking]
    return event


def _parse(line: str, number: int, faults: list[Fault]) -> list[tuple[str, object]]:
    """The pairs of one object in their order, repeated keys among them."""
    try:
        found = json.loads(line, object_pairs_hook=_Pairs, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, _Pairs) or not found:
        faults.append(Fault("", number, None, "line_unreadable"))
        return []
    return list(found)


class _Pairs(list[tuple[str, object]]):
    """An object as it was written."""


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _lay_out(events: list[dict[str, str]]) -> pa.Table:
    """The events as text columns; a column that no event has is left out."""
    names = [name for name in READERS if any(name in event for event in events)]
    columns = {name: pa.array([event.get(name) for event in events], pa.string()) for name in names}
    return pa.table({ROW: pa.array(range(1, len(events) + 1), pa.int64()), **columns})


def _refuse(code: str, *values: str) -> EventLines:
    return EventLines(_lay_out([]), 0, (Fault("", None, None, code, values),))


def _read_text(value: object, clock: ZoneInfo) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not 0 < len(value.strip()) <= LONGEST_TEXT or "\x00" in value:
        raise WrongValue("line_text_wrong", (str(LONGEST_TEXT),))
    return value.strip()


def _read_instant(value: object, clock: ZoneInfo) -> str:
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
        if found is None or not 1970 <= found.year <= 2199:
            raise ValueError
    except ValueError as fault:
        raise WrongValue("line_time_wrong") from fault
    local = found if found.tzinfo is None else found.astimezone(UTC).astimezone(clock)
    return local.replace(tzinfo=None, microsecond=0).isoformat()


def _read_day(value: object, clock: ZoneInfo) -> str:
    try:
        return date.fromisoformat(value if isinstance(value, str) else "").isoformat()
    except ValueError as fault:
        raise WrongValue("line_day_wrong") from fault


def _read_count(value: object, clock: ZoneInfo) -> str:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 10**9:
        raise WrongValue("line_count_wrong")
    return str(value)


def _read_flag(value: object, clock: ZoneInfo) -> str:
    if value not in (True, False):
        raise WrongValue("line_flag_wrong")
    return "1" if value else "0"


Reader = Callable[[object, ZoneInfo], str]
READERS: Mapping[str, Reader] = {
    "user": _read_text, "ts": _read_instant, "object": _read_text, "action": _read_text, "record_id": _read_text,
    "source": _read_text, "effective_date": _read_day, "filled": _read_count, "total": _read_count,
    "text_hash": _read_text, "stage_from": _read_text, "stage_to": _read_text, "target_user": _read_text,
    "hits": _read_count, "on_behalf_of": _read_text, "changed": _read_flag,
}  # fmt: skip
