"""Settle which figures of an evaluation's groups are shown, held against all that was shown of the same week (R11).

A week is shown once it is over, and of the people it was first shown of: whoever joins, leaves, moves or is left out
later changes its figures only together with at least four others; until then a group keeps the figure it showed last.
Bands, scores, regular use and evidence belong to the week of their day: changes of the staff count from the next on.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete, select

from implement.db import change_rows, db
from implement.engine.apart import Parts
from implement.jobs import Plain
from implement.stages.adoption.evaluating import Evaluated
from implement.stages.adoption.groups import HEADS, WHOLE, GroupSize, withhold_groups
from implement.stages.adoption.shown_groups import KEPT
from implement.stages.adoption.summing import PersonResult
from implement.stages.adoption.tables import ShownFigures

KEPT_WEEKS = 26
CHANGED, OPEN = "changed", "open"
Group = dict[str, Plain]
Counts = Callable[[PersonResult], bool]
OF_THE_DAY: Mapping[str, tuple[Counts, tuple[str, ...]]] = {
    "usage": (lambda one: one.score.usage is not None, ("scored", "usage", "likely", "sides")),
    "regular": (lambda one: one.regular is not None, ("regular",)),
    "bands": (lambda one: one.score.dormancy_band is not None, ("bands",)),
    "evidence": (lambda one: one.score.resistance.score is not None, ("standing_out", "steer")),
}
"""By kind who stands behind its figures, and which figures of a group these are."""


@dataclass(frozen=True)
class _Settling:
    """One kind of figure of one week."""

    rollout_id: int
    kind: str
    monday: date
    people: Mapping[str, frozenset[int]]
    parents: Mapping[str, str | None]

    def settle(self, figures: Mapping[str, Plain]) -> dict[str, tuple[str, Plain]]:
        """By group what is to be said of its figure (nothing, that it is kept, why it is not shown), and the figure."""
        row = self._row()
        parts = Parts([int(str(one)) for one in part] for part in row.parts if isinstance(part, list))
        hidden = withhold_groups([GroupSize(key, len(who), self.parents[key]) for key, who in self.people.items()])
        found: dict[str, tuple[str, Plain]] = {}
        groups = dict(row.groups)
        for key, who in self.people.items():
            if key in hidden or not who:
                found[key] = (hidden[key].reason if key in hidden else "", figures[key])
            elif self._shows(key, who, groups, parts):
                found[key] = "", figures[key]
                listed: list[Plain] = [*sorted(who)] if key == HEADS else []
                groups[key] = {"people": listed, "figure": figures[key]}
            else:
                found[key] = (KEPT, _figure(groups[key])) if key in groups else (CHANGED, figures[key])
        row.parts, row.groups = [[*sorted(part)] for part in parts.members], groups
        return found

    def _shows(self, key: str, who: frozenset[int], groups: Mapping[str, Plain], parts: Parts) -> bool:
        """Heads are people of many teams at once: they are held against themselves only."""
        if key != HEADS:
            return parts.show(who)
        return key not in groups or who == _people(groups[key]) or Parts([_people(groups[key])]).may_show(who)

    def _row(self) -> ShownFigures:
        here = {"rollout_id": self.rollout_id, "kind": self.kind, "monday": self.monday}
        row: ShownFigures | None = db.session.scalar(select(ShownFigures).filter_by(**here))
        if row is None:
            row = ShownFigures(**here, parts=[], groups={})
            db.session.add(row)
        return row


def settle_groups(rollout_id: int, found: Evaluated, today: date) -> list[Group]:
    """The groups of an evaluation as they are shown; `settled` says by kind and week what is to be said of it."""
    groups: list[Group] = [{**group, "settled": {}} for group in found.groups]
    members = _list_members(found.people, groups)
    for monday in sorted({use.week for one in found.people for use in one.weeks}):
        if today >= monday + timedelta(days=6):
            _settle_week(rollout_id, monday, groups, members)
        else:
            for group in groups:
                _say(group, monday.isoformat(), OPEN)
    monday = found.as_of - timedelta(days=found.as_of.weekday())
    for kind, (counts, names) in OF_THE_DAY.items():
        people = {key: frozenset(one.person_id for one in who if counts(one)) for key, who in members.items()}
        settled = _settle(rollout_id, kind, monday, groups, people, {str(g["key"]): _pick(g, names) for g in groups})
        for group in groups:
            why, figure = settled[str(group["key"])]
            group |= figure if isinstance(figure, dict) else {}
            _say(group, kind, why)
    old = found.as_of - timedelta(weeks=KEPT_WEEKS)
    change_rows(delete(ShownFigures).where(ShownFigures.rollout_id == rollout_id, ShownFigures.monday < old))
    db.session.flush()
    return groups


def _settle_week(
    rollout_id: int, monday: date, groups: Sequence[Group], members: Mapping[str, Sequence[PersonResult]]
) -> None:
    people = {
        key: frozenset(one.person_id for one in who for use in one.weeks if use.week == monday and use.people)
        for key, who in members.items()
    }
    rows = {str(group["key"]): _week_of(group, monday) for group in groups}
    settled = _settle(rollout_id, "week", monday, groups, people, rows)
    for group in groups:
        why, figure = settled[str(group["key"])]
        kept = group["weeks"] if isinstance(group["weeks"], list) else []
        others = [row for row in kept if isinstance(row, list) and row[0] != monday.isoformat()]
        group["weeks"] = sorted([*others, *([figure] if isinstance(figure, list) else [])], key=str)
        _say(group, monday.isoformat(), why)


def _settle(
    rollout_id: int, kind: str, monday: date, groups: Sequence[Group], people: Mapping[str, frozenset[int]],
    figures: Mapping[str, Plain],
) -> dict[str, tuple[str, Plain]]:  # fmt: skip
    parents = {str(g["key"]): None if g["parent"] is None else str(g["parent"]) for g in groups}
    settling = _Settling(rollout_id, kind, monday, {key: people[key] for key in _order(parents)}, parents)
    return settling.settle(figures)


def _order(parents: Mapping[str, str | None]) -> list[str]:
    """The whole, then waves, then teams: the larger a group, the more it is missed."""
    return sorted(parents, key=lambda key: (key != WHOLE, parents[key] is not None and parents[key] != WHOLE, key))


def _list_members(people: Sequence[PersonResult], groups: Sequence[Group]) -> dict[str, list[PersonResult]]:
    parents = {str(g["key"]): str(g["parent"]) for g in groups}
    found: dict[str, list[PersonResult]] = {key: [] for key in parents}
    heads = {g.get("head_id") for g in groups if g.get("head_id") is not None}
    for one in people:
        inside = (WHOLE, parents[one.team_key], one.team_key, *((HEADS,) if one.person_id in heads else ()))
        for key in inside:
            if key in found:
                found[key].append(one)
    return found


def _week_of(group: Group, monday: date) -> Plain:
    rows = group["weeks"] if isinstance(group["weeks"], list) else []
    return next((row for row in rows if isinstance(row, list) and row[0] == monday.isoformat()), None)


def _figure(kept: Plain) -> Plain:
    return kept["figure"] if isinstance(kept, dict) else None


def _people(kept: Plain) -> frozenset[int]:
    listed = kept["people"] if isinstance(kept, dict) else []
    return frozenset(int(str(one)) for one in listed) if isinstance(listed, list) else frozenset()


def _pick(group: Group, names: Sequence[str]) -> Plain:
    return {name: group[name] for name in names if name in group}


def _say(group: Group, what: str, why: str) -> None:
    said = group["settled"] if isinstance(group["settled"], dict) else {}
    group["settled"] = {**said, what: why}
