"""How a person's pay came about, step by step: each step says what was reckoned with what, and what came out."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from implement.engine.pay.commission import price_bands
from implement.engine.pay.plan import FULL_WEIGHT_BP, CommissionKind, Terms
from implement.engine.pay.pricing import ItemPay, PersonPay

MOST_PLACES = 24  # more than a product of two figures of a plan has

STEP_TEXTS = {
    "attained": "{0}: {1} of {2} is {result}",
    "attained_lower": "{0}: {1} where {2} is the target and less is better is {result}",
    "paid_by_curve": "{0}: an attainment of {1} pays {result}",
    "decided": "{0}: no actual; {1} decided to pay {result} ({2})",
    "weighted": "{0}: {1} of {2} is {result}",
    "summed": "All KPIs together pay {result}",
    "team": "{0} of the team's {1} and {2} of the own {3} is {result}",
    "reduced": "{0} × {1}, at most {2}: less {result}",
    "after_reductions": "{0} less {1}, at least 0, is {result}",
    "gate": "{0} is not met: {1} × {2} is {result}",
    "presence": "{0} of {1} days present: {2} × {3} is {result}",
    "plan": "{0} × {1} is {result}",
    "plan_half_up": "The plan pays {result}: {0} rounded, half a unit upwards",
    "plan_half_even": "The plan pays {result}: {0} rounded, half a unit to the even neighbour",
    "plan_part": "{result} of it is for {0}",
    "band": "{0} of the base at a rate of {1} is {result}",
    "whole_band": "{0}, the whole base, at a rate of {1} is {result}",
    "commission_half_up": "The commission pays {result}: {0} rounded, half a unit upwards",
    "commission_half_even": "The commission pays {result}: {0} rounded, half a unit to the even neighbour",
    "kicker": "{0} is met: {result}",
    "total": "Altogether {result}",
}


@dataclass(frozen=True)
class Money:
    """An exact amount in minor units, and the terms that say of which currency."""

    minor: Fraction
    terms: Terms

    def __str__(self) -> str:
        written = _write(Fraction(self.minor, self.terms.minor_per_unit), self.terms.minor_digits)
        return f"{written} {self.terms.currency}".rstrip()


Figure = Fraction | Money | int | str


@dataclass(frozen=True)
class PayStep:
    """One step: its figures in the order of its text, and its result."""

    code: str
    figures: tuple[Figure, ...]
    result: Fraction | Money

    @property
    def text(self) -> str:
        """The step in English; shares are of 1."""
        return STEP_TEXTS[self.code].format(*map(show_figure, self.figures), result=show_figure(self.result))


def show_figure(figure: Figure) -> str:
    """A number in full where its decimals end, else as a fraction; what is no number as it is."""
    return _write(figure) if isinstance(figure, Fraction) else str(figure)


def _write(number: Fraction, least_places: int = 0) -> str:
    places = next((places for places in range(least_places, MOST_PLACES) if 10**places % number.denominator == 0), None)
    if places is None:
        return f"{number.numerator}/{number.denominator}"
    whole, rest = divmod(abs(number.numerator) * (10**places // number.denominator), 10**places)
    return f"{'-' if number < 0 else ''}{whole}" + (f".{rest:0{places}d}" if places else "")


def explain_pay(pay: PersonPay, terms: Terms) -> list[PayStep]:
    """Every step from actuals to the total, in the order in which they are reckoned."""
    return [
        *(step for paid in pay.items for step in _explain_item(paid, pay)),
        *_explain_factors(pay),
        *_explain_plan(pay, terms),
        *_explain_commission(pay, terms),
        *(PayStep("kicker", (kicker.name,), Money(Fraction(kicker.amount_minor), terms)) for kicker in pay.kickers),
        PayStep("total", (), Money(Fraction(pay.total_minor), terms)),
    ]


def _explain_item(paid: ItemPay, pay: PersonPay) -> Iterator[PayStep]:
    item, weight = paid.item, Fraction(paid.item.weight_bp, FULL_WEIGHT_BP)
    if item.decision:
        yield PayStep("decided", (item.kpi, item.decision.by, item.decision.reason), paid.payout)
    elif paid.attainment is not None and item.actual is not None:
        code = "attained_lower" if item.lower_is_better else "attained"
        target = item.target if item.lower_is_better else item.target * pay.person.share_of_target
        yield PayStep(code, (item.kpi, item.actual, target), paid.attainment)
        yield PayStep("paid_by_curve", (item.kpi, paid.attainment), paid.payout)
    yield PayStep("weighted", (item.kpi, weight, paid.payout), weight * paid.payout)


def _explain_factors(pay: PersonPay) -> Iterator[PayStep]:
    person, own = pay.person, pay.own_payout
    yield PayStep("summed", (), own)
    if person.team:
        figures = (person.team.share, person.team.payout, 1 - person.team.share, own)
        yield PayStep("team", figures, pay.blended)
    for reduction in person.reductions:
        yield PayStep("reduced", (reduction.count, reduction.each, reduction.cap), reduction.amount)
    if person.reductions:
        taken = sum((reduction.amount for reduction in person.reductions), Fraction(0))
        yield PayStep("after_reductions", (pay.blended, taken), pay.reduced)
    before = pay.reduced
    for gate in person.gates:
        if not gate.met:
            yield PayStep("gate", (gate.kpi, before, gate.factor), before * gate.factor)
            before *= gate.factor


def _explain_plan(pay: PersonPay, terms: Terms) -> Iterator[PayStep]:
    person = pay.person
    payout = pay.gated * person.share_of_pay
    if person.presence and payout != pay.gated:
        figures = (person.presence.present, person.presence.planned, pay.gated, person.share_of_pay)
        yield PayStep("presence", figures, payout)
    exact = Money(pay.exact_plan, terms)
    yield PayStep("plan", (Money(Fraction(person.variable_minor), terms), payout), exact)
    yield PayStep(f"plan_{terms.rounding}", (exact,), Money(Fraction(pay.plan_minor), terms))
    yield from (PayStep("plan_part", (paid.item.kpi,), Money(Fraction(paid.minor), terms)) for paid in pay.items)


def _explain_commission(pay: PersonPay, terms: Terms) -> Iterator[PayStep]:
    commission = pay.person.commission
    if commission is None:
        return
    code = "whole_band" if commission.kind is CommissionKind.WHOLE else "band"
    for paid in price_bands(commission):
        yield PayStep(code, (_in_units(paid.base, terms), paid.band.rate), _in_units(paid.amount, terms))
    exact = Money(pay.exact_commission, terms)
    yield PayStep(f"commission_{terms.rounding}", (exact,), Money(Fraction(pay.commission_minor), terms))


def _in_units(amount: Fraction, terms: Terms) -> Money:
    return Money(amount * terms.minor_per_unit, terms)
