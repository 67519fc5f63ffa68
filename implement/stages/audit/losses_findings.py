"""A finding made of what the loss map shows: problem, evidence, money a year as a product of figures (M9)."""

from collections.abc import Callable
from fractions import Fraction

from implement.engine.calculation import NamedFigure
from implement.engine.checklist import RuleKind, Severity
from implement.engine.funnel import DEFAULT_FUNNEL, Group, LossMap
from implement.engine.value_at_risk.sums import Sums
from implement.rollout.service.errors import NotFound
from implement.stages.audit.list_words import GAP_LABELS, GROUP_LABELS, say_worth, worth_of, worth_of_group
from implement.stages.audit.service.findings import FindingText
from implement.web.texts import _, day, lazy, number, share

WINNABLE = Fraction(1, 10)
"""Nobody knows which part of what was lost could be won: a tenth is a beginning, to be agreed with the firm."""


def write_finding(found: LossMap, topic: str, currency: str, source: str) -> FindingText:
    """The finding of a topic; raises `NotFound` where the map shows no such thing."""
    name, _dash, rest = topic.partition("-")
    write = WRITERS.get(name)
    text = write(found, rest, currency) if write else None
    if text is None:
        raise NotFound(lazy("There is nothing of that kind in this list."))
    evidence = f"{text.evidence} {_say_source(found, source)}".strip()
    return FindingText(
        text.kind, text.severity, text.problem[:200], text.cause, text.recommendation, evidence[:600], text.figures
    )


def _write_lost(found: LossMap, _rest: str, currency: str) -> FindingText | None:
    lost, ended = found.totals.lost, found.totals.lost.deals + found.totals.won.deals
    if not lost.deals:
        return None
    return _finding(
        _("%(share)s of all ended deals are lost: %(lost)s of %(ended)s.", share=share(Fraction(lost.deals, ended)),
          lost=number(lost.deals), ended=number(ended)),
        say_worth(found, lost, currency),
        _("Name the reason and the stage of every loss, and look at both once a month."),
        _yearly(found, lost, _("lost deals a year")),
    )  # fmt: skip


def _write_stage(found: LossMap, rest: str, currency: str) -> FindingText | None:
    stage = next((one for one in found.stages if str(one.place) == rest), None)
    if stage is None or not stage.over_norm.deals or stage.norm_days is None:
        return None
    lost, won = found.totals.lost.deals, found.totals.won.deals
    average = found.average_won()
    figures: tuple[NamedFigure, ...] = ()
    if average is not None and lost + won:
        figures = (
            NamedFigure(_("deals standing longer than the norm"), Fraction(stage.over_norm.deals)),
            NamedFigure(_("average won deal"), _rounded(Fraction(average))),
            NamedFigure(_("share of ended deals that is lost"), _rounded(Fraction(lost, lost + won)), is_share=True),
        )
    return _finding(
        _("%(n)s of %(of)s open deals stand in “%(stage)s” for longer than %(days)s days.", stage=stage.name,
          n=number(stage.over_norm.deals), of=number(stage.here.deals), days=number(stage.norm_days, 0)),
        say_worth(found, stage.over_norm, currency),
        _("Set a norm for the stage, remind of every deal that passes it, and close what is dead."),
        figures,
    )  # fmt: skip


def _write_gap(found: LossMap, rest: str, currency: str) -> FindingText | None:
    gap = next((one for one in found.gaps if one.field == rest and one.count), None)
    if gap is None:
        return None
    by_stage = ", ".join(f"{stage} {number(count)}" for stage, count in gap.by_stage)
    return _finding(
        _("%(what)s: %(n)s of %(of)s.", what=str(GAP_LABELS[gap.field]), n=number(gap.count), of=number(gap.of)),
        _("By stage: %(stages)s.", stages=by_stage),
        _("Demand the field at the stage from which on it is known, and fill in what is open now."),
        (),
    )


def _write_repeat(found: LossMap, _rest: str, currency: str) -> FindingText | None:
    repeats = found.repeats
    if repeats is None or not repeats.refused.deals:
        return None
    reasons = ", ".join(f"{reason} {number(sums.deals)}" for reason, sums in repeats.reasons[:3] if reason)
    said = _("Reasons: %(reasons)s.", reasons=reasons) if reasons else _("The list names no reasons.")
    return _finding(
        _("Clients who had bought before refused %(n)s further offers.", n=number(repeats.refused.deals)),
        f"{said} {say_worth(found, repeats.refused, currency)}",
        _("Ask each of these clients why, and answer for the relation by name."),
        _yearly(found, repeats.refused, _("refused offers to old clients a year")),
    )


