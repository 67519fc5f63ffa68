"""Effects of remedies in sentences and a picture: before and after, against those without, never a guess."""

from dataclasses import dataclass
from datetime import date, timedelta

from implement.engine.remedy_effect import DEFAULT_EFFECT, Effect
from implement.stages.adoption.service.remedy_effects import BEFORE, Experience, Judged
from implement.web.charts import Chart, Line, lines
from implement.web.texts import _, _n, day, lazy, number, share

FIGURE_LABELS = {
    "in_time": lazy("Records entered within four days"),
    "beyond_deals": lazy("Records other than deals"),
    "filled": lazy("Fields filled"),
    "tasks_done": lazy("Tasks done"),
    "before_month_end": lazy("Records before the last days of the month"),
}


@dataclass(frozen=True)
class EffectPart:
    """One figure that a remedy was to change, as the page shows it."""

    title: str
    text: str
    picture: Chart | None


def say_verdict(effect: Effect) -> str:
    """Whether it helped, in a word or two."""
    if effect.estimate is None or effect.low is None or effect.high is None:
        return _("Too few data to say whether it helped.")
    if effect.low > 0:
        return _("It has helped.")
    if effect.high < 0:
        return _("It went the other way.")
    return _("No clear effect.")


def say_effect(effect: Effect) -> str:
    """The figures behind the verdict, each with how many stand behind it."""
    if effect.estimate is None:
        return _say_lack(effect)
    said = {
        "before": share(effect.before), "after": share(effect.after), "others_before": share(effect.others_before),
        "others_after": share(effect.others_after), "people": _n("one person", "%(num)d people", effect.people),
        "others": _n("one person", "%(num)d people", effect.others), "estimate": _points(effect.estimate),
        "low": _points(effect.low or 0), "high": _points(effect.high or 0),
    }  # fmt: skip
    counted = _(
        "In the CRM on %(before)s of their days before and %(after)s after (%(people)s); without the remedy "
        "%(others_before)s and %(others_after)s (%(others)s).",
        **said,
    )
    against = _(
        "Beyond what the others' levels let expect: %(estimate)s points, likely %(low)s to %(high)s.", **said
    )
    return f"{counted} {against}"


def list_parts(judged: Judged, starts_on: date, judge_on: date) -> list[EffectPart]:
    """Days in the CRM, and the figure the remedy was meant to move."""
    days = _("Share of present days in the CRM")
    picture = _draw(judged.days, days, starts_on, judge_on)
    parts = [EffectPart(say_verdict(judged.days), say_effect(judged.days), picture)]
    if judged.quality is None:
        return parts
    label = str(FIGURE_LABELS[judged.figure])
    verdict = _("%(figure)s: %(verdict)s", figure=label, verdict=say_verdict(judged.quality))
    picture = _draw(judged.quality, label, starts_on, judge_on)
    return [*parts, EffectPart(verdict, _say_quality(judged.quality, label), picture)]


def _say_quality(effect: Effect, label: str) -> str:
    """The figure before and after, beside those without the remedy; never a guess."""
    if effect.estimate is None:
        return _say_lack(effect) if effect.lacks in ("withheld", "teams", "others") else _("Too few records to say.")
    said = {
        "before": share(effect.before), "after": share(effect.after), "others_before": share(effect.others_before),
        "others_after": share(effect.others_after), "estimate": _points(effect.estimate),
        "low": _points(effect.low or 0), "high": _points(effect.high or 0),
    }  # fmt: skip
    people = _n("one person", "%(num)d people", effect.people)
    others = _n("one person", "%(num)d people", effect.others)
    counted = _(
        "%(figure)s: %(before)s before and %(after)s after (%(people)s); without the remedy %(others_before)s and "
        "%(others_after)s (%(others)s).",
        figure=label, people=people, others=others, **said,
    )  # fmt: skip
    against = _("Beyond what the others' levels let expect: %(estimate)s points, likely %(low)s to %(high)s.", **said)
    return f"{counted} {against}"


def say_experience(found: Experience | None) -> str:
    """What a remedy did here so far; never a guess."""
    if found is None:
        return _("not tried here yet")
    times = _n("judged once here", "judged %(num)d times here", found.judged)
    if found.least is None or found.most is None:
        return _("%(times)s, on too few people to say what it does", times=times)
    said = {"times": times, "least": _points(found.least), "most": _points(found.most)}
    helped = _n("clearly helped once", "clearly helped %(num)d times", found.helped)
    people = _n("one person", "%(num)d people", found.people)
    if found.helped == 0:
        helped = _("never clearly helped")
    return _("%(times)s (%(people)s): %(least)s to %(most)s points, %(helped)s", **said, people=people, helped=helped)


def _draw(effect: Effect, label: str, starts_on: date, judge_on: date) -> Chart | None:
    """Before and after: those with the remedy, and those without; None without figures."""
    if effect.lacks:
        return None
    first, eve = starts_on - BEFORE, starts_on - timedelta(days=1)
    said = {"first": day(first), "eve": day(eve), "start": day(starts_on), "last": day(judge_on)}
    days = _("%(first)s to %(eve)s, and %(start)s to %(last)s.", **said)
    series = [
        Line(_("with the remedy"), (effect.before, effect.after)),
        Line(_("without it"), (effect.others_before, effect.others_after)),
    ]
    return lines(
        _("Before and after: %(figure)s", figure=label), days, heading=_("From"), days=[first, starts_on],
        series=series, kind="share",
    )  # fmt: skip


def _points(value: float) -> str:
    points = round(value * 100)
    sign = "+" if points > 0 else "−" if points < 0 else ""
    return f"{sign}{number(abs(points))}"


def _say_lack(effect: Effect) -> str:
    if effect.lacks == "withheld":
        return _("Withheld: the team's figures are not shown, so its change is not either.")
    if effect.lacks == "teams":
        return _n(
            "Only one comparable team without a remedy; at least %(least)s are needed.",
            "Only %(num)d comparable teams without a remedy; at least %(least)s are needed.",
            effect.teams,
            least=number(DEFAULT_EFFECT.least_teams),
        )
    if effect.lacks == "others":
        return _n(
            "Only one comparable person without a remedy; at least %(least)s are needed.",
            "Only %(num)d comparable people without a remedy; at least %(least)s are needed.",
            effect.others,
            least=number(DEFAULT_EFFECT.least_others),
        )
    return _(
        "Fewer than %(days)s present days before or after, or fewer than %(people)s people.",
        days=number(DEFAULT_EFFECT.least_days), people=number(DEFAULT_EFFECT.least_people),
    )  # fmt: skip
