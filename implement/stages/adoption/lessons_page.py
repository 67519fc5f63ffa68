"""How the best-kept deals are run, in a sentence, a picture and rows; a comparison of deals, never of people."""

from collections.abc import Callable

from implement.engine.best_kept import DAYS, FILLED, HANDOVERS, NOTES, Beside, Level, Pattern
from implement.engine.deal_runs import DealRun
from implement.stages.adoption.service.examples import Lessons
from implement.web.charts import Chart, bars
from implement.web.texts import _, _n, lazy, number, share

LABELS = {
    FILLED: lazy("Fields filled"),
    NOTES: lazy("Notes a week"),
    HANDOVERS: lazy("Changes of hand"),
    DAYS: lazy("Days to the end"),
}
MOST_NAMED = 5


def say_answer(found: Lessons) -> str:
    """The way of the best-kept deals in a sentence."""
    if not found.runs:
        return _("Nothing is known yet of how deals are run.")
    if found.is_waiting:
        return _("Somebody withdrew; how the best-kept deals are run is shown again with the next week.")
    if found.pattern is None:
        return _("Too few deals or people to say how the best-kept deals are run.")
    steps = [(step.name, step.best_days.value) for step in found.pattern.steps if step.best_days is not None]
    way = ", ".join(
        _n("%(step)s after one day", "%(step)s after %(num)d days", round(days), step=name)
        for name, days in steps[:MOST_NAMED]
    )
    if not way:
        return _("The best-kept deals are no different in their stages.")
    return _("The best-kept deals from their first entry: %(way)s.", way=way)


def say_basis(pattern: Pattern) -> str:
    """Over how many deals and people."""
    best = _n("one deal", "%(num)d deals", pattern.deals)
    rest = _n("one other", "%(num)d others", pattern.rest_deals)
    said = {"best": best, "rest": rest, "people": number(pattern.people), "others": number(pattern.rest_people)}
    return _("%(best)s of %(people)s people, beside %(rest)s of %(others)s people that have ended too.", **said)


def draw_spacing(pattern: Pattern) -> Chart:
    """Each stage with the days since the first entry, of the best-kept deals and of the others."""
    steps = [(step.name, step.best_days, step.days) for step in pattern.steps if step.best_days is not None]
    labels = [label for name, *_rest in steps for label in (_("%(step)s: kept best", step=name), _("others"))]
    values = [
        None if level is None else round(level.value, 1)
        for _name, best, days in steps
        for level in (best, days.rest if days else None)
    ]
    return bars(
        _("Days from the first entry to each stage"),
        _("The middle person's middle deal: of the best-kept deals, and below it of the others."),
        headings=(_("Stage"), _("Days")),
        labels=labels,
        values=values,
        tones=["accent", "neutral"] * len(steps),
        notes={(place, 1): _("too few") for place, value in enumerate(values) if value is None},
    )


def list_rows(pattern: Pattern) -> list[tuple[str, str, str, str, str]]:
    """Every measure: the best-kept, the others, where the difference likely lies, whether it is more than chance."""
    rows = [_row(str(LABELS[one.name]), one, _write(one.name)) for one in pattern.measures]
    for step in pattern.steps:
        if step.share is not None:
            rows.append(_row(_("Deals that passed %(step)s", step=step.name), step.share, share))
        if step.days is not None:
            rows.append(_row(_("Days to %(step)s", step=step.name), step.days, _tenths))
    return rows


def say_steps(run: DealRun) -> list[str]:
    """The stages of one deal with their days."""
    return [
        _n("%(step)s after one day", "%(step)s after %(num)d days", round(days), step=name)
        for name, days in run.steps
    ]


def say_rest(run: DealRun) -> str:
    """The rest of one deal."""
    said = {"notes": _n("one note", "%(num)d notes", run.notes), "filled": share(run.filled)}
    hands = _n("one change of hand", "%(num)d changes of hand", run.handovers)
    if run.filled is None:
        return _("%(notes)s, %(hands)s", notes=said["notes"], hands=hands)
    return _("%(filled)s of its fields filled, %(notes)s, %(hands)s", hands=hands, **said)


def _row(label: str, one: Beside, write: Callable[[float], str]) -> tuple[str, str, str, str, str]:
    difference = f"{_signed(one.low, write)} … {_signed(one.high, write)}"
    verdict = _("no clear difference")
    if one.is_clear:
        verdict = _("clearly more") if one.low > 0 else _("clearly less")
    return label, _say_level(one.best, write), _say_level(one.rest, write), difference, verdict


def _say_level(level: Level, write: Callable[[float], str]) -> str:
    said = {"value": write(level.value), "low": write(level.low), "high": write(level.high)}
    return _("%(value)s, likely %(low)s–%(high)s (n = %(deals)s)", **said, deals=number(level.deals))


def _write(name: str) -> Callable[[float], str]:
    return share if name == FILLED else _tenths


def _tenths(value: float) -> str:
    return number(value, 1)


def _signed(value: float, write: Callable[[float], str]) -> str:
    return f"+{write(value)}" if value > 0 else write(value).replace("-", "−")
