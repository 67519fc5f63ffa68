"""Price a person's variable pay: attainment, curve, team, reductions, gates, presence; each part is rounded once."""

from dataclasses import dataclass
from fractions import Fraction

from implement.engine.attainment import measure_attainment, measure_lower_is_better
from implement.engine.pay.commission import price_commission
from implement.engine.pay.plan import FULL_WEIGHT_BP, Item, Kicker, Person, Terms
from implement.engine.pay.rounding import over_one_denominator, round_amount, share_out

WHOLE = Fraction(1)


@dataclass(frozen=True, slots=True)
class ItemPay:
    """What one KPI pays; `attainment` is None where a decision stands in for the actual."""

    item: Item
    attainment: Fraction | None
    payout: Fraction
    minor: int


@dataclass(frozen=True, slots=True)
class PayPart:
    """One line of a person's pay."""

    name: str
    minor: int


@dataclass(frozen=True, slots=True)
class PersonPay:
    """A person's pay with every figure it came from; `exact_…` is before rounding, in minor units."""

    person: Person
    items: tuple[ItemPay, ...]
    blended: Fraction
    reduced: Fraction
    gated: Fraction
    exact_plan: Fraction
    plan_minor: int
    exact_commission: Fraction
    commission_minor: int

    @property
    def own_payout(self) -> Fraction:
        """What all items pay together, before the team has its share."""
        return Fraction(sum(paid.item.weight_bp * paid.payout for paid in self.items), FULL_WEIGHT_BP)

    @property
    def kickers(self) -> tuple[Kicker, ...]:
        """The kickers that were met."""
        return tuple(kicker for kicker in self.person.kickers if kicker.met)

    @property
    def total_minor(self) -> int:
        """All that is paid; the plan counts once."""
        return self.plan_minor + self.commission_minor + sum(kicker.amount_minor for kicker in self.kickers)

    @property
    def parts(self) -> list[PayPart]:
        """The lines of the pay: the plan, its KPIs (which add up to it), the commission, the kickers met."""
        parts = [PayPart("plan", self.plan_minor)]
        parts += [PayPart(f"plan:{paid.item.kpi}", paid.minor) for paid in self.items]
        if self.person.commission:
            parts.append(PayPart("commission", self.commission_minor))
        return parts + [PayPart(f"kicker:{kicker.name}", kicker.amount_minor) for kicker in self.kickers]


def price_variable_pay(person: Person, terms: Terms) -> PersonPay:
    """A person's pay under the terms of the plan (M126)."""
    measured = measure_items(person)
    shares, blended = blend_payouts(person, [payout for _, payout in measured])
    reduced = reduce_payout(person, blended)
    gated = gate_payout(person, reduced)
    exact_plan = person.variable_minor * gated * person.share_of_pay
    plan_minor = round_amount(exact_plan, terms.rounding)
    minors = share_out(exact_plan, plan_minor, shares)
    items = zip(person.items, measured, minors, strict=True)
    exact_commission = _exact_commission(person, terms)
    return PersonPay(
        person=person,
        items=tuple(ItemPay(item, attainment, payout, minor) for item, (attainment, payout), minor in items),
        blended=blended,
        reduced=reduced,
        gated=gated,
        exact_plan=exact_plan,
        plan_minor=plan_minor,
        exact_commission=exact_commission,
        commission_minor=round_amount(exact_commission, terms.rounding),
    )


def measure_items(person: Person) -> list[tuple[Fraction | None, Fraction]]:
    """Attainment and payout of each item; a decision's payout stands as it is."""
    share_of_target = person.share_of_target
    measured: list[tuple[Fraction | None, Fraction]] = []
    for item in person.items:
        if item.decision:
            measured.append((None, item.decision.payout))
            continue
        attainment = attain(item, share_of_target)
        measured.append((attainment, item.curve.payout_at(attainment)))
    return measured


def attain(item: Item, share_of_target: Fraction) -> Fraction:
    """How far an item's target was reached; ramp and presence do not touch a target that is better missed."""
    if item.actual is None:
        raise ValueError(f"{item.kpi} has neither an actual nor a decision")
    if item.lower_is_better:
        return measure_lower_is_better(item.actual, item.target)
    target = item.target if share_of_target == WHOLE else item.target * share_of_target
    return measure_attainment(item.actual, target)


def blend_payouts(person: Person, payouts: list[Fraction]) -> tuple[list[int], Fraction]:
    """What each item brings in, as whole shares of one another, and all of it as one payout: Σ w·(l·team + (1−l)·p)."""
    if person.team:
        of_team, own = person.team.share * person.team.payout, 1 - person.team.share
        payouts = [of_team + own * payout for payout in payouts]
    numerators, denominator = over_one_denominator(payouts)
    shares = [item.weight_bp * numerator for item, numerator in zip(person.items, numerators, strict=True)]
    return shares, Fraction(sum(shares), denominator * FULL_WEIGHT_BP)


def reduce_payout(person: Person, payout: Fraction) -> Fraction:
    """The payout less all reductions, never below 0; only the variable part is ever reduced."""
    if not person.reductions:
        return payout
    return max(Fraction(0), payout - sum(reduction.amount for reduction in person.reductions))


def gate_payout(person: Person, payout: Fraction) -> Fraction:
    """The payout times the factor of each gate that is not met."""
    for gate in person.gates:
        if not gate.met:
            payout *= gate.factor
    return payout


def _exact_commission(person: Person, terms: Terms) -> Fraction:
    if person.commission is None:
        return Fraction(0)
    return price_commission(person.commission) * terms.minor_per_unit
