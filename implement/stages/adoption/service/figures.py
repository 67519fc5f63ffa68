"""Figures of teams, waves and the whole rollout from the latest evaluation, small groups withheld (R11)."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import func, select

from implement.db import db
from implement.jobs import Plain
from implement.rollout.service.errors import NotFound
from implement.rollout.service.unchanged import while_unchanged
from implement.stages.adoption.groups import HEADS, WHOLE
from implement.stages.adoption.shown_groups import Group, show_groups
from implement.stages.adoption.tables import Evaluation, LeftOut
from implement.web.texts import lazy


@dataclass(frozen=True)
class Figures:
    """The latest evaluation as teams see it; `people` and the whole leave out those whose wave has not begun."""

    evaluation_id: int
    as_of: date
    first_day: date
    at: datetime
    people: int
    whole: Group
    waves: tuple[Group, ...]
    teams: tuple[Group, ...]
    later_events: int = 0
    heads: Group | None = None
    waiting_people: int = 0

    def group(self, key: str) -> Group:
        """A group by its key; raises `NotFound`."""
        found = next((one for one in (self.whole, *self.waves, *self.teams) if one.key == key), None)
        if found is None:
            raise NotFound(lazy("There are no figures of such a group."))
        return found

    def waits(self, group: Group) -> bool:
        """True for a wave that has not begun, and its teams."""
        wave = next((one for one in self.waves if one.key in (group.key, group.parent)), None)
        return wave is not None and _has_not_begun(wave, self.as_of)

    def teams_of(self, wave: Group) -> list[Group]:
        """The teams of a wave, those that use the CRM least first; withheld ones last."""
        mine = [team for team in self.teams if team.parent == wave.key]
        return sorted(mine, key=lambda team: (team.recent_share is None, team.recent_share or 0.0, team.name))


def read_figures(rollout_id: int) -> Figures | None:
    """The figures of the latest evaluation, in one query, once while nothing is written; None before the first."""
    return while_unchanged(("figures", rollout_id), lambda: _read_figures(rollout_id))


def _read_figures(rollout_id: int) -> Figures | None:
    row = db.session.execute(_latest(rollout_id, Evaluation)).scalar_one_or_none()
    if row is None:
        return None
    kept = [group for group in row.groups if isinstance(group, dict)]
    groups = {group.key: group for group in show_groups(kept)}
    waves = tuple(group for key, group in groups.items() if key.startswith("wave:"))
    waiting = sum(wave.people for wave in waves if _has_not_begun(wave, row.as_of))
    whole = replace(groups[WHOLE], people=groups[WHOLE].people - waiting)
    return Figures(
        row.id, row.as_of, row.first_day, row.at, row.people_count - waiting, whole, waves,
        tuple(group for group in groups.values() if group.is_team), _later_events(row.notes), groups.get(HEADS),
        waiting,
    )  # fmt: skip


def _has_not_begun(wave: Group, as_of: date) -> bool:
    return not wave.has_begun and (wave.go_live is None or wave.go_live > as_of)


def count_left_out(evaluation_id: int) -> dict[str, tuple[int, int]]:
    """Per reason how many user ids are left out, and how many events went with them."""
    asked = select(LeftOut.code, func.count(), func.sum(LeftOut.event_count)).group_by(LeftOut.code)
    rows = db.session.execute(asked.where(LeftOut.evaluation_id == evaluation_id).order_by(LeftOut.code))
    return {code: (users, int(events or 0)) for code, users, events in rows}


def find_latest(rollout_id: int) -> tuple[int, date] | None:
    """The latest evaluation and its day."""
    row = db.session.execute(_latest(rollout_id, Evaluation.id, Evaluation.as_of)).one_or_none()
    return None if row is None else (row[0], row[1])


def find_figures(rollout_id: int, wave_id: int | None) -> tuple[Figures, Group] | None:
    """The latest figures and those of a wave, or of everybody; None before the first and for a wave without people."""
    figures, key = read_figures(rollout_id), WHOLE if wave_id is None else f"wave:{wave_id}"
    groups = (figures.whole, *figures.waves) if figures else ()
    return next(((figures, group) for group in groups if figures and group.key == key), None)


def read_unheard(rollout_id: int) -> list[str]:
    """The signals that the latest evaluation could not hear for want of input; none before the first."""
    notes = db.session.scalar(_latest(rollout_id, Evaluation.notes)) or []
    heard = [note[1:] for note in notes if isinstance(note, list) and note[0] == "withheld"]
    return [str(signal) for signals in heard for signal in signals]


def list_withheld(figures: Figures) -> list[Group]:
    """Groups that have begun and are withheld, teams only."""
    return [team for team in figures.teams if team.withheld is not None and team.has_begun]


def _latest(rollout_id: int, *columns):  # type: ignore[no-untyped-def]
    """The newest evaluation: of the newest edition of its basis, the last one made."""
    asked = select(*columns).where(Evaluation.rollout_id == rollout_id)
    return asked.order_by(Evaluation.edition.desc(), Evaluation.id.desc()).limit(1)


def _later_events(notes: list[Plain]) -> int:
    return sum(int(str(note[1])) for note in notes if isinstance(note, list) and note[0] == "after_as_of")
