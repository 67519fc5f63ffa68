"""Pay runs and statements in words: what a run waits for, every step of a formula, the parts of a pay."""

from fractions import Fraction

from implement.control.incentives.tables import PayRun
from implement.engine.pay import Money, PayStep
from implement.engine.pay.explaining import Figure, show_figure
from implement.engine.pay.rounding import round_amount
from implement.web.texts import _, _n, lazy, money, month, number

LACKS = {
    "no_period": lazy("no activity plan covers exactly this month"),
    "no_rule": lazy("no released rule holds on these days"),
    "no_target": lazy("no target was set"),
    "no_actual": lazy("the actual is not known: days are missing or sources differ"),
    "no_presence": lazy("no working day is planned"),
    "nobody_present": lazy("away on every day, and the targets would be none"),
    "no_hiring_day": lazy("the day of hiring is not known, but the rule has a ramp"),
    "no_team": lazy("nothing is known of what the team reached"),
    "nothing_applies": lazy("none of the figures applies"),
    "two_roundings": lazy("the rules of this month round differently"),
    "nobody": lazy("nobody has a variable part on these days"),
    "not_listed": lazy("no regulation in force lets this figure feed pay"),
    "not_approved": lazy("the regulation was not approved"),
    "not_bound": lazy("the regulation does not bind this person"),
    "not_acknowledged": lazy("the regulation was not acknowledged before the first day"),
    "earned": lazy("what was earned is not taken back under the law that applies here (R5)"),
    "no_agreement": lazy("the agreement in force does not list this figure"),
}
STEPS = {
    "attained": lazy("%(a)s: %(b)s of %(c)s is %(result)s"),
    "attained_lower": lazy("%(a)s: %(b)s where %(c)s is the target and less is better is %(result)s"),
    "paid_by_curve": lazy("%(a)s: an attainment of %(b)s pays %(result)s"),
    "decided": lazy("%(a)s: no actual; %(b)s decided to pay %(result)s (%(c)s)"),
    "weighted": lazy("%(a)s: %(b)s of %(c)s is %(result)s"),
    "summed": lazy("All figures together pay %(result)s"),
    "team": lazy("%(a)s of the team's %(b)s and %(c)s of the own %(d)s is %(result)s"),
    "reduced": lazy("%(a)s × %(b)s, at most %(c)s: less %(result)s"),
    "after_reductions": lazy("%(a)s less %(b)s, at least 0, is %(result)s"),
    "gate": lazy("%(a)s is not met: %(b)s × %(c)s is %(result)s"),
    "presence": lazy("%(a)s of %(b)s days present: %(c)s × %(d)s is %(result)s"),
    "plan": lazy("%(a)s × %(b)s is %(result)s"),
    "plan_half_up": lazy("The plan pays %(result)s: %(a)s rounded, half a unit upwards"),
    "plan_half_even": lazy("The plan pays %(result)s: %(a)s rounded, half a unit to the even neighbour"),
    "plan_part": lazy("%(result)s of it is for %(a)s"),
    "band": lazy("%(a)s of the base at a rate of %(b)s is %(result)s"),
    "whole_band": lazy("%(a)s, the whole base, at a rate of %(b)s is %(result)s"),
    "commission_half_up": lazy("The commission pays %(result)s: %(a)s rounded, half a unit upwards"),
    "commission_half_even": lazy("The commission pays %(result)s: %(a)s rounded, half a unit to the even neighbour"),
    "kicker": lazy("%(a)s is met: %(result)s"),
    "total": lazy("Altogether %(result)s"),
}
REASONS = {"R4": lazy("the target was handed out late"), "n/a": lazy("it does not apply")}
FULL_PLACES, ABOUT_PLACES = 6, 4


def say_lack(what: str) -> str:
    """What is missing."""
    return str(LACKS.get(what, what))


def say_run(run: PayRun, statements: int, missing: int) -> str:
    """The first line of a run's page."""
    said = {"number": run.number, "month": month(run.first_day)}
    if missing:
        return _n(
            "Run %(number)s for %(month)s waits for one thing.",
            "Run %(number)s for %(month)s waits for %(num)d things.", missing, **said,
        )  # fmt: skip
    if run.state == "draft":
        return _("Run %(number)s for %(month)s is a draft.", **said)
    total = money(run.total_minor, run.currency)
    return _n(
        "Run %(number)s for %(month)s pays %(total)s to one person.",
        "Run %(number)s for %(month)s pays %(total)s to %(num)d people.", statements, total=total, **said,
    )  # fmt: skip


def say_step(step: PayStep, names: dict[str, str]) -> str:
    """A step of the formula with its numbers, in the reader's language; KPIs by their names."""
    figures = [_say_figure(figure, names) for figure in step.figures]
    said = dict(zip("abcd", figures, strict=False)) | {"result": _say_figure(step.result, names, about=True)}
    return str(STEPS[step.code]) % said


def say_part(part: str, names: dict[str, str]) -> str:
    """A line of a statement."""
    kind, _colon, about = part.partition(":")
    if kind == "plan":
        return _("of it for %(kpi)s", kpi=names.get(about, about)) if about else _("Plan part")
    return _("Commission") if kind == "commission" else _("Extra sum: %(name)s", name=about)


def _say_figure(figure: Figure, names: dict[str, str], *, about: bool = False) -> str:
    """A figure exactly; a result that is a fraction also `about` how much it is."""
    if isinstance(figure, Money):
        exact = figure.minor
        if exact.denominator == 1:
            return money(int(exact), figure.terms.currency)
        rounded = round_amount(exact, figure.terms.rounding)
        return f"{show_figure(figure)}{_about(money(rounded, figure.terms.currency), about)}"
    if isinstance(figure, Fraction):
        return _say_fraction(figure, about=about)
    if isinstance(figure, int):
        return number(figure)
    return str(REASONS.get(figure, names.get(figure, figure)))


def _say_fraction(figure: Fraction, *, about: bool) -> str:
    """A number in full where it ends soon, else as a fraction."""
    for places in range(FULL_PLACES + 1):
        if (figure * 10**places).denominator == 1:
            return number(figure, places)
    return f"{figure.numerator}/{figure.denominator}{_about(number(figure, ABOUT_PLACES), about)}"


def _about(said: str, wanted: bool) -> str:
    return f" (≈\u00a0{said})" if wanted else ""
