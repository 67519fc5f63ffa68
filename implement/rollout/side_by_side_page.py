"""People, data, or both: the page in one sentence, a verdict per team, the figures side by side (M128)."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from implement.engine.side_by_side import (
    BOTH,
    DEFAULT_SIDES,
    LOST,
    NEITHER,
    PEOPLE,
    RECORDS,
    UNKNOWN,
    Because,
    Verdict,
    join_verdicts,
)
from implement.rollout.service.side_by_side import SideBySide, TeamSides
from implement.rollout.side_rows import SideCell, SideRow
from implement.web.charts import Chart, Multiple, multiples
from implement.web.texts import _, _n, day, lazy, number, share, shown

MOST_TEAMS, MOST_NAMED = 12, 3
WORDS = {
    PEOPLE: lazy("people"),
    RECORDS: lazy("data"),
    BOTH: lazy("people and data"),
    NEITHER: lazy("neither"),
    UNKNOWN: lazy("cannot be said"),
}
TONES = {PEOPLE: "watch", RECORDS: "bad", BOTH: "bad", NEITHER: "good", UNKNOWN: "neutral"}
ORDER = (BOTH, RECORDS, PEOPLE, UNKNOWN, NEITHER)
REASONS = {
    "usage": lazy("in the CRM on %(value)s of their days (less than %(limit)s)"),
    "plan": lazy("%(value)s of the plan done (less than %(limit)s)"),
    "meetings": lazy("%(value)s of the meetings held (less than %(limit)s)"),
}
LEVELS = {
    "usage": float(DEFAULT_SIDES.least_usage),
    "plan": float(DEFAULT_SIDES.least_plan),
    "meetings": float(DEFAULT_SIDES.least_meetings),
}


@dataclass(frozen=True)
class TeamLine:
    """A team as the page lists it: the verdict in a word and why, and its newest figures with their ways to rows."""

    team: str
    word: str
    tone: str
    why: str
    cells: tuple[tuple[str, str], ...]


def describe(sides: SideBySide) -> dict[str, object]:
    """Everything the page shows."""
    teams = order_teams(sides)
    return {
        "answer": say_answer(sides),
        "lead": say_lead(sides),
        "rows": sides.rows,
        "lines": [_line(sides, team) for team in teams],
        "picture": draw(sides, teams[:MOST_TEAMS]) if sides.rows and teams else None,
        "left_out": max(0, len(teams) - MOST_TEAMS),
        "newest": sides.mondays[-1],
    }


def say_answer(sides: SideBySide) -> str:
    """The one sentence: people, data, both, neither, or not to be said; with the teams it is about."""
    verdict = join_verdicts([team.verdict for team in sides.teams])
    losing = _name_some([team.team for team in sides.teams if team.verdict.side in (RECORDS, BOTH)])
    people = _name_some([team.team for team in sides.teams if team.verdict.side in (PEOPLE, BOTH)])
    if verdict == BOTH:
        said = {"data": losing, "people": people}
        return _("People and data: %(data)s lost records, and %(people)s hold back. Repair the data first.", **said)
    if verdict == RECORDS:
        return _(
            "It is the data: %(data)s lost records, and no team falls behind in most of what is known.", data=losing
        )
    if verdict == PEOPLE and not _knows(sides, LOST):
        return _("It is the people: %(people)s hold back. Whether records were lost is not known yet.", people=people)
    if verdict == PEOPLE:
        return _("It is the people: %(people)s hold back, and no team lost many records.", people=people)
    if verdict == NEITHER:
        return _("Neither people nor data: nothing that is known speaks against a team.")
    return _("It cannot be said yet: too few people, or nothing is known of any team.")


def say_lead(sides: SideBySide) -> str:
    """The weeks, and that nothing is summed."""
    said = {"first": day(sides.mondays[0]), "last": day(sides.mondays[-1])}
    return _("Weeks from %(first)s to %(last)s, judged by the last four. Nothing is summed into one figure.", **said)


def say_why(verdict: Verdict) -> str:
    """The figures that speak, each with its limit."""
    if verdict.side == UNKNOWN:
        return _("too few people, or nothing known")
    if not verdict.because:
        return _("nothing that is known speaks against it")
    return "; ".join(_say_because(one) for one in verdict.because)


def order_teams(sides: SideBySide) -> list[TeamSides]:
    """The teams that need the reader most stand first."""
    return sorted(sides.teams, key=lambda team: (ORDER.index(team.verdict.side), team.team))


def draw(sides: SideBySide, teams: list[TeamSides]) -> Chart:
    """Each team's weeks as small lines, one per row of the rooms, all over the same weeks."""
    weeks = len(sides.mondays)
    places = {
        (place * weeks + week, column + 2): team.cells[row.key][week]
        for place, team in enumerate(teams)
        for column, row in enumerate(sides.rows)
        for week in range(weeks)
    }
    return multiples(
        _("Week by week, side by side"),
        _("One line per team and figure over the same weeks; dashed is the limit; the number is the last full week."),
        heading=_("Team"),
        days=sides.mondays,
        names=[team.team for team in teams],
        columns=[Multiple(str(row.label), _kind(row), LEVELS.get(row.key)) for row in sides.rows],
        values=[[[cell.value for cell in team.cells[row.key]] for row in sides.rows] for team in teams],
        links={place: cell.url for place, cell in places.items() if cell.url and cell.value is not None},
        notes={place: _("withheld") for place, cell in places.items() if cell.is_withheld},
    )


def _line(sides: SideBySide, team: TeamSides) -> TeamLine:
    verdict = team.verdict
    cells = tuple((_say_cell(row, team.newest(row.key)), team.newest(row.key).url) for row in sides.rows)
    return TeamLine(team.team, str(WORDS[verdict.side]), TONES[verdict.side], say_why(verdict), cells)


def _say_cell(row: SideRow, cell: SideCell) -> str:
    if cell.is_withheld:
        return _("withheld")
    said = shown(cell.value, _kind(row))
    if row.kind == "count" and cell.of is not None and cell.value is not None:
        return _("%(done)s of %(all)s", done=said, all=number(cell.of))
    return said


def _say_because(one: Because) -> str:
    if one.row == LOST:
        of = _(" of %(all)s", all=number(one.of)) if one.of else ""
        count = int(one.value)
        return _n("one record%(of)s is missing", "%(num)d records%(of)s are missing", count, of=of)
    limits: Mapping[str, str] = {"value": share(Fraction(one.value)), "limit": share(one.limit)}
    return str(REASONS[one.row]) % limits


def _knows(sides: SideBySide, row: str) -> bool:
    return any(row in team.verdict.known for team in sides.teams)


def _name_some(teams: list[str]) -> str:
    named = ", ".join(teams[:MOST_NAMED])
    rest = len(teams) - MOST_NAMED
    return named if rest <= 0 else _n("%(named)s and one more", "%(named)s and %(num)d more", rest, named=named)


def _kind(row: SideRow) -> str:
    return "number" if row.kind == "count" else row.kind
