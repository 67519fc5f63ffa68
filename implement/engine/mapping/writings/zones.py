"""Times that one side keeps in UTC and the other as its clocks show them, with or without seconds.

A day without a time may have become the instant in UTC at which it begins where the firm is; and an instant in UTC the
day it falls on there, which near midnight is the one before or behind.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from implement.engine.mapping.plan import ColumnMapping, Writing

ZONES = (
    "Europe/Berlin", "Europe/London", "Europe/Helsinki", "Europe/Moscow", "America/New_York", "America/Chicago",
    "America/Denver", "America/Los_Angeles", "America/Sao_Paulo", "Asia/Kolkata", "Asia/Shanghai", "Asia/Tokyo",
    "Asia/Yekaterinburg", "Asia/Dubai", "Australia/Sydney", "Pacific/Auckland",
)  # fmt: skip
EXPLAINED = 0.6
"""So many of the times must be explained."""
BEGINNINGS = 0.9
"""So many of the times must be beginnings of days."""
LEAST_STEADY = 0.4
"""So many of them are moved alike where clocks are set forward for half of the year."""
HARDLY_ANY = 0.05
LEAST_ROWS = 5
ASIDE = 0.5
"""So many of the days that are one before or behind must be explained, more than others are lost for it.

So many others, beside those, must be the same: they show that the instants are of those days at all.
"""
LEAST_STEP = timedelta(minutes=15)
FARTHEST = timedelta(hours=14)
Moments = Sequence[tuple[str, str]]
_IS_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:T|$)")


def with_zone(mapping: ColumnMapping, moments: Moments) -> ColumnMapping:
    """The column with the zone, or the steady shift, by which most of its moments (ISO texts) become the same."""
    turned = [(other, one) for one, other in moments]
    for side, pairs in ((0, turned), (1, moments)):
        if zone := zone_of_days(pairs) or zone_of_instants([(moment, day) for day, moment in pairs]):
            return _written(mapping, side, zone=zone)
    timed = [(one, other) for one, other in moments if "T" in one or "T" in other]
    if len(timed) < LEAST_ROWS or 2 * len(timed) < len(moments):
        return mapping
    mapping, whole = _to_minutes(mapping, timed)
    if _share(whole) >= EXPLAINED:
        return mapping
    best = max(((share, side, zone) for side, zone, share in _tried(whole)), default=(0.0, 0, ""))
    if best[0] < EXPLAINED:
        return mapping
    _, side, zone = best
    return _written(mapping, side, zone=zone)


def zone_of_days(pairs: Moments) -> str:
    """The zone, or the steady step, in which nearly all moments begin a day, most the one they stand beside."""
    timed = [(moment, day) for day, moment in pairs if "T" in moment]
    if len(timed) < LEAST_ROWS or sum("T" in day for day, _ in pairs) > HARDLY_ANY * len(pairs):
        return ""
    step, times = _usual_step(timed)
    if not step or times < LEAST_STEADY * len(timed):
        return ""
    turned = [(moment, day) for day, moment in pairs]
    tried = [(_share(turned, zone), zone) for zone in ZONES] + [(_share(turned, step) + 0.02, step)]
    share, zone = max(tried)
    begins = sum("T" not in move(moment, zone) for _, moment in pairs)
    return zone if share >= EXPLAINED and begins >= BEGINNINGS * len(pairs) else ""


def zone_of_instants(pairs: Moments) -> str:
    """The zone, or the steady step, in which instants fall on the days they stand beside, where those in UTC do not."""
    timed = sum("T" in moment for moment, _ in pairs)
    if timed < BEGINNINGS * len(pairs) or sum("T" in day for _, day in pairs) > HARDLY_ANY * len(pairs):
        return ""
    aside = [(moment, day) for moment, day in pairs if abs(_days_between(moment, day)) == 1]
    same = [pair for pair in pairs if pair[0][:10] == pair[1][:10]]
    if len(aside) < LEAST_ROWS or len(same) < ASIDE * len(aside):
        return ""
    least = ASIDE * len(aside)
    gained = {zone: _on_their_days(aside, zone) for zone in (*ZONES, *_steps())}
    gains = {zone: times + _on_their_days(same, zone) - len(same) for zone, times in gained.items() if times >= least}
    best = max(gains, key=lambda zone: gains[zone], default="")
    return best if best and gains[best] >= least else ""


def _days_between(moment: str, day: str) -> int:
    return (_parse(day[:10]) - _parse(moment[:10])).days


def _steps() -> list[str]:
    """All the steady steps by which clocks are ahead of others, or behind."""
    return [_name_step(sign * LEAST_STEP * count) for count in range(1, FARTHEST // LEAST_STEP + 1) for sign in (1, -1)]


def _on_their_days(pairs: Moments, zone: str) -> int:
    return sum(move(moment, zone)[:10] == day[:10] for moment, day in pairs)


def _tried(timed: Moments) -> list[tuple[int, str, float]]:
    turned = [(other, one) for one, other in timed]
    steady, _ = _usual_step(timed)
    if not steady:
        return []
    zones = [(side, zone, _share(pairs, zone)) for zone in ZONES for side, pairs in ((0, timed), (1, turned))]
    zones.append((0, steady, _share(timed, steady) + 0.02))
    return zones


def _usual_step(timed: Moments) -> tuple[str, int]:
    """The most frequent step between moments and how often it occurs; empty if clocks are never so far apart."""
    steps = Counter(_parse(other) - _parse(one) for one, other in timed)
    step, times = max(steps.items(), key=lambda entry: (entry[1], entry[0]))
    is_likely = step and abs(step) <= FARTHEST and not step % LEAST_STEP
    return _name_step(step) if is_likely else "", times


def _name_step(step: timedelta) -> str:
    minutes = int(step.total_seconds()) // 60
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _share(timed: Moments, zone: str = "") -> float:
    return sum((move(one, zone) if zone else one) == other for one, other in timed) / len(timed)


def _to_minutes(mapping: ColumnMapping, timed: Moments) -> tuple[ColumnMapping, Moments]:
    """Where one side keeps no seconds, those of the other are not compared."""
    seconds = [sum(cut(pair[side]) != pair[side] for pair in timed) for side in (0, 1)]
    if min(seconds) > 0.02 * len(timed) or max(seconds) < EXPLAINED * len(timed):
        return mapping, timed
    side = seconds.index(max(seconds))
    return _written(mapping, side, to_minute=True), [(cut(one), cut(other)) for one, other in timed]


def _written(mapping: ColumnMapping, side: int, zone: str = "", to_minute: bool = False) -> ColumnMapping:
    writing = mapping.target_writing if side else mapping.source_writing
    writing = replace(writing, zone=zone or writing.zone, to_minute=to_minute or writing.to_minute)
    return replace(mapping, target_writing=writing) if side else replace(mapping, source_writing=writing)


def is_moment(text: str) -> bool:
    """Say whether a text is a day, or a moment of one, that the calendar has."""
    try:
        return bool(_IS_DAY.match(text) and _parse(text))
    except ValueError:
        return False


def is_zone(zone: str) -> bool:
    """Say whether a text names a zone or a step."""
    try:
        move("2024-01-01", zone)
    except (ValueError, ZoneInfoNotFoundError, OSError):
        return False
    return True


def settle_moment(moment: str, writing: Writing) -> str:
    """An ISO moment as it is compared: in the other side's zone, without seconds where that side keeps none."""
    if writing.zone:
        moment = move(moment, writing.zone)
    return cut(moment) if writing.to_minute else moment


