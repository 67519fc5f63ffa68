"""What must hold for any pay: more never pays less, parts add up, and scale changes nothing."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from implement.engine.attainment import Curve, measure_attainment
from implement.engine.pay import (
    Gate,
    Item,
    Money,
    Person,
    Reduction,
    Rounding,
    Team,
    Terms,
    explain_pay,
    price_variable_pay,
)
from tests.fixtures.scale import is_soak

MANY = settings(max_examples=1_000 if is_soak() else 40, deadline=None)
SHARES = st.fractions(0, 1, max_denominator=1_000)
AMOUNTS = st.fractions(0, 1_000, max_denominator=1_000)
TARGETS = st.fractions(Fraction(1, 100), 500, max_denominator=100)
FACTORS = st.fractions(Fraction(1, 100), 100, max_denominator=100)
ROUNDINGS = st.sampled_from(Rounding)


@st.composite
def curves(draw: st.DrawFn, *, rising: bool = False) -> Curve:
    """Any curve; a rising one never falls."""
    xs = sorted(draw(st.lists(st.fractions(-1, 3, max_denominator=50), min_size=1, max_size=5, unique=True)))
    xs = sorted([*xs, *draw(st.lists(st.sampled_from(xs), max_size=2, unique=True))])
    ys = [draw(st.fractions(0, 3, max_denominator=50)) for _ in xs]
    return Curve(tuple(zip(xs, sorted(ys) if rising else ys, strict=True)))


@st.composite
def people(draw: st.DrawFn, *, rising: bool = False) -> Person:
    """Anybody with one to five KPIs, a team, reductions and gates."""
    count = draw(st.integers(1, 5))
    cuts = sorted(draw(st.lists(st.integers(0, 10_000), min_size=count - 1, max_size=count - 1)))
    weights = [high - low for low, high in zip([0, *cuts], [*cuts, 10_000], strict=True)]
    items = tuple(
        Item(f"kpi {place}", weight, draw(TARGETS), draw(AMOUNTS), False, draw(curves(rising=rising)))
        for place, weight in enumerate(weights)
    )
    return Person(
        "anybody",
        draw(st.integers(0, 10**9)),
        items,
        ramp=draw(st.none() | FACTORS),
        team=draw(st.none() | st.builds(Team, SHARES, AMOUNTS)),
        reductions=tuple(draw(st.lists(st.builds(Reduction, st.integers(0, 5), SHARES, SHARES), max_size=2))),
        gates=tuple(draw(st.lists(st.builds(Gate, st.just("gate"), st.booleans(), SHARES), max_size=2))),
    )


@MANY
@given(person=people(rising=True), more=AMOUNTS, rounding=ROUNDINGS)
def test_a_higher_actual_never_pays_less_on_a_curve_that_never_falls(
    person: Person, more: Fraction, rounding: Rounding
) -> None:
    first, *others = person.items
    assert first.curve.is_non_decreasing and first.actual is not None
    raised = replace(person, items=(replace(first, actual=first.actual + more), *others))
    terms = Terms(rounding=rounding)
    assert price_variable_pay(raised, terms).plan_minor >= price_variable_pay(person, terms).plan_minor


@MANY
@given(person=people(), rounding=ROUNDINGS)
def test_parts_add_up_and_none_is_off_by_one_whole_unit(person: Person, rounding: Rounding) -> None:
    pay = price_variable_pay(person, Terms(rounding=rounding))
    assert sum(paid.minor for paid in pay.items) == pay.plan_minor
    assert all(paid.minor >= 0 for paid in pay.items)
    assert abs(pay.exact_plan - pay.plan_minor) <= Fraction(1, 2)


@MANY
@given(person=people(), factor=FACTORS)
def test_counting_in_dozens_instead_of_pieces_changes_no_pay(person: Person, factor: Fraction) -> None:
    items = [replace(item, actual=(item.actual or 0) * factor, target=item.target * factor) for item in person.items]
    scaled = replace(person, items=tuple(items))
    assert price_variable_pay(scaled, Terms()).parts == price_variable_pay(person, Terms()).parts


@MANY
@given(person=people(), times=st.integers(2, 9))
def test_a_larger_variable_part_pays_in_proportion_before_rounding(person: Person, times: int) -> None:
    larger = replace(person, variable_minor=person.variable_minor * times)
    assert price_variable_pay(larger, Terms()).exact_plan == price_variable_pay(person, Terms()).exact_plan * times


@MANY
@given(person=people(), rounding=ROUNDINGS)
def test_the_explanation_ends_in_the_total_and_leaves_no_weight_out(person: Person, rounding: Rounding) -> None:
    terms = Terms(rounding=rounding)
    pay = price_variable_pay(person, terms)
    steps = explain_pay(pay, terms)
    weighted = sum((step.result for step in steps if step.code == "weighted"), Fraction(0))
    assert weighted == next(step.result for step in steps if step.code == "summed")
    assert steps[-1].result == Money(Fraction(pay.total_minor), terms)


@MANY
@given(curve=curves(), actual=AMOUNTS, target=TARGETS)
def test_a_curve_never_pays_more_or_less_than_its_knots(curve: Curve, actual: Fraction, target: Fraction) -> None:
    payouts = [payout for _, payout in curve.knots]
    assert min(payouts) <= curve.payout_at(measure_attainment(actual, target)) <= max(payouts)
