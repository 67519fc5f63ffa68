"""People with pay, for tests: Alice, whose three KPIs reach 1, .8 and .5 of their targets."""

from dataclasses import replace
from fractions import Fraction

from implement.engine.attainment import Curve, linear
from implement.engine.pay import Item, Person, PersonPay, Terms, price_variable_pay

EUR = Terms("EUR")


def exact(text: str) -> Fraction:
    """A number as it is written."""
    return Fraction(text)


def an_item(
    kpi: str = "visits",
    weight_bp: int = 10_000,
    actual: str = "1",
    *,
    target: str = "1",
    curve: Curve | None = None,
    lower: bool = False,
) -> Item:
    """One KPI with a linear curve, unless said otherwise."""
    return Item(kpi, weight_bp, exact(target), exact(actual), lower, curve or linear())


def alice(curve: Curve | None = None, **changes: object) -> Person:
    """Variable part 1,000.00; weights .4, .3, .3; attainments 1, .8, .5: 790.00 when paid in a straight line."""
    items = (
        an_item("visits", 4_000, "1", curve=curve),
        an_item("offers", 3_000, "0.8", curve=curve),
        an_item("records", 3_000, "0.5", curve=curve),
    )
    return replace(Person("alice", 100_000, items), **changes)


def one_item(item: Item, variable_minor: int = 100_000, **changes: object) -> Person:
    """A person with a single KPI."""
    return replace(Person("bob", variable_minor, (item,)), **changes)


def price(person: Person, terms: Terms = EUR) -> PersonPay:
    """The person's pay."""
    return price_variable_pay(person, terms)