@lru_cache(maxsize=60_000)
def move(moment: str, zone: str) -> str:
    """An ISO moment of UTC as the clocks of a zone show it, or moved by a steady step such as `+02:00`.

    One that no calendar has, such as 31 February or a moment behind the year 9999, stays as it is.
    """
    if not is_moment(moment):
        return moment
    try:
        return _iso(_show(_parse(moment), zone))
    except OverflowError:
        return moment


def _show(at: datetime, zone: str) -> datetime:
    if zone[:1] in "+-":
        return at + _step(zone)
    return at.replace(tzinfo=UTC).astimezone(ZoneInfo(zone))


def move_back(moment: str, zone: str) -> str:
    """The ISO moment of UTC that the clocks of a zone, or of a place by a steady step away, show as this one."""
    at = _parse(moment)
    try:
        return _iso(at - _step(zone) if zone[:1] in "+-" else at.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC))
    except OverflowError:
        return moment


def _step(zone: str) -> timedelta:
    hours, minutes = (int(part) for part in zone[1:].split(":"))
    step = timedelta(hours=hours, minutes=minutes)
    return -step if zone[0] == "-" else step


def cut(moment: str) -> str:
    """An ISO moment without its seconds."""
    return f"{moment[:17]}00".removesuffix("T00:00:00") if "T" in moment else moment


def _parse(moment: str) -> datetime:
    return datetime.fromisoformat(moment)


def _iso(at: datetime) -> str:
    return at.replace(tzinfo=None).isoformat(timespec="seconds").removesuffix("T00:00:00")
