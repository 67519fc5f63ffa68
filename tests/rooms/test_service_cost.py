"""The cost over three years for one rollout: offers, figures, savings, calls, what passes to accounting."""

from datetime import date, timedelta

import pytest
from flask import current_app
from sqlalchemy.orm import Session, scoped_session

from implement.engine.cost import Range
from implement.rollout.service.errors import EditedMeanwhile, RuleBroken
from implement.rollout.tables import User
from implement.stages.specification.service.answers import read_audit
from implement.stages.specification.service.cost import capacity, exchange, figures, pricing, savings
from implement.stages.specification.service.cost.capacity import CallsSaid
from implement.stages.specification.service.cost.exchange import ExchangeSaid
from implement.stages.specification.service.cost.figures import Figure
from tests import builders
from tests.rooms.audit_case import an_audit
from tests.rooms.cost_case import NOW, SAVING, a_saving, an_offer, point, two_offers

Database = scoped_session[Session]
CALLS = CallsSaid(30_000, 0, 10_000, 125, 3_000, 5)


@pytest.fixture
def carol(session: Database) -> User:
    return builders.a_user()


@pytest.fixture
def here(carol: User) -> int:
    return builders.a_rollout().id


def test_hosted_is_cheap_now_and_dear_later(here: int, carol: User) -> None:  # M85 M90 M96 M69
    two_offers(here, carol)
    found = pricing.price_offers(here)
    bought, hosted = found.offers
    assert (bought.name, bought.spread.middle_minor) == ("Bought", 2_000_000 + 3 * 200_000)
    assert hosted.outermost == Range(*(40 * price * 36 for price in (2_500, 3_000, 4_000)))  # type: ignore[arg-type]
    assert hosted.outermost.low < hosted.spread.low_minor < hosted.spread.high_minor < hosted.outermost.high
    ((cheaper, dearer, crossing),) = found.crossings
    assert (cheaper.name, dearer.name) == ("Hosted", "Bought")
    assert 18 <= crossing.month <= 24


def test_a_part_nobody_priced_is_named_and_zero_is_a_price(here: int, carol: User) -> None:  # M101 M86
    two_offers(here, carol)
    hosted = pricing.price_offers(here).offers[1]
    assert "transfer" in {one.part.id for one in hosted.open_parts}
    figures.say_figures(here, figures.get_offer(here, hosted.id), {"transfer_fee": point(0)}, by=carol, now=NOW)
    again = pricing.price_offers(here).offers[1]
    assert "transfer" not in {one.part.id for one in again.open_parts}
    assert again.spread == hosted.spread


def test_the_loss_of_the_changeover_is_reckoned_from_people_and_weeks(here: int, carol: User) -> None:  # M89
    slow = {"slow_weeks": point(4_000), "slow_share": point(250)}
    an_offer(here, "Hosted", carol, **slow)
    firm = {"people": point(20_000), "hour_cost": point(4_000), "hours_a_week": point(40_000)}
    figures.say_figures(here, None, firm, by=carol, now=NOW)
    (offer,) = pricing.price_offers(here).offers
    assert [(one.part.id, one.total.likely) for one in offer.known_parts if one.total] == [
        ("changeover", 20 * 4 * 40 * 1_000)
    ]


def test_standing_still_is_held_against_faster_service(here: int, carol: User) -> None:  # M91
    an_offer(here, "Hosted", carol, fast_service_fee=point(1_200_000))
    assert pricing.price_offers(here).offers[0].standstill is None
    firm = {"people": point(20_000), "hour_cost": point(4_000), "standing_share": point(500)}
    figures.say_figures(here, None, firm, by=carol, now=NOW)
    found = pricing.price_offers(here).offers[0].standstill
    assert found is not None
    assert (found.hour_minor, found.worth_from_hours) == (40_000, 30)


def test_an_offer_is_old_after_a_year_and_none_lies_ahead(here: int, carol: User) -> None:  # M90
    said = figures.OfferSaid("Hosted", offered_on=NOW.date())
    assert not said.is_stale(NOW.date() + timedelta(days=365))
    assert said.is_stale(NOW.date() + timedelta(days=366))
    assert figures.OfferSaid("Hosted").is_stale(NOW.date())
    with pytest.raises(RuleBroken):
        figures.add_offer(here, said, by=carol, now=NOW - timedelta(days=1))


