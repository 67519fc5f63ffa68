"""The team view in a sentence, a picture and rows."""

from dataclasses import dataclass

from flask import url_for

from implement.engine.suppression import LEAST_PEOPLE
from implement.stages.adoption.service.figures import Figures
from implement.stages.adoption.service.people import BAND_LABELS
from implement.stages.adoption.shown_groups import NOBODY_THERE, Group
from implement.stages.adoption.words import REASON_LABELS
from implement.web.charts import Chart, Line, heatmap, lines
from implement.web.texts import _, _n, day, lazy, number, share

MOST_NAMED, MOST_ROWS = 3, 40
WHY_LABELS = {
    NOBODY_THERE: lazy("nobody was there"),
    "too_few": lazy("withheld: fewer than five people"),
    "protects": lazy("withheld: it would give a small team away"),
    "changed": lazy("withheld: somebody joined or left meanwhile; shown from next week on"),
    "open": lazy("this week is not over yet"),
}
PEOPLE_LEFT_OUT = ("left", "by_hand", "unknown_user")
"""Reasons behind which people may stand; behind the others are machines and accounts for tests."""


@dataclass(frozen=True)
class Cells:
    """One group as a row of the table: words where something is withheld."""

    group: Group
    name: str
    url: str
    level: str
    waits: str
    usage: str
    spread: str
    bands: tuple[str, ...]
    likely: str
    why: str


def say_answer(figures: Figures) -> str:
    """Who uses the CRM and who does not, in one sentence; only from what the page shows."""
    failing = [team for team in figures.teams if team.does_not_use]
    using = [wave for wave in figures.waves if wave.uses and wave.name]
    recent = figures.whole.recent_share
    if recent is None and any(week.why == "open" for week in figures.whole.weeks):
        return _("The first week is not over yet; figures of teams come with its end.")
    if recent is None:
        return _("Too few people to show figures of teams.")
    if not failing:
        return _say_apart(figures, recent)
    others = _n("team %(names)s does not", "teams %(names)s do not", len(failing), names=name_some(failing))
    if not using:
        said = _("People worked in the CRM on %(share)s of their days", share=share(recent))
        others = _n(
            "team %(names)s hardly uses it", "teams %(names)s hardly use it", len(failing), names=name_some(failing)
        )
        return f"{said}; {others}."
    some = _n("%(names)s uses the CRM", "%(names)s use the CRM", len(using), names=name_some(using))
    return f"{some}; {others}."


def _say_apart(figures: Figures, recent: float) -> str:
    """How much they use it; a good average must not hide those who clearly do not, nor the team most of them are in."""
    apart = figures.whole.sides.get("works_not", 0)
    if not apart:
        return _("People worked in the CRM on %(share)s of their days.", share=share(recent))
    said = {"share": share(recent), "people": number(sum(figures.whole.sides.values()))}
    worst = max(figures.teams, key=lambda team: team.sides.get("works_not", 0), default=None)
    if worst is not None and worst.sides.get("works_not", 0) * 2 > apart > 1:
        return _n(
            "People worked in the CRM on %(share)s of their days; one of %(people)s clearly does not work with it, in "
            "team %(team)s.",
            "People worked in the CRM on %(share)s of their days; %(num)d of %(people)s clearly do not work with it, "
            "most of them in team %(team)s.",
            apart, team=name_group(worst), **said,
        )  # fmt: skip
    return _n(
        "People worked in the CRM on %(share)s of their days; one of %(people)s clearly does not work with it.",
        "People worked in the CRM on %(share)s of their days; %(num)d of %(people)s clearly do not work with it.",
        apart, **said,
    )  # fmt: skip


def say_left_out_counts(counts: dict[str, tuple[int, int]]) -> list[str]:
    """How many user ids are left out, by reason, with their events; of few people the events are not told."""
    found: dict[str, list[int]] = {}
    of_people = {str(REASON_LABELS[code]) for code in PEOPLE_LEFT_OUT}
    for code, (users, events) in counts.items():
        sums = found.setdefault(str(REASON_LABELS.get(code, code)), [0, 0])
        sums[0] += users
        sums[1] += events
    return [
        _say_few(reason) if reason in of_people and users < LEAST_PEOPLE else _say_reason(reason, users, events)
        for reason, (users, events) in found.items()
    ]


def _say_few(reason: str) -> str:
    return _("fewer than five user ids: %(reason)s", reason=reason)


def _say_reason(reason: str, users: int, events: int) -> str:
    said = {"users": number(users), "events": number(events), "reason": reason}
    return _n(
        "one user id, %(events)s events: %(reason)s", "%(users)s user ids, %(events)s events: %(reason)s", users, **said
    )


def name_some(groups: list[Group]) -> str:
    """The names of the first three, and how many more there are."""
    names = [name_group(group) for group in groups]
    rest = len(names) - MOST_NAMED
    more = [_("%(count)s more", count=number(rest))] if rest > 0 else []
    return ", ".join([*names[:MOST_NAMED], *more])


