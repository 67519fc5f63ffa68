"""A small firm that pays by a rule: who writes, computes, checks and approves, and what tests of pay ask for most."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from implement.control.activity.service import delivering, plans, targets
from implement.control.activity.service.periods import add_period, get_period
from implement.control.activity.service.plans import PlanItem
from implement.control.activity.service.targets import Target
from implement.control.activity.tables import ActivityCount, ActivityCounting, ActivityCoverage
from implement.control.incentives.service import amounts, policy, rules, runs
from implement.control.incentives.service.computing import compute_run, gather_run
from implement.control.incentives.service.preparing import read_edition
from implement.control.incentives.tables import PayRuleVersion, PayRun
from implement.db import db
from implement.engine.activity.capacity import DaySettings
from implement.engine.law import Ground, Kpi, Terms
from implement.engine.pay.rule import Formula, RuleItem, RuleTerms
from implement.rollout.service.signatures import hash_bytes
from implement.rollout.tables import User
from implement.store import Store
from implement.web.access import Role, Standing
from tests import builders
from tests.rooms.bound_firm import HANDED_OUT, Firm, a_bound_firm

VISITS, CONTACTS = "kpi.visits", "kpi.contacts_kept"
RULE = RuleTerms(items=(RuleItem(VISITS, "process", 6_000), RuleItem(CONTACTS, "result", 4_000)))
CLIFF = replace(RULE, items=(replace(RULE.items[0], formula=Formula("cliff", ("0.6",))), RULE.items[1]))
MARCH, APRIL_1 = (date(2026, 3, 1), date(2026, 3, 31)), date(2026, 4, 1)
TUESDAY = date(2026, 3, 3)
AFTER = datetime(2026, 4, 2, 9, tzinfo=UTC)
THOUSAND = 100_000
LATE = Ground("late", "Deals entered late", "each time, at most twice", Decimal("0.05"), Decimal("0.10"))
FEEDS = tuple(Kpi(key, "to steer the work", "CRM", feeds_pay=True) for key in (VISITS, CONTACTS))
PAYING = Terms(kpis=FEEDS, grounds=(LATE,))
GOALS = {VISITS: 10, CONTACTS: 20}
DONE = {VISITS: 8, CONTACTS: 10}
HR, LEAD = frozenset({Role.HR}), frozenset({Role.LEAD})


class PayHouse:
    """The firm with Hanna of HR beside Alice who leads."""

    def __init__(self, firm: Firm) -> None:
        self.firm, self.rollout_id = firm, firm.rollout_id
        self.alice, self.bob = firm.alice, firm.accounts["north.2"]
        self.hanna = builders.a_member(firm.rollout_id, Role.HR)
        self.bob_id = firm.people["north.2"]
        policy.set_policy(self.rollout_id, "both", by=self.alice, now=HANDED_OUT)

    def draft(self, terms: RuleTerms = RULE, *, name: str = "Sales", by: User | None = None) -> PayRuleVersion:
        """Hanna drafts a rule."""
        said = {"by": by or self.hanna, "now": HANDED_OUT}
        version = rules.begin_rule(self.rollout_id, name, valid_from=MARCH[0], **said)  # type: ignore[arg-type]
        rules.save_draft(version, terms, seen=version.version, **said)  # type: ignore[arg-type]
        return version

    def release(self, version: PayRuleVersion, *, by: User | None = None, now: datetime = HANDED_OUT) -> PayRuleVersion:
        """Alice releases it."""
        by = by or self.alice
        rules.release_rule(version, seen=version.version, by=by, now=now, today=now.date())
        return version

    def agree(self, version: PayRuleVersion, *users: str, minor: int = THOUSAND, since: date = MARCH[0]) -> None:
        """Hanna agrees an amount with people."""
        for user in users:
            person_id, said = self.firm.people[user], {"valid_from": since, "by": self.hanna, "now": HANDED_OUT}
            amounts.agree_amount(self.rollout_id, person_id, version.rule_id, minor, **said)  # type: ignore[arg-type]

    def plan(self, *users: str, goals: Mapping[str, int] = GOALS, now: datetime = HANDED_OUT) -> None:
        """Alice plans March and hands out the sheets."""
        said = {"by": self.alice, "now": now, "today": now.date()}
        lead = Standing(self.rollout_id, LEAD, None)
        period = get_period(self.rollout_id, add_period(self.rollout_id, *MARCH, by=self.alice, now=now).id)
        items = (PlanItem(VISITS, 6_000, 60, 3), PlanItem(CONTACTS, 4_000, 6, 4))
        plans.write_plan(self.rollout_id, period, "seller", items, DaySettings(), seen=None, **said)  # type: ignore[arg-type]
        wanted = {(self.firm.people[user], key): Target(goal) for user in users for key, goal in goals.items()}
        targets.set_targets(lead, period, wanted, stamp=None, **said)  # type: ignore[arg-type]
        delivering.deliver(lead, period, **said)  # type: ignore[arg-type]

    def count(self, *users: str, done: Mapping[str, int] = DONE) -> None:
        """The CRM's log told all of March."""
        days = {"first_day": MARCH[0], "last_day": MARCH[1], "kpi_keys": list(GOALS), "at": AFTER}
        db.session.merge(ActivityCounting(rollout_id=self.rollout_id, **days))
        for user in users:
            person_id = self.firm.people[user]
            db.session.merge(ActivityCoverage(person_id=person_id, rollout_id=self.rollout_id))
            for key, number in done.items():
                db.session.merge(ActivityCount(person_id=person_id, kpi_key=key, day=TUESDAY, counted=number))
        db.session.flush()

    def bind(self, *users: str, terms: Terms = PAYING) -> None:
        """Everybody named acknowledges the regulation that lets both KPIs feed pay."""
        version = self.firm.bind(terms, valid_from=MARCH[0])
        for user in users:
            self.firm.acknowledge(version, self.firm.accounts[user])

    def prepare(self, *users: str, terms: RuleTerms = RULE) -> PayRuleVersion:
        """Rule, amounts, plan, actuals and regulation: everything a run of March needs."""
        users = users or ("north.2",)
        version = self.release(self.draft(terms))
        self.agree(version, *users)
        self.plan(*users)
        self.count(*users)
        self.bind(*users)
        return version

    def begin(self) -> PayRun:
        """Hanna begins the run of March."""
        return runs.begin_run(self.rollout_id, *MARCH, by=self.hanna, now=AFTER)

    def compute(self, store: Store, run: PayRun | None = None) -> PayRun:
        """Hanna has it computed."""
        run = run or self.begin()
        compute_run(self.rollout_id, run.id, gather_run(self.rollout_id, run.id), store=store, by=self.hanna, now=AFTER)
        return run

    def approve(self, store: Store, run: PayRun | None = None, *, by: User | None = None) -> PayRun:
        """Alice checks and, as somebody else of HR, Hugo approves."""
        run = run or self.compute(store)
        runs.check_run(run, seen=run.pay_sha256, by=self.alice, now=AFTER)
        by = by or builders.a_member(self.rollout_id, Role.HR)
        seen = {"seen": run.pay_sha256, "files_seen": see_files(run)}
        runs.approve_run(run, **seen, roles=HR, store=store, by=by, now=AFTER)
        return run

    def own(self, user: str = "north.2") -> Standing:
        """Where a seller stands."""
        return Standing(self.rollout_id, frozenset({Role.SALESPERSON}), self.firm.people[user])


def see_files(run: PayRun) -> str:
    """What the page shows of the prepared files, as whoever signs them hands it back."""
    return hash_bytes(read_edition(run).manifest)


def a_pay_house(*, legal_profile: str = "EU", size: int = 5) -> PayHouse:
    """Teams of five, policy both."""
    return PayHouse(a_bound_firm(builders.a_rollout(legal_profile=legal_profile).id, size=size))
