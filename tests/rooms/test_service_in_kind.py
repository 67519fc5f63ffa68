"""Rewards in kind: earned by well-kept records, asked for, granted never beyond what is due (M25)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session, scoped_session

from implement.control.incentives.service import in_kind, reward_rules
from implement.control.incentives.service.keeping import dispose_rewards, hold_rewards
from implement.control.incentives.tables import RewardRule
from implement.rollout.service.errors import NotAllowed, NotFound, RuleBroken
from implement.rollout.service.rollouts import get_rollout
from implement.rollout.service.usage import replace_usage_days
from implement.store import Store
from implement.web.access import Role, Standing
from tests import builders
from tests.rooms.bound_firm import MONDAY, Firm, a_bound_firm

Database = scoped_session[Session]
NOW = datetime(2026, 3, 16, 9, tzinfo=UTC)


class Shop:
    """A firm with a rule from Monday on: ten records, one lunch."""

    def __init__(self, firm: Firm) -> None:
        self.firm, self.here = firm, firm.rollout_id
        self.rule = self.begin()

    def begin(self, **wanted: object) -> RewardRule:
        asked = {"reward": "A free lunch", "records_per_reward": 10, "starts_on": MONDAY, **wanted}
        return reward_rules.begin_rule(self.here, **asked, by=self.firm.alice, now=NOW)  # type: ignore[arg-type]

    def keep_well(self, **records: int) -> None:
        """So many well-kept records on the rule's first day, and one on the day before it."""
        days = [MONDAY - timedelta(days=1), MONDAY]
        rows = [
            {"user": f"{user[:-1]}.{user[-1]}", "day": day, "events": 99, "active_events": 99, "records": 99,
             "well_kept": count if day == MONDAY else 1}
            for user, count in records.items() for day in days
        ]  # fmt: skip
        replace_usage_days(self.here, days, pa.Table.from_pylist(rows))

    def ledger(self, user: str = "north.2") -> in_kind.Ledger:
        return in_kind.read_ledgers(self.here, {self.firm.people[user]})[0]

    def standing(self, user: str | None, *roles: Role) -> Standing:
        return Standing(self.here, frozenset(roles), self.firm.people[user] if user else None)

    def claim(self, user: str = "north.2") -> None:
        in_kind.claim(self.here, self.rule.id, self.firm.people[user], by=self.firm.accounts[user], now=NOW)

    def grant(self, count: int, *, user: str = "north.2", by: str = "north.1", reason: str = "") -> None:
        head = self.standing(by, Role.HEAD)
        asked = (self.rule.id, self.firm.people[user], count)
        in_kind.grant(head, *asked, reason=reason, by=self.firm.accounts[by], now=NOW)


@pytest.fixture
def shop(session: Database) -> Shop:
    return Shop(a_bound_firm(builders.a_rollout().id))


@pytest.mark.both_databases
def test_every_ten_well_kept_records_earn_one_reward(shop: Shop) -> None:  # M25
    shop.keep_well(north2=37)
    ledger = shop.ledger()
    assert (ledger.records, ledger.due, ledger.to_next) == (37, 3, 3)


def test_what_was_granted_is_no_longer_due_and_stands_in_the_ledger(shop: Shop) -> None:
    shop.keep_well(north2=37)
    shop.claim()
    shop.grant(2)
    assert (shop.ledger().due, shop.ledger().is_claimed) == (1, False)
    (row,) = in_kind.list_grants(shop.here, shop.firm.people["north.2"])
    assert (row.reward, row.reward_count, row.records_then, row.by_name) == ("A free lunch", 2, 37, "Henry Head")


@pytest.mark.both_databases
def test_no_day_is_read_while_nobody_asked(shop: Shop, session: Database) -> None:
    shop.keep_well(north2=20)
    asked: list[str] = []

    def note(*said: object) -> None:
        asked.append(str(said[2]))

    event.listen(session.get_bind(), "before_cursor_execute", note)
    assert in_kind.read_claimed(shop.here) == []
    event.remove(session.get_bind(), "before_cursor_execute", note)
    assert asked and not any("usage_day" in statement for statement in asked)
    shop.claim()
    assert [(one.person_id, one.records) for one in in_kind.read_claimed(shop.here)] == [(shop.ledger().person_id, 20)]


