"""What may be shown of the groups of an evaluation: each kind of figure withheld by the people it rests on (R11)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import median

from implement.engine.suppression import Withheld
from implement.jobs import Plain
from implement.stages.adoption.groups import GroupSize, offer_instead, withhold_groups

RECENT_WEEKS = 4
USES, USES_NOT = 0.6, 0.4
NOBODY_THERE = "nobody"
KEPT = "kept"
LEAST_SHARING = 2
DAY_KINDS = ("usage", "bands", "regular", "evidence")


@dataclass(frozen=True)
class Week:
    """One week of a group: active of present days; without figures `why` says nobody or the reason it is withheld."""

    monday: date
    people: int
    active_days: int | None = None
    present_days: int | None = None
    why: str = ""

    @property
    def share(self) -> float | None:
        """The share of active among present days, 0–1."""
        return None if self.active_days is None or not self.present_days else self.active_days / self.present_days


@dataclass(frozen=True)
class Group:
    """A team, a wave or the whole, as far as it may be shown. `usage` are quarter, median, quarter of the scores.

    `likely` is where the median likely lies, `sides` how many clearly work with it and how many do not, `steer` of how
    many heads evidence was taken and for how many leading with the CRM stands out; `regular` how many use it regularly,
    of how many; `is_kept` where a figure is the one shown first, for too few people have joined or left since.
    """

    key: str
    id: int | None
    name: str
    parent: str | None
    head_id: int | None
    go_live: date | None
    people: int
    weeks: tuple[Week, ...]
    usage: tuple[float, float, float] | None = None
    bands: Mapping[str, int] = field(default_factory=dict)
    withheld: Withheld | None = None
    standing_out: "StandingOut | None" = None
    likely: tuple[float, float] | None = None
    sides: Mapping[str, int] = field(default_factory=dict)
    steer: tuple[int, int] = (0, 0)
    regular: tuple[int, int] | None = None
    is_kept: bool = False

    @property
    def is_team(self) -> bool:
        """True for a team."""
        return self.key.startswith("team:")

    @property
    def has_begun(self) -> bool:
        """True when somebody could have used the CRM in these weeks."""
        return any(week.people for week in self.weeks)

    @property
    def recent_share(self) -> float | None:
        """The middle of the last four weeks that are shown: nothing beyond what the page shows goes into it."""
        shares = [week.share for week in self.weeks[-RECENT_WEEKS:] if week.share is not None]
        return median(shares) if shares else None

    @property
    def uses(self) -> bool:
        """True when people work in the CRM on most of their days."""
        return self.recent_share is not None and self.recent_share >= USES

    @property
    def does_not_use(self) -> bool:
        """True when they hardly do."""
        return self.recent_share is not None and self.recent_share < USES_NOT


@dataclass(frozen=True)
class StandingOut:
    """Of how many people evidence was taken, how many stand out, and the signals and kinds several of them share."""

    judged: int
    flagged: int
    signals: Mapping[str, int]
    kinds: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class _Kept:
    """A group as an evaluation keeps it; `weeks` are people, active and present days by Monday."""

    key: str
    parent: str | None
    group: Mapping[str, Plain]
    weeks: Mapping[date, tuple[int, int, int]]
    bands: Mapping[str, int]


def show_groups(groups: Sequence[Mapping[str, Plain]]) -> list[Group]:
    """The groups of an evaluation, small ones withheld with whatever would give them away, figure by figure."""
    kept = [_open(group) for group in groups]
    by_kind = {
        "usage": _withhold(kept, "usage", [_whole(one.group["scored"]) for one in kept]),
        "bands": _withhold(kept, "bands", [sum(one.bands.values()) for one in kept]),
        "regular": _withhold(kept, "regular", [_counts_of(one.group.get("regular"))[1] for one in kept]),
        "evidence": _withhold(kept, "evidence", [_judged(one.group) for one in kept]),
    }
    mondays = sorted({monday for one in kept for monday in one.weeks})
    by_week = {
        day: _withhold(kept, day.isoformat(), [one.weeks.get(day, (0, 0, 0))[0] for one in kept]) for day in mondays
    }
    shown = []
    for one in kept:
        weeks = tuple(_show_week(one, day, by_week[day].get(one.key)) for day in mondays)
        shown.append(_show(one, weeks, {kind: hidden.get(one.key) for kind, hidden in by_kind.items()}))
    return shown


def _open(group: Mapping[str, Plain]) -> _Kept:
    rows = [row for row in _rows(group["weeks"]) if isinstance(row, list)]
    weeks = {date.fromisoformat(str(row[0])): (_whole(row[1]), _whole(row[2]), _whole(row[3])) for row in rows}
    parent, bands = group["parent"], group["bands"]
    counts = {band: _whole(count) for band, count in bands.items()} if isinstance(bands, dict) else {}
    return _Kept(str(group["key"]), None if parent is None else str(parent), group, weeks, counts)


def _withhold(kept: Sequence[_Kept], what: str, people: Sequence[int]) -> dict[str, Withheld]:
    """What is not shown, as it was settled; of evaluations from before that was done, from the sizes alone."""
    if not all(_is_settled(one.group, what) for one in kept):
        sizes = [GroupSize(one.key, size, one.parent) for one, size in zip(kept, people, strict=True)]
        return withhold_groups(sizes)
    whys = {one.key: _settled(one.group, what) for one in kept}
    hidden = {key: Withheld(key, why, None) for key, why in whys.items() if why not in ("", KEPT)}
    return offer_instead(hidden, {one.key: one.parent for one in kept})


def _is_settled(group: Mapping[str, Plain], what: str) -> bool:
    """Weeks in which nobody was there are settled by nothing being said of them."""
    said = group.get("settled")
    return isinstance(said, dict) and (what not in DAY_KINDS or what in said)


def _settled(group: Mapping[str, Plain], what: str) -> str:
    said = group["settled"]
    return str(said.get(what, "")) if isinstance(said, dict) else ""


def _is_kept(group: Mapping[str, Plain]) -> bool:
    said = group.get("settled")
    return isinstance(said, dict) and KEPT in said.values()


def _judged(group: Mapping[str, Plain]) -> int:
    found = group.get("standing_out")
    return _whole(found["judged"]) if isinstance(found, dict) else 0


def _show(kept: _Kept, weeks: tuple[Week, ...], withheld: Mapping[str, Withheld | None]) -> Group:
    group, hides = kept.group, {kind for kind, why in withheld.items() if why is not None}
    usage = [float(str(each)) for each in _rows(group["usage"])] if "usage" not in hides else []
    go_live = group["go_live"]
    return Group(
        key=kept.key,
        id=_whole_or_none(group["id"]),
        name=str(group["name"]),
        parent=kept.parent,
        head_id=_whole_or_none(group.get("head_id")),
        go_live=None if go_live is None else date.fromisoformat(str(go_live)),
        people=_whole(group["people"]),
        weeks=weeks,
        usage=(usage[0], usage[1], usage[2]) if usage else None,
        bands=kept.bands if "bands" not in hides else {},
        withheld=withheld["bands"],
        standing_out=_standing_out(group.get("standing_out")) if not hides & {"usage", "evidence"} else None,
        likely=_pair(group.get("likely")) if "usage" not in hides else None,
        sides=_counts(group.get("sides")) if "usage" not in hides else {},
        steer=_counts_of(group.get("steer")) if "evidence" not in hides else (0, 0),
        regular=_counts_of(group.get("regular")) if "regular" not in hides else None,
        is_kept=_is_kept(group),
    )


def _standing_out(kept: Plain) -> StandingOut | None:
    """None for evaluations from before evidence was taken, and where it was taken of nobody."""
    if not isinstance(kept, dict) or not _whole(kept["judged"]):
        return None
    return StandingOut(
        _whole(kept["judged"]), _whole(kept["flagged"]), _shared(kept["signals"]), _shared(kept.get("kinds"))
    )


def _pair(kept: Plain) -> tuple[float, float] | None:
    """None for evaluations from before it was kept."""
    values = [float(str(each)) for each in _rows(kept)]
    return (values[0], values[1]) if values else None


def _counts_of(kept: Plain) -> tuple[int, int]:
    """So many of so many; nothing for evaluations from before they were counted."""
    counts = [_whole(each) for each in _rows(kept)]
    return (counts[0], counts[1]) if counts else (0, 0)


def _counts(kept: Plain) -> dict[str, int]:
    known = kept if isinstance(kept, dict) else {}
    return {str(name): _whole(count) for name, count in known.items()}


def _shared(counts: Plain) -> dict[str, int]:
    """What at least two people share; of one alone it would tell."""
    known = counts if isinstance(counts, dict) else {}
    return {name: _whole(count) for name, count in known.items() if _whole(count) >= LEAST_SHARING}


def _show_week(kept: _Kept, monday: date, withheld: Withheld | None) -> Week:
    people, active, present = kept.weeks.get(monday, (0, 0, 0))
    if withheld is not None:
        return Week(monday, people, why=withheld.reason)
    return Week(monday, people, active, present) if people else Week(monday, 0, why=NOBODY_THERE)


def _rows(kept: Plain) -> list[Plain]:
    return kept if isinstance(kept, list) else []


def _whole(kept: Plain) -> int:
    return int(str(kept))


def _whole_or_none(kept: Plain) -> int | None:
    return None if kept is None else _whole(kept)
