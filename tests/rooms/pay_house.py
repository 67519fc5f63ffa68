"""A small firm that pays by a rule: who writes, computes, checks and approves, and what tests of pay ask for most."""

from dataclasses import replace
from datetime import UTC, date, datetime

from implement.control.incentives.service import amounts, policy, rules
from implement.control.incentives.tables import PayRuleVersion
from implement.engine.pay.rule import Formula, RuleItem, RuleTerms
from implement.rollout.tables import User
from implement.web.access import Role
from tests import builders
from tests.rooms.bound_firm import HANDED_OUT, Firm, a_bound_firm

RULE = RuleTerms(items=(RuleItem("visits", "process", 6_000), RuleItem("won", "result", 4_000)))
CLIFF = replace(RULE, items=(replace(RULE.items[0], formula=Formula("cliff", ("0.6",))), RULE.items[1]))
MARCH, APRIL_1 = (date(2026, 3, 1), date(2026, 3, 31)), date(2026, 4, 1)
AFTER = datetime(2026, 4, 2, 9, tzinfo=UTC)
THOUSAND = 100_000


class PayHouse:
    """The firm with Hanna of HR beside Alice who leads."""

    def __init__(self, firm: Firm) -> None:
        self.firm, self.rollout_id = firm, firm.rollout_id
        self.alice, self.bob = firm.alice, firm.accounts["north.2"]
        self.hanna = builders.a_member(firm.rollout_id, Role.HR)
        policy.set_policy(self.rollout_id, "both", by=self.alice, now=HANDED_OUT)

    def draft(self, terms: RuleTerms = RULE, *, name: str = "Sales", by: User | None = None) -> PayRuleVersion:
        """Hanna drafts a rule."""
        said = {"by": by or self.hanna, "now": HANDED_OUT}
        version = rules.begin_rule(self.rollout_id, name, valid_from=MARCH[0], **said)
        rules.save_draft(version, terms, seen=version.version, **said)
        return version

    def release(self, version: PayRuleVersion, *, by: User | None = None, now: datetime = HANDED_OUT) -> PayRuleVersion:
        """Alice releases it."""
        by = by or self.alice
        rules.release_rule(version, seen=version.version, by=by, now=now, today=now.date())
        return version

    def agree(self, version: PayRuleVersion, *users: str, minor: int = THOUSAND, since: date = MARCH[0]) -> None:
        """Hanna agrees an amount with people."""
        for user in users:
            person_id, said = self.firm.people[user], {"by": self.hanna, "now": HANDED_OUT}
            amounts.agree_amount(self.rollout_id, person_id, version.rule_id, minor, valid_from=since, **said)


def a_pay_house(*, legal_profile: str = "EU", size: int = 5) -> PayHouse:
    """Teams of five, policy both."""
    return PayHouse(a_bound_firm(builders.a_rollout(legal_profile=legal_profile).id, size=size))