def test_more_than_is_due_is_refused(shop: Shop) -> None:
    shop.keep_well(north2=37)
    shop.claim()
    with pytest.raises(RuleBroken, match="3 are due and 0 were granted"):
        shop.grant(4)


def test_a_grant_by_mistake_is_taken_back_with_a_reason(shop: Shop) -> None:
    shop.keep_well(north2=20)
    shop.claim()
    shop.grant(1)
    shop.claim()
    with pytest.raises(RuleBroken, match="reason"):
        shop.grant(-1)
    shop.grant(-1, reason="the lunch fell through")
    assert (shop.ledger().due, shop.ledger().is_claimed) == (2, True)


def test_a_head_grants_unasked_only_where_names_are_agreed(shop: Shop) -> None:  # R6
    shop.keep_well(north2=10)
    with pytest.raises(NotAllowed):
        shop.grant(1)


@pytest.mark.parametrize(("user", "by"), [("north.2", "south.1"), ("north.1", "north.1")])
def test_nobody_grants_to_other_teams_or_to_oneself(shop: Shop, user: str, by: str) -> None:
    shop.keep_well(north1=10, north2=10)
    shop.claim(user) if user == "north.2" else None
    with pytest.raises(NotAllowed):
        shop.grant(1, user=user, by=by)


@pytest.mark.parametrize(("records", "claims"), [(9, 1), (10, 2)])
def test_nobody_asks_for_what_is_not_due_or_twice(shop: Shop, records: int, claims: int) -> None:
    shop.keep_well(north2=records)
    for _ in range(claims - 1):
        shop.claim()
    with pytest.raises(RuleBroken):
        shop.claim()


REFUSALS: list[tuple[str, Callable[[Shop], object]]] = [
    ("Another rule runs then", lambda shop: shop.begin(starts_on=MONDAY + timedelta(days=365))),
    ("what the reward is", lambda shop: shop.begin(reward="  ")),
    ("Between 1 and", lambda shop: shop.begin(records_per_reward=0)),
]


@pytest.mark.parametrize(("said", "act"), REFUSALS)
def test_what_makes_no_sense_is_refused(shop: Shop, said: str, act: Callable[[Shop], object]) -> None:
    with pytest.raises(RuleBroken) as refused:
        act(shop)
    assert said in str(refused.value.sentence)


def test_a_rollout_whose_policy_is_pay_promises_nothing_in_kind(shop: Shop) -> None:
    reward_rules.end_rule(shop.here, shop.rule.id, by=shop.firm.alice, now=NOW, today=NOW.date())
    get_rollout(shop.here).pay_policy = "variable"
    with pytest.raises(RuleBroken, match="allows no rewards"):
        shop.begin(starts_on=NOW.date() + timedelta(days=1))


def test_a_rule_that_ended_counts_no_later_record(shop: Shop) -> None:
    reward_rules.end_rule(shop.here, shop.rule.id, by=shop.firm.alice, now=NOW, today=MONDAY)
    days = [MONDAY + timedelta(days=1)]
    row = {"user": "north.2", "day": days[0], "events": 9, "active_events": 9, "records": 9, "well_kept": 9}
    replace_usage_days(shop.here, days, pa.Table.from_pylist([row]))
    assert shop.ledger().records == 0
    with pytest.raises(NotFound):
        reward_rules.get_rule(shop.here + 1, shop.rule.id)


def test_what_was_granted_is_deleted_when_its_time_is_over(shop: Shop, store: Store) -> None:  # R10
    shop.keep_well(north2=10)
    shop.claim()
    shop.grant(1)
    assert hold_rewards(shop.here).count == 1
    assert dispose_rewards(shop.here, MONDAY, store).row_count == 0
    assert dispose_rewards(shop.here, MONDAY + timedelta(days=366), store).row_count == 2
