"""Figures of all rooms side by side, per team and week, and what they say of each team (M128)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from implement.engine.side_by_side import Cell, Verdict, judge_team, withhold_small_cells
from implement.rollout.service.staff import list_teams
from implement.rollout.side_rows import SideCell, SideRow
from implement.web.access import Standing

WEEK = timedelta(days=7)
SHOWN_WEEKS = 8
NOTHING = SideCell(None)


@dataclass(frozen=True)
class TeamSides:
    """One team: its cells by row, the oldest week first, and the verdict on them."""

    team_id: int
    team: str
    people: int
    cells: Mapping[str, tuple[SideCell, ...]]
    verdict: Verdict

    def newest(self, row: str) -> SideCell:
        """The cell of the newest week."""
        return self.cells[row][-1]


@dataclass(frozen=True)
class SideBySide:
    """The weeks by their Mondays, the oldest first; the rows; every team."""

    mondays: tuple[date, ...]
    rows: tuple[SideRow, ...]
    teams: tuple[TeamSides, ...]


def list_mondays(today: date, count: int = SHOWN_WEEKS) -> tuple[date, ...]:
    """The Mondays of the last full weeks, the oldest first."""
    newest = today - timedelta(days=today.weekday()) - WEEK
    return tuple(newest - WEEK * back for back in reversed(range(count)))


def read_sides(standing: Standing, rows: Sequence[SideRow], today: date) -> SideBySide:
    """Ask every room for its row; what is small is withheld over all teams and weeks before anything is judged."""
    mondays, ordered = list_mondays(today), tuple(sorted(rows, key=lambda row: row.position))
    teams = [(team_id, name, people) for team_id, name, _head, _wave, people in list_teams(standing.rollout_id)]
    found = {row.key: _read_row(standing, row, [team_id for team_id, *_rest in teams], mondays) for row in ordered}
    return SideBySide(mondays, ordered, tuple(_put_together(team, found) for team in teams))


def _read_row(
    standing: Standing, row: SideRow, team_ids: Sequence[int], mondays: Sequence[date]
) -> dict[int, tuple[SideCell, ...]]:
    """One row's cells by team, small ones withheld; links only for who may follow them."""
    found = row.read(standing.rollout_id, mondays)
    cells = {team_id: [found.get((team_id, monday), NOTHING) for monday in mondays] for team_id in team_ids}
    hidden = withhold_small_cells({str(team_id): [cell.people for cell in cells[team_id]] for team_id in team_ids})
    may_follow = standing.may(row.permission)
    return {
        team_id: tuple(
            _show(cell, is_hidden=hidden[str(team_id)][week], may_follow=may_follow)
            for week, cell in enumerate(cells[team_id])
        )
        for team_id in team_ids
    }


def _show(cell: SideCell, *, is_hidden: bool, may_follow: bool) -> SideCell:
    shown = SideCell(None, url=cell.url, is_withheld=True) if is_hidden or cell.is_withheld else cell
    return shown if may_follow else replace(shown, url="")


def _put_together(team: tuple[int, str, int], found: Mapping[str, Mapping[int, tuple[SideCell, ...]]]) -> TeamSides:
    team_id, name, people = team
    cells = {key: rows[team_id] for key, rows in found.items()}
    asked = {key: [Cell(cell.value, cell.of) for cell in row] for key, row in cells.items()}
    return TeamSides(team_id, name, people, cells, judge_team(asked))
