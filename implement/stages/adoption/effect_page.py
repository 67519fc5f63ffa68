"""Effects of remedies in sentences and a picture: before and after, against those without, never a guess."""

from datetime import date, timedelta

from implement.engine.remedy_effect import DEFAULT_EFFECT, Effect
from implement.stages.adoption.service.remedy_effects import BEFORE, Experience
from implement.web.charts import Chart, Line, lines
from implement.web.texts import _, _n, day, number, share


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


def draw_effect(effect: Effect, starts_on: date, judge_on: date) -> Chart:
    """Before and after: those with the remedy, and those without."""
    first = starts_on - BEFORE
    description = _(
        "Share of present days in the CRM: %(first)s to %(eve)s, and %(start)s to %(last)s.",
        first=day(first), eve=day(starts_on - timedelta(days=1)), start=day(starts_on), last=day(judge_on),
    )  # fmt: skip
    series = [
        Line(_("with the remedy"), (effect.before, effect.after)),
        Line(_("without it"), (effect.others_before, effect.others_after)),
    ]
    return lines(
        _("Before and after"), description, heading=_("From"), days=[first, starts_on], series=series, kind="share"
    )


def _points(value: float) -> str:
    sign = "+" if value > 0 else ""
    return f"{sign}{number(round(value * 100))}"


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
