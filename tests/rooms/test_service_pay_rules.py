"""Rules of pay: no money unless the policy says so, a second person releases, nothing reaches back."""

from datetime import date

import pytest
from sqlalchemy.orm import Session, scoped_session

from implement.control.incentives.service import amounts, policy, rules
from implement.engine.pay.rule import RuleTerms
from implement.rollout.service.errors import EditedMeanwhile, NotAllowed, NotFound, RuleBroken
from implement.rollout.service.rollouts import get_rollout
from tests import builders
from tests.rooms.bound_firm import HANDED_OUT, a_bound_firm
from tests.rooms.pay_house import APRIL_1, CLIFF, MARCH, RULE, PayHouse, a_pay_house

Database = scoped_session[Session]


@pytest.fixture
def house(session: Database) -> PayHouse:
    """A firm that pays."""
    return a_pay_house()


def test_a_rollout_rewards_in_kind_only_until_somebody_chooses_otherwise(session: Database) -> None:
    firm = a_bound_firm(builders.a_rollout().id)
    said = {"by": firm.alice, "now": HANDED_OUT}
    assert policy.read_policy(firm.rollout_id) == "incentives"
    version = rules.begin_rule(firm.rollout_id, "Sales", valid_from=MARCH[0], **said)
    rules.save_draft(version, RULE, seen=version.version, **said)
    with pytest.raises(RuleBroken, match="rewards in kind only"):
        rules.release_rule(version, seen=version.version, today=HANDED_OUT.date(), **said)
    with pytest.raises(RuleBroken, match="no such policy"):
        policy.set_policy(firm.rollout_id, "base", **said)


def test_a_second_person_releases_a_rule(house: PayHouse) -> None:
    version = house.draft()
    with pytest.raises(NotAllowed, match="second person"):
        house.release(version, by=house.hanna)
    rules.save_draft(version, CLIFF, seen=version.version, by=house.alice, now=HANDED_OUT)
    with pytest.raises(NotAllowed, match="second person"):
        house.release(version)
    henry = house.firm.accounts["north.1"]
    assert house.release(version, by=henry).sha256 == rules.hash_rule(version)
    with pytest.raises(RuleBroken, match="begin the next one"):
        rules.save_draft(version, RULE, seen=version.version, by=house.hanna, now=HANDED_OUT)


def test_a_rule_with_a_fault_or_a_day_in_the_past_is_not_released(house: PayHouse) -> None:
    empty = rules.begin_rule(house.rollout_id, "Empty", valid_from=MARCH[0], by=house.hanna, now=HANDED_OUT)
    with pytest.raises(RuleBroken, match="no figure"):
        house.release(empty)
    version = house.draft()
    with pytest.raises(RuleBroken, match="does not reach back"):
        rules.release_rule(version, seen=version.version, by=house.alice, now=HANDED_OUT, today=date(2026, 3, 2))


def test_of_two_who_edit_a_rule_none_loses_a_word(house: PayHouse) -> None:
    version = house.draft()
    seen = version.version
    rules.save_draft(version, CLIFF, seen=seen, by=house.alice, now=HANDED_OUT)
    with pytest.raises(EditedMeanwhile) as conflict:
        rules.save_draft(version, RULE, seen=seen, by=house.hanna, now=HANDED_OUT)
    assert "a jump" in conflict.value.theirs
    assert "a jump" not in conflict.value.mine
    assert rules.change_terms(version) == CLIFF


def test_a_later_version_holds_from_its_day_and_the_earlier_before(house: PayHouse) -> None:
    first = house.release(house.draft())
    mid_march, said = date(2026, 3, 16), {"by": house.hanna, "now": HANDED_OUT}
    second = rules.begin_next(house.rollout_id, first.rule_id, valid_from=mid_march, **said)
    rules.save_draft(second, CLIFF, seen=second.version, **said)
    again = rules.begin_next(house.rollout_id, first.rule_id, valid_from=APRIL_1, by=house.alice, now=HANDED_OUT)
    assert again.id == second.id
    house.release(second)
    rows = rules.list_versions(house.rollout_id, released=True)
    held = [rules.pick_in_force(rows, first.rule_id, day) for day in (date(2026, 3, 15), date(2026, 3, 16))]
    assert [row.terms if row else RuleTerms() for row in held] == [RULE, CLIFF]


def test_a_draft_is_given_up_with_its_rule_unless_a_version_stands(house: PayHouse) -> None:
    draft = house.draft()
    rules.drop_draft(draft, by=house.hanna, now=HANDED_OUT)
    with pytest.raises(NotFound):
        rules.get_rule(house.rollout_id, draft.rule_id)
    with pytest.raises(RuleBroken, match="begin the next one"):
        rules.drop_draft(house.release(house.draft()), by=house.hanna, now=HANDED_OUT)


def test_the_newest_agreed_amount_holds_from_its_day(house: PayHouse) -> None:
    version = house.draft()
    house.agree(version, "north.2")
    house.agree(version, "north.2", minor=50_000, since=APRIL_1)
    rows = amounts.list_amounts(house.rollout_id, date.max)
    held = [amounts.pick_amount(rows, day) for day in (date(2026, 2, 28), *MARCH, APRIL_1)]
    assert [one.variable_minor if one else None for one in held] == [None, 100_000, 100_000, 50_000]
    with pytest.raises(RuleBroken, match="never negative"):
        house.agree(version, "north.2", minor=-1)


def test_people_are_paid_in_a_currency_of_their_own_which_stays_once_something_stands_in_it(house: PayHouse) -> None:
    here, said = house.rollout_id, {"by": house.hanna, "now": HANDED_OUT}
    assert policy.read_pay_currency(here) == get_rollout(here).currency == "EUR"
    policy.set_pay_currency(here, "PLN", **said)
    with pytest.raises(RuleBroken, match="no such currency"):
        policy.set_pay_currency(here, "XXX", **said)
    house.release(house.draft())
    policy.set_pay_currency(here, "PLN", **said)
    with pytest.raises(RuleBroken, match="it stays"):
        policy.set_pay_currency(here, "EUR", **said)
    assert (house.begin().currency, get_rollout(here).currency) == ("PLN", "EUR")