def test_figures_out_of_order_or_in_the_wrong_place_are_refused(here: int, carol: User) -> None:
    row = figures.add_offer(here, figures.OfferSaid("Hosted"), by=carol, now=NOW)
    for offer, said in (
        (row, {"seats": Figure(3, 2, 1, "")}),
        (row, {"people": point(1)}),
        (None, {"seats": point(1)}),
    ):
        with pytest.raises(RuleBroken):
            figures.say_figures(here, offer, said, by=carol, now=NOW)
    assert figures.read_offer_figures(here) == {}


def test_figures_are_proposed_from_the_audit_with_their_source(here: int) -> None:
    case = an_audit(here)
    case.answer("salespeople", "35")
    case.answer("hour_cost", "42")
    said = read_audit(here, current_app.extensions["implement_store"])
    known = figures.read_model().by_id
    assert figures.propose_figure(known["people"], said, "audit") == Figure(35_000, 35_000, 35_000, "audit")
    assert figures.propose_figure(known["hour_cost"], said, "audit") == Figure(4_200, 4_200, 4_200, "audit")
    assert figures.propose_figure(known["slow_weeks"], said, "audit") is None


def test_a_saving_is_held_against_every_offer(here: int, carol: User) -> None:  # M97
    two_offers(here, carol)
    assert pricing.price_offers(here).offers[0].case is None
    a_saving(here, carol)
    case = pricing.price_offers(here).offers[0].case
    assert case is not None
    # 200–500 hours of 42.00 a year over 33 of 36 months: about 33,000, the offer costs 26,000
    assert 2_900_000 < case.saved.middle_minor < 4_500_000
    assert 0.9 < case.share_of_gain <= 1


def test_a_saving_needs_somebody_who_collects_its_figure(here: int, carol: User) -> None:  # M97
    with pytest.raises(RuleBroken):
        a_saving(here, carol, collected_by=" ")
    row = a_saving(here, carol, collected_on=date(2026, 3, 1))
    assert savings.to_engine(row).is_collected


def test_two_editors_of_a_saving_see_both_texts(here: int, carol: User) -> None:
    row = a_saving(here, carol)
    savings.change_saving(row, SAVING, version=row.version, by=carol, now=NOW)
    with pytest.raises(EditedMeanwhile):
        savings.change_saving(row, SAVING, version=99, by=carol, now=NOW)


def test_an_offer_taken_away_counts_no_longer_and_comes_back(here: int, carol: User) -> None:
    row = an_offer(here, "Hosted", carol, seats=point(1_000), seat_price=point(1))
    figures.remove_offer(row, is_back=False, by=carol, now=NOW)
    assert pricing.price_offers(here).offers == ()
    figures.remove_offer(row, is_back=True, by=carol, now=NOW)
    assert len(pricing.price_offers(here).offers) == 1


def test_five_people_cannot_answer_thirty_thousand_calls(here: int, carol: User) -> None:  # M96 M136
    assert capacity.judge_calls(capacity.read_calls(here)) is None
    capacity.say_calls(here, CALLS, by=carol, now=NOW)
    found = capacity.judge_calls(capacity.read_calls(here))
    assert found is not None
    assert (found.answered_a_day, found.people_needed, found.wait_seconds) == (850, 221, None)


def test_calls_that_cannot_be_are_refused(here: int, carol: User) -> None:
    for changed in ({"people": 0}, {"call_thousandths": 0}, {"calls": 10**7, "call_thousandths": 600_000}):
        with pytest.raises(RuleBroken):
            capacity.say_calls(here, CallsSaid(**{**vars(CALLS), **changed}), by=carol, now=NOW)


def test_what_is_typed_twice_costs_hours_and_is_not_compatible(here: int, carol: User) -> None:  # M110 M102
    exchange.add_exchange(here, ExchangeSaid("Invoices", "accounting", "by_hand", 60, 90, None), by=carol, now=NOW)
    found = exchange.read_exchange(here)
    assert (found.by_hand, found.untried, found.hours_a_year, found.is_compatible) == (1, 1, 69, False)


def test_what_passes_by_itself_and_was_tried_is_compatible(here: int, carol: User) -> None:  # M110
    tried = ExchangeSaid("Customers", "crm", "automatic", 60, 90, date(2026, 3, 1))
    row = exchange.add_exchange(here, tried, by=carol, now=NOW)
    assert exchange.read_exchange(here).is_compatible
    exchange.remove_exchange(here, row.id, is_back=False, by=carol, now=NOW)
    assert not exchange.read_exchange(here).lines