def _write_deadlines(found: LossMap, _rest: str, currency: str) -> FindingText | None:
    deadlines = found.deadlines
    if deadlines is None or not deadlines.missed:
        return None
    return _finding(
        _("%(missed)s of %(due)s deals missed their day.", missed=number(deadlines.missed), due=number(deadlines.due)),
        _("Half of them by %(days)s days or more; %(open)s are still open.",
          days=number(deadlines.days_late.middle, 0), open=number(deadlines.still_open)),
        _("Remind before the day, tell the head on the day after, and agree on what a missed day means."),
        (),
    )  # fmt: skip


def _write_group(found: LossMap, rest: str, currency: str) -> FindingText | None:
    field, _dash, place = rest.partition("-")
    groups = found.group(field)
    group = groups[int(place)] if place.isdecimal() and len(place) < 6 and int(place) < len(groups) else None
    if group is None or not group.is_worse:
        return None
    whole = Fraction(found.totals.lost.deals, found.totals.lost.deals + found.totals.won.deals)
    ended = group.lost.deals + group.won.deals
    return _finding(
        _("%(field)s “%(value)s” loses %(share)s of its deals, all together lose %(all)s.", value=group.value,
          field=str(GROUP_LABELS[field]), share=share(Fraction(group.lost.deals, ended)), all=share(whole)),
        _("%(lost)s of %(ended)s ended deals, likely %(low)s to %(high)s.", lost=number(group.lost.deals),
          ended=number(ended), low=share(group.low), high=share(group.high)),
        _("Look at ten of these deals one by one: offer, price, speed, competitor."),
        _beyond_average(found, group, whole),
    )  # fmt: skip


def _finding(problem: str, evidence: str, recommendation: str, figures: tuple[NamedFigure, ...]) -> FindingText:
    severity = Severity.HIGH if figures else Severity.MEDIUM
    return FindingText(RuleKind.FINDING, severity, problem, "", recommendation, evidence, figures)


def _yearly(found: LossMap, sums: Sums, label: str) -> tuple[NamedFigure, ...]:
    """Deals a year × what one is worth × the part that could be won; nothing where the list tells no money or days."""
    a_year, worth = _times_a_year(found), worth_of(found, sums)
    if a_year is None or not worth:
        return ()
    return (
        NamedFigure(label, _rounded(sums.deals * a_year)),
        NamedFigure(_("average value of one"), _rounded(Fraction(worth) / sums.deals)),
        NamedFigure(_("share that could be won (assumed, to be agreed)"), WINNABLE, is_share=True),
    )


def _beyond_average(found: LossMap, group: Group, whole: Fraction) -> tuple[NamedFigure, ...]:
    """Only what the group loses beyond the average of all counts: that a like process does not lose."""
    a_year, worth = _times_a_year(found), worth_of_group(found, group)
    beyond = group.lost.deals - whole * (group.lost.deals + group.won.deals)
    if a_year is None or not worth or beyond <= 0:
        return ()
    return (
        NamedFigure(_("deals a year lost beyond the average"), _rounded(beyond * a_year)),
        NamedFigure(_("average value of one"), _rounded(Fraction(worth) / group.lost.deals)),
    )


def _times_a_year(found: LossMap) -> Fraction | None:
    days = found.period_days
    return Fraction(DEFAULT_FUNNEL.year_days, days) if days and days >= DEFAULT_FUNNEL.least_period_days else None


def _rounded(value: Fraction) -> Fraction:
    """A figure as it is shown, so that the product can be done again by hand."""
    return Fraction(round(value)) if value >= 10 else Fraction(round(value, 4))


def _say_source(found: LossMap, source: str) -> str:
    return _("Counted in %(source)s, as of %(day)s.", source=source, day=day(found.as_of))


WRITERS: dict[str, Callable[[LossMap, str, str], FindingText | None]] = {
    "lost": _write_lost,
    "stage": _write_stage,
    "gap": _write_gap,
    "repeat": _write_repeat,
    "deadlines": _write_deadlines,
    "group": _write_group,
}
