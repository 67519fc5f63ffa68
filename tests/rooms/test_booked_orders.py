"""Orders the CRM never knew, by team and week: shown from five people on, and none of nobody's lost silently."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask

from implement.db import db
from implement.rollout.service.usage import StaffMember
from implement.stages.adoption.booked import Order, Unknown, sum_orders
from implement.stages.adoption.service.bypasses import count_from
from tests.fixtures.members import VisitorAs
from tests.rooms.adoption_house import SUNDAY, a_firm, a_usage

FRIDAY = SUNDAY - timedelta(days=2)
SIZES = {"North": 6, "South": 5, "Tiny": 3}
TEAMS = {name: place for place, name in enumerate(SIZES, start=1)}


def someone(number: int, team: str) -> StaffMember:
    user = f"{team.lower()}.{number}"
    known = ("seller", 1.0, "12345", None, None, False, "", TEAMS[team], team, None, 1, "Pilot", None)
    return StaffMember(100 * TEAMS[team] + number, user, user, *known)


STAFF = [someone(number, team) for team, size in SIZES.items() for number in range(1, size + 1)]


def an_order(user: str, day: date = FRIDAY, deal: str = "") -> Order:
    return user, day, deal


def orders_of(team: str, people: int, day: date = FRIDAY, deal: str = "") -> list[Order]:
    return [an_order(f"{team.lower()}.{number}", day, deal) for number in range(1, people + 1)]


def test_orders_without_a_deal_are_counted_by_team_and_week() -> None:  # M25
    before = orders_of("North", 5, FRIDAY - timedelta(days=7))
    found = sum_orders([*before, *orders_of("NORTH", 4), *orders_of("North", 6, deal="D1")], STAFF)
    assert found is not None
    north = next(group for group in found.groups if group.name == "North")
    assert north.weeks[-2:] == (Unknown(5, 5), Unknown(4, 10))
    assert (north.recent, north.recent.share) == (Unknown(9, 15), 0.6)


def test_before_their_wave_began_nobodys_orders_count() -> None:
    staff = [replace(one, go_live=FRIDAY, wave_id=2) if one.team == "North" else one for one in STAFF]
    early, south = orders_of("North", 6, FRIDAY - timedelta(days=1)), orders_of("South", 5)
    found = sum_orders([*early, *orders_of("North", 6), *south], staff)
    assert found is not None and (found.whole.recent.booked, found.of_nobody) == (11, 0)


def test_a_team_that_starts_later_says_so() -> None:
    start = SUNDAY + timedelta(days=9)
    staff = [replace(one, go_live=start, wave_id=2, wave="Wave 2") if one.team == "South" else one for one in STAFF]
    found = sum_orders([*orders_of("North", 6), *orders_of("South", 5)], staff)
    assert found is not None and found.whole.recent.booked == 6
    assert {group.name: group.starts for group in found.groups if group.starts} == {"South": start, "Wave 2": start}


def test_a_small_team_is_withheld_with_the_one_that_would_give_it_away() -> None:  # R11
    found = sum_orders([*orders_of("Tiny", 3), *orders_of("North", 6), *orders_of("South", 5)], STAFF)
    assert found is not None
    whys = {group.name: group.why for group in found.groups}
    assert whys == {"": "", "Pilot": "", "North": "", "South": "protects", "Tiny": "too_few"}


def test_a_week_in_which_few_of_a_team_have_an_order_is_withheld_and_in_no_sum() -> None:  # R11
    week_before = FRIDAY - timedelta(days=7)
    found = sum_orders([*orders_of("North", 6), *orders_of("North", 1, week_before)], STAFF)
    assert found is not None
    north = next(group for group in found.groups if group.name == "North")
    assert north.weeks[-2:] == (Unknown(why="too_few"), Unknown(6, 6))
    assert (north.recent, north.why) == (Unknown(6, 6), "")


def test_an_order_of_nobody_is_named_and_in_no_team() -> None:
    found = sum_orders([an_order("stranger"), *orders_of("North", 5)], STAFF)
    assert found is not None
    assert (found.of_nobody, found.groups[0].recent) == (1, Unknown(5, 5))


@pytest.fixture
def ordered(app: Flask, rollout_id: int) -> str:
    """A firm with ten orders of the North, three of them without a deal."""
    lines = ["order_id,user,date,crm_deal_id"]
    lines += [f"O{n},north.{n % 6 + 1},{FRIDAY - timedelta(days=n)},{'' if n < 3 else f'D{n}'}" for n in range(10)]
    with app.app_context():
        by = a_firm(rollout_id, SIZES)
        a_usage(rollout_id, app.extensions["implement_store"], by, orders="\n".join(lines).encode())
        db.session.commit()
    return f"/rollouts/{rollout_id}/adoption/outside"


def test_the_page_says_how_many_orders_the_crm_never_knew(
    app: Flask, rollout_id: int, ordered: str, visitor_as: VisitorAs
) -> None:
    page = visitor_as("council").get(ordered)
    assert page.answer == "The CRM never knew of 3 of 10 orders in the last four weeks."
    visitor_as("salesperson").get(ordered, status=403)
    with app.app_context():
        counted = count_from(rollout_id, "orders")
    assert counted is not None and (counted.count, counted.last_day) == (3, FRIDAY)
