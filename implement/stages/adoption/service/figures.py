"""Figures of teams, waves and the whole rollout from the latest evaluation, small groups withheld (R11)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from statistics import median

from sqlalchemy import func, select

from implement.db import db
from implement.engine.suppression import Withheld
from implement.jobs import Plain
from implement.rollout.service.errors import NotFound
from implement.stages.adoption.groups import WHOLE, GroupSize, withhold_groups
from implement.stages.adoption.tables import Evaluation, LeftOut
from implement.web.texts import lazy

RECENT_WEEKS = 4
USES, USES_NOT = 0.6, 0.4
NOBODY_THERE = "nobody"


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
    """A team, a wave or the whole, as far as it may be shown. `usage` are quarter, median, quarter of the scores."""

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
class Figures:
    """The latest evaluation as teams see it."""

    evaluation_id: int
    as_of: date
    first_day: date
    at: datetime
    people: int
    whole: Group
    waves: tuple[Group, ...]
    teams: tuple[Group, ...]
    later_events: int = 0

    def group(self, key: str) -> Group:
        """A group by its key; raises `NotFound`."""
        found = next((one for one in (self.whole, *self.waves, *self.teams) if one.key == key), None)
        if found is None:
            raise NotFound(lazy("There are no figures of such a group."))
        return found

    def teams_of(self, wave: Group) -> list[Group]:
        """The teams of a wave, those that use the CRM least first; withheld ones last."""
        mine = [team for team in self.teams if team.parent == wave.key]
        return sorted(mine, key=lambda team: (team.recent_share is None, team.recent_share or 0.0, team.name))


def read_figures(rollout_id: int) -> Figures | None:
    """The figures of the latest evaluation, in one query; None before the first."""
    row = db.session.execute(_latest(rollout_id, Evaluation)).scalar_one_or_none()
    if row is None:
        return None
    kept = [group for group in row.groups if isinstance(group, dict)]
    groups = {group.key: group for group in show_groups(kept)}
    return Figures(
        row.id, row.as_of, row.first_day, row.at, row.people_count, groups[WHOLE],
        tuple(group for key, group in groups.items() if key.startswith("wave:")),
        tuple(group for group in groups.values() if group.is_team),
        _later_events(row.notes),
    )  # fmt: skip


def show_groups(kept: list[dict[str, Plain]]) -> list[Group]:
    """What may be shown of each group: every kind of figure is withheld by the number of people it rests on."""
    by_usage = _withhold(kept, {str(one["key"]): _whole(one["scored"]) for one in kept})
    by_band = _withhold(kept, {str(one["key"]): sum(_bands(one).values()) for one in kept})
    mondays = sorted({str(week[0]) for one in kept for week in _rows(one["weeks"]) if isinstance(week, list)})
    by_week = {monday: _withhold(kept, {str(one["key"]): _people(one, monday) for one in kept}) for monday in mondays}
    return [_show(one, mondays, by_week, by_usage, by_band) for one in kept]


def count_left_out(evaluation_id: int) -> dict[str, tuple[int, int]]:
    """Per reason how many user ids are left out, and how many events went with them."""
    asked = select(LeftOut.code, func.count(), func.sum(LeftOut.event_count)).group_by(LeftOut.code)
    rows = db.session.execute(asked.where(LeftOut.evaluation_id == evaluation_id).order_by(LeftOut.code))
    return {code: (users, int(events or 0)) for code, users, events in rows}


def find_latest(rollout_id: int) -> tuple[int, date] | None:
    """The latest evaluation and its day."""
    row = db.session.execute(_latest(rollout_id, Evaluation.id, Evaluation.as_of)).one_or_none()
    return None if row is None else (row[0], row[1])


def read_regular_use(rollout_id: int, wave_id: int | None) -> tuple[Fraction, int, date, date] | None:
    """Users active on at least three of their last five present days as a share of all, how many they are, and the
    days the evaluation covers; of a wave or of all. None before the first evaluation or with nobody to judge.
    """
    asked = _latest(rollout_id, Evaluation.regular, Evaluation.first_day, Evaluation.as_of)
    row = db.session.execute(asked).one_or_none()
    if row is None:
        return None
    counts = [pair for key, pair in row[0].items() if wave_id is None or key == str(wave_id)]
    regular, users = (sum(int(str(pair[place])) for pair in counts if isinstance(pair, list)) for place in (0, 1))
    return None if not users else (Fraction(regular, users), users, row[1], row[2])


def list_withheld(figures: Figures) -> list[Group]:
    """Groups that have begun and are withheld, teams only."""
    return [team for team in figures.teams if team.withheld is not None and team.has_begun]


def _latest(rollout_id: int, *columns):  # type: ignore[no-untyped-def]
    """The newest evaluation: of the newest edition of its basis, the last one made."""
    asked = select(*columns).where(Evaluation.rollout_id == rollout_id)
    return asked.order_by(Evaluation.edition.desc(), Evaluation.id.desc()).limit(1)


def _withhold(kept: list[dict[str, Plain]], people: Mapping[str, int]) -> dict[str, Withheld]:
    parents = {str(one["key"]): None if one["parent"] is None else str(one["parent"]) for one in kept}
    return withhold_groups([GroupSize(key, people[key], parent) for key, parent in parents.items()])


def _show(
    one: dict[str, Plain],
    mondays: list[str],
    by_week: Mapping[str, Mapping[str, Withheld]],
    by_usage: Mapping[str, Withheld],
    by_band: Mapping[str, Withheld],
) -> Group:
    key = str(one["key"])
    usage = [float(str(each)) for each in _rows(one["usage"])] if key not in by_usage else []
    head, go_live = one.get("head_id"), one["go_live"]
    return Group(
        key=key,
        id=None if one["id"] is None else _whole(one["id"]),
        name=str(one["name"]),
        parent=None if one["parent"] is None else str(one["parent"]),
        head_id=None if head is None else _whole(head),
        go_live=None if go_live is None else date.fromisoformat(str(go_live)),
        people=_whole(one["people"]),
        weeks=tuple(_show_week(one, monday, by_week[monday].get(key)) for monday in mondays),
        usage=(usage[0], usage[1], usage[2]) if usage else None,
        bands=_bands(one) if key not in by_band else {},
        withheld=by_band.get(key),
    )


def _show_week(one: dict[str, Plain], monday: str, withheld: Withheld | None) -> Week:
    row = _row_of(one, monday)
    day, people = date.fromisoformat(monday), _whole(row[1])
    if withheld is not None:
        return Week(day, people, why=withheld.reason)
    if not people:
        return Week(day, 0, why=NOBODY_THERE)
    return Week(day, people, _whole(row[2]), _whole(row[3]))


def _later_events(notes: list[Plain]) -> int:
    return sum(_whole(note[1]) for note in notes if isinstance(note, list) and note[0] == "after_as_of")


def _people(one: Mapping[str, Plain], monday: str) -> int:
    return _whole(_row_of(one, monday)[1])


def _row_of(one: Mapping[str, Plain], monday: str) -> list[Plain]:
    """A week as it was kept: Monday, people there, active days, present days, records."""
    weeks = (week for week in _rows(one["weeks"]) if isinstance(week, list))
    return next((week for week in weeks if week[0] == monday), [monday, 0, 0, 0, 0])


def _bands(one: Mapping[str, Plain]) -> dict[str, int]:
    bands = one["bands"]
    return {band: _whole(count) for band, count in bands.items()} if isinstance(bands, dict) else {}


def _rows(kept: Plain) -> list[Plain]:
    return kept if isinstance(kept, list) else []


def _whole(kept: Plain) -> int:
    return int(str(kept))