def name_group(group: Group) -> str:
    """A group's name; those without are the whole, and people without team or wave."""
    if group.name:
        return group.name
    if group.parent is None:
        return _("Everybody")
    return _("without a team") if group.is_team else _("without a wave")


def address(rollout_id: int, group: Group) -> str:
    """Where a group's own page is."""
    if group.parent is None:
        return url_for("adoption.show_teams", rollout_id=rollout_id)
    if group.is_team:
        return url_for("adoption.show_team", rollout_id=rollout_id, team_id=group.id or 0)
    return url_for("adoption.show_wave", rollout_id=rollout_id, wave_id=group.id or 0)


def order_groups(figures: Figures) -> list[Group]:
    """The whole, then each wave with its teams, those who use the CRM least first."""
    rows = [figures.whole]
    for wave in figures.waves:
        rows += [wave, *figures.teams_of(wave)]
    return rows


def list_rows(rollout_id: int, figures: Figures) -> list[Cells]:
    """Every group as a row of the table."""
    return [make_cells(rollout_id, figures, group) for group in order_groups(figures)]


def make_cells(rollout_id: int, figures: Figures, group: Group) -> Cells:
    """One group as a row of the table."""
    quarters = group.usage
    level = "whole" if group.parent is None else "team" if group.is_team else "wave"
    usage = number(quarters[1], 0) if quarters else ""
    likely = f"{number(group.likely[0], 0)}–{number(group.likely[1], 0)}" if group.likely and quarters else ""
    spread = f"{number(quarters[0], 0)}–{number(quarters[2], 0)}" if quarters else ""
    bands = tuple(number(group.bands.get(band, 0)) for band in BAND_LABELS) if group.bands else ()
    why = say_why(group.withheld.reason) if group.withheld else ""
    name, url, waits = name_group(group), address(rollout_id, group), say_wait(figures, group)
    return Cells(group, name, url, level, waits, usage, spread, bands, likely, why)


def say_wait(figures: Figures, group: Group) -> str:
    """When a group starts that has not begun; empty for all others."""
    if not figures.waits(group):
        return ""
    return _("starts on %(day)s", day=day(group.go_live)) if group.go_live else _("has no first day yet")


def list_waits(figures: Figures | None) -> dict[str, str]:
    """By name of a team that has not begun when it starts."""
    teams = figures.teams if figures else ()
    return {team.name: wait for team in teams if figures and (wait := say_wait(figures, team))}


def say_waiting(figures: Figures) -> str:
    """Which waves have not begun, and when they do; they stand in no total."""
    return " ".join(say_start(wave) for wave in figures.waves if figures.waits(wave))


def say_start(group: Group) -> str:
    """When a group starts, as a sentence."""
    if group.go_live is None:
        return _("%(name)s has no first day yet.", name=name_group(group))
    return _("%(name)s starts on %(day)s.", name=name_group(group), day=day(group.go_live))


def say_kept(figures: Figures) -> str:
    """That some figures are those shown first, and why; empty where none are."""
    if not any(group.is_kept for group in (figures.whole, *figures.waves, *figures.teams)):
        return ""
    return _("Somebody joined, left or counts otherwise since these figures were first shown; groups change with the "
             "next week, so that the difference tells of nobody.")  # fmt: skip


def draw_heat(rollout_id: int, figures: Figures) -> Chart:
    """Groups by weeks: active among present days; each cell leads to the group's own page."""
    groups = [group for group in order_groups(figures) if group.has_begun][:MOST_ROWS]
    cells = {
        (row, column): week for row, group in enumerate(groups) for column, week in enumerate(group.weeks, start=1)
    }
    title = _("Days worked in the CRM, by week")
    description = _("Active days as a share of the working days on which people were there; days away do not count.")
    return heatmap(
        title,
        description,
        row_heading=_("Team"),
        row_labels=[name_group(group) if group.is_team else name_group(group).upper() for group in groups],
        column_labels=[week.monday for week in figures.whole.weeks],
        values=[[week.share for week in group.weeks] for group in groups],
        kind="share",
        notes={place: say_why(week.why) for place, week in cells.items() if week.why},
        links={place: address(rollout_id, groups[place[0]]) for place, week in cells.items() if not week.why},
    )


def draw_weeks(group: Group, last: int | None = None) -> Chart:
    """One group's weeks as a line; withheld weeks are gaps."""
    weeks = group.weeks[-last:] if last else group.weeks
    title = _("Days worked in the CRM: %(name)s", name=name_group(group))
    description = _("Active days as a share of the working days on which people were there; days away do not count.")
    line = Line(name_group(group), tuple(week.share for week in weeks))
    return lines(title, description, heading=_("Week of"), days=[w.monday for w in weeks], series=[line], kind="share")


def say_why(reason: str) -> str:
    """Why a figure is not shown."""
    return str(WHY_LABELS.get(reason, WHY_LABELS["too_few"]))
