"""The terms of a regulation as a machine reads them: grounds and consequences, KPIs, checks, meetings, who is bound."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TypeVar

OF_PROCESS, OF_RESULT = "process", "result"
WEEKLY, DAILY = "weekly", "daily"
RHYTHMS = ("day", "week", "month", "quarter")
LONGEST_DAILY_MINUTES = 15
DAYS_TO_ACKNOWLEDGE = 7
MOST_SHARE = Decimal(1)

Row = Mapping[str, object]
Term = TypeVar("Term")
Plain = str | int | bool | None | list["Plain"] | dict[str, "Plain"]


class UnusableTerms(ValueError):
    """Terms that say something impossible; the argument names the field."""


@dataclass(frozen=True)
class Ground:
    """A ground on which the variable part falls (M114): each time by `each` of it, at most by `cap` a month; never
    more than `cap_of_pay` of the whole month's pay, where that is said. `terms` say when and how.
    """

    key: str
    ground: str
    terms: str
    each: Decimal | None
    cap: Decimal | None
    cap_of_pay: Decimal | None = None
    takes_back: bool = False


@dataclass(frozen=True)
class Kpi:
    """A figure that is read about people: what for, from which source, and whether it feeds pay (R8, R9, R12)."""

    key: str
    purpose: str
    source: str
    feeds_pay: bool = False


@dataclass(frozen=True)
class Check:
    """Who checks what, and how often (M116): a process or a result (M115)."""

    what: str
    about: str
    by_role: str
    every: str


@dataclass(frozen=True)
class MeetingRule:
    """A meeting that is held (M120): weekdays from 1 (Monday), minute of the day, length, place."""

    kind: str
    weekdays: str
    minute_of_day: int
    minutes: int
    place: str = ""


@dataclass(frozen=True)
class Terms:
    """All terms of one version; empty roles and teams bind everybody."""

    purposes: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    team_ids: tuple[int, ...] = ()
    days_to_acknowledge: int = DAYS_TO_ACKNOWLEDGE
    keep_months: int | None = None
    council_approves: bool = False
    grounds: tuple[Ground, ...] = ()
    kpis: tuple[Kpi, ...] = ()
    checks: tuple[Check, ...] = ()
    meetings: tuple[MeetingRule, ...] = ()

    @property
    def measures_people(self) -> bool:
        """True when figures about people are read or have consequences."""
        return bool(self.kpis or self.grounds)

    def binds(self, roles: Sequence[str], team_id: int | None) -> bool:
        """True when somebody with these roles, in this team, is bound."""
        by_role = not self.roles or bool(set(self.roles) & set(roles))
        return by_role and (not self.team_ids or team_id in self.team_ids)

    def find_ground(self, key: str) -> Ground | None:
        """The ground of this name."""
        return next((one for one in self.grounds if one.key == key), None)

    def find_kpi(self, key: str) -> Kpi | None:
        """The KPI of this name."""
        return next((one for one in self.kpis if one.key == key), None)

    def find_meeting(self, kind: str) -> MeetingRule | None:
        """The rule of weekly or daily meetings."""
        return next((one for one in self.meetings if one.kind == kind), None)


def read_terms(kept: Row) -> Terms:
    """Read terms as they are kept; what is missing is empty. Raises UnusableTerms."""
    months = kept.get("keep_months")
    return Terms(
        purposes=tuple(str(one) for one in _list(kept, "purposes")),
        roles=tuple(str(one) for one in _list(kept, "roles")),
        team_ids=tuple(int(str(one)) for one in _list(kept, "team_ids")),
        days_to_acknowledge=int(str(kept.get("days_to_acknowledge", DAYS_TO_ACKNOWLEDGE))),
        keep_months=None if months is None else int(str(months)),
        council_approves=bool(kept.get("council_approves", False)),
        grounds=_read(kept, "grounds", _read_ground),
        kpis=_read(kept, "kpis", _read_kpi),
        checks=_read(kept, "checks", _read_check),
        meetings=_read(kept, "meetings", _read_meeting),
    )


def write_terms(terms: Terms) -> dict[str, Plain]:
    """The terms as they are kept: no numbers but whole ones, shares as decimal strings; what is empty is left out."""
    written: dict[str, Plain] = {
        "purposes": list(terms.purposes),
        "roles": list(terms.roles),
        "team_ids": list(terms.team_ids),
        "days_to_acknowledge": terms.days_to_acknowledge,
        "keep_months": terms.keep_months,
        "council_approves": terms.council_approves,
        "grounds": [_plain(one) for one in terms.grounds],
        "kpis": [_plain(one) for one in terms.kpis],
        "checks": [_plain(one) for one in terms.checks],
        "meetings": [_plain(one) for one in terms.meetings],
    }
    return {name: value for name, value in written.items() if value not in ([], None, False)}


def _read_ground(row: Row) -> Ground:
    each, cap = _share(row, "each"), _share(row, "cap")
    if each is not None and cap is not None and cap < each:
        raise UnusableTerms("cap")
    return Ground(
        _word(row, "key"), _word(row, "ground"), str(row.get("terms", "")), each, cap, _share(row, "cap_of_pay"),
        bool(row.get("takes_back", False)),
    )  # fmt: skip


def _read_kpi(row: Row) -> Kpi:
    return Kpi(
        _word(row, "key"), str(row.get("purpose", "")), str(row.get("source", "")), bool(row.get("feeds_pay", False))
    )


def _read_check(row: Row) -> Check:
    about, every = _one_of(row, "about", (OF_PROCESS, OF_RESULT)), _one_of(row, "every", RHYTHMS)
    return Check(_word(row, "what"), about, _word(row, "by_role"), every)


def _read_meeting(row: Row) -> MeetingRule:
    kind, weekdays = _one_of(row, "kind", (WEEKLY, DAILY)), "".join(sorted(set(str(row.get("weekdays", "")))))
    minute, minutes = int(str(row.get("minute_of_day", -1))), int(str(row.get("minutes", 0)))
    if not weekdays or not set(weekdays) <= set("1234567") or (kind == WEEKLY and len(weekdays) > 1):
        raise UnusableTerms("weekdays")
    if not 0 <= minute < 1440:
        raise UnusableTerms("minute_of_day")
    if not 1 <= minutes <= (LONGEST_DAILY_MINUTES if kind == DAILY else 480):
        raise UnusableTerms("minutes")
    return MeetingRule(kind, weekdays, minute, minutes, str(row.get("place", "")))


def _read(kept: Row, name: str, read: Callable[[Row], Term]) -> tuple[Term, ...]:
    return tuple(read(row) for row in _list(kept, name) if isinstance(row, Mapping))


def _list(kept: Row, name: str) -> Sequence[object]:
    found = kept.get(name)
    return found if isinstance(found, list) else ()


def _word(row: Row, name: str) -> str:
    word = str(row.get(name, "")).strip()
    if not word:
        raise UnusableTerms(name)
    return word


def _one_of(row: Row, name: str, allowed: Sequence[str]) -> str:
    if row.get(name) not in allowed:
        raise UnusableTerms(name)
    return str(row[name])


def _share(row: Row, name: str) -> Decimal | None:
    kept = row.get(name)
    if kept is None:
        return None
    try:
        share = Decimal(str(kept))
    except InvalidOperation as fault:
        raise UnusableTerms(name) from fault
    if not share.is_finite() or not 0 < share <= MOST_SHARE:
        raise UnusableTerms(name)
    return share


def _plain(term: Ground | Kpi | Check | MeetingRule) -> dict[str, Plain]:
    written = {name: str(value) if isinstance(value, Decimal) else value for name, value in vars(term).items()}
    return {name: value for name, value in written.items() if value not in (None, False, "")}
