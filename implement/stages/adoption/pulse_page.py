"""The pulse survey in a sentence, a picture and rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from flask import url_for

from implement.engine.checklist.pulse import PulseItem
from implement.engine.pulse import Tally, find_weakest, share_agreeing, split_counts
from implement.stages.adoption.pulse_groups import Sums
from implement.stages.adoption.service.figures import Figures
from implement.stages.adoption.service.pulse import RoundSums
from implement.stages.adoption.team_page import say_wait
from implement.web.charts import Chart, Fate, diverging_bars, heatmap
from implement.web.texts import _, language, lazy, number, share

SIDES = (("bad", lazy("disagree")), ("neutral", lazy("neither")), ("good", lazy("agree")))


@dataclass(frozen=True)
class TeamCells:
    """One team as a row: what it answered beside its use."""

    name: str
    url: str
    usage: str
    answered: str
    agreeing: str
    weakest: str


def say_answer(items: Sequence[PulseItem], sums: Sums | None) -> str:
    """How many answered and what is missed most, in one sentence."""
    if sums is None:
        return _("Fewer than five people answered; nothing is shown.")
    weakest = find_weakest(order_counts(items, sums.tally))
    if weakest is None:
        return _("Nobody has answered yet.")
    _disagree, _neither, agree = split_counts(sums.tally.of(weakest))
    said = {"ballots": number(sums.tally.ballots), "people": number(sums.people), "agree": number(agree)}
    name = next(item.name.in_language(language()) for item in items if item.id == weakest)
    return _("%(ballots)s of %(people)s answered; missed most: %(name)s, %(agree)s agree.", name=name, **said)


def name_group(sums: Sums) -> str:
    """A group's name."""
    if sums.name:
        return sums.name
    if sums.parent is None:
        return _("Everybody")
    return _("without a team") if sums.is_team else _("without a wave")


def draw_sums(items: Sequence[PulseItem], sums: Sums) -> Chart:
    """Each statement of a group: who disagrees to the left, who agrees to the right."""
    sides = tuple(Fate(str(label), tone) for tone, label in SIDES)
    return diverging_bars(
        _("What people say: %(group)s", group=name_group(sums)),
        _("From 1 and 2 (disagree) on the left to 4 and 5 (agree) on the right; at the end the share that agrees."),
        heading=_("Statement"),
        labels=[item.name.in_language(language()) for item in items],
        sides=(sides[0], sides[1], sides[2]),
        counts=[split_counts(sums.tally.of(item.id)) for item in items],
    )


def draw_rounds(items: Sequence[PulseItem], rounds: Sequence[RoundSums], key: str) -> Chart | None:
    """The share that agrees, by statement and round; None with fewer than two rounds to compare."""
    groups = [(one.number, one.find(key)) for one in reversed(rounds)]
    shown = [(number_, group) for number_, group in groups if group is not None]
    if len(shown) < 2:
        return None
    return heatmap(
        _("Agreeing, round by round"),
        _("The share of answers 4 and 5 to each statement."),
        row_heading=_("Statement"),
        row_labels=[item.name.in_language(language()) for item in items],
        column_labels=[_("Round %(number)s", number=number_) for number_, _group in shown],
        values=[[share_agreeing(group.tally.of(item.id)) for _number, group in shown] for item in items],
        kind="share",
    )


def list_teams(
    rollout_id: int, items: Sequence[PulseItem], found: RoundSums, figures: Figures | None
) -> list[TeamCells]:
    """Every team that may be shown: its use of the CRM, how many answered, how many agree, what it misses most."""
    teams = figures.teams if figures else ()
    usage = {team.key: say_wait(figures, team) or share(team.recent_share) for team in teams if figures}
    return [_make_cells(rollout_id, items, found.number, team, usage) for team in found.teams]


def order_counts(items: Sequence[PulseItem], tally: Tally) -> Tally:
    """The same sums in the order of the statements."""
    return Tally(tally.ballots, {item.id: tally.of(item.id) for item in items if sum(tally.of(item.id))})


def _make_cells(
    rollout_id: int, items: Sequence[PulseItem], number_: int, team: Sums, usage: Mapping[str, str]
) -> TeamCells:
    weakest = find_weakest(order_counts(items, team.tally))
    names = {item.id: item.name.in_language(language()) for item in items}
    agreeing = [part for part in (share_agreeing(team.tally.of(item.id)) for item in items) if part is not None]
    return TeamCells(
        name=name_group(team),
        url=url_for("adoption.show_pulse", rollout_id=rollout_id, round=number_, group=team.key),
        usage=usage.get(team.key, "–"),
        answered=_("%(n)s of %(of)s", n=number(team.tally.ballots), of=number(team.people)),
        agreeing=share(fmean(agreeing)) if agreeing else "–",
        weakest=names[weakest] if weakest else "–",
    )
