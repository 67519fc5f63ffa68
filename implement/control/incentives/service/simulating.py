"""What a rule would have paid in a past month, held against the rules in force: winners and losers, nothing is kept."""

from dataclasses import dataclass
from datetime import date

from implement.control.incentives.service.gathering import Gathered, PickRule, gather
from implement.control.incentives.service.month import Month, read_month
from implement.control.incentives.service.rules import RuleRow, list_versions, pick_in_force
from implement.control.incentives.tables import PayRuleVersion
from implement.engine.pay import freeze_plan, price_plan, read_plan
from implement.engine.pay.rule import find_rule_faults, read_rule

FEWEST = 5


@dataclass(frozen=True)
class Compared:
    """One person's month under both rules, in minor units."""

    person_id: int
    before_minor: int
    after_minor: int

    @property
    def difference_minor(self) -> int:
        """What the new rule adds; below 0 what it takes."""
        return self.after_minor - self.before_minor


@dataclass(frozen=True)
class Simulation:
    """A month under both rules; people of whom something is missing are counted, not guessed."""

    first_day: date
    people: tuple[Compared, ...]
    left_out: int

    @property
    def winners(self) -> int:
        """Who would get more."""
        return sum(one.difference_minor > 0 for one in self.people)

    @property
    def losers(self) -> int:
        """Who would get less."""
        return sum(one.difference_minor < 0 for one in self.people)

    @property
    def is_withheld(self) -> bool:
        """True where a count would point at a person: fewer than five, all in all or on a side that is not empty."""
        same = len(self.people) - self.winners - self.losers
        sides = [side for side in (self.winners, self.losers, same) if side]
        return len(self.people) < FEWEST or any(side < FEWEST for side in sides)

    @property
    def before_minor(self) -> int:
        """All that was due by the rules in force."""
        return sum(one.before_minor for one in self.people)

    @property
    def after_minor(self) -> int:
        """All that would be due by the new rule."""
        return sum(one.after_minor for one in self.people)


def simulate(rollout_id: int, version: PayRuleVersion, first_day: date, last_day: date) -> Simulation | None:
    """Price a past month for everybody by the rules in force and by this version; None while the version has faults."""
    terms = read_rule(version.terms)
    if find_rule_faults(terms):
        return None
    month, rows = read_month(rollout_id, first_day, last_day), list_versions(rollout_id, released=True)
    tried = RuleRow(version.rule_id, version.id, "", version.number, version.valid_from, None, "", terms)

    def try_out(rule_id: int, day: date) -> RuleRow | None:
        return tried if rule_id == version.rule_id else pick_in_force(rows, rule_id, day)

    before, after = _price(month, None), _price(month, try_out)
    both = sorted(before.keys() & after.keys())
    people = tuple(Compared(who, before[who], after[who]) for who in both)
    return Simulation(first_day, people, len(before.keys() | after.keys() | _paid(month)) - len(both))


def _price(month: Month, pick: PickRule | None) -> dict[int, int]:
    """By person what a month pays; whoever lacks something is missing."""
    found = gather(month, pick=pick, demands_basis=False)
    lacking = {one.person_id for one in found.lacks}
    whole = [payee for payee in found.payees if payee.person_id not in lacking]
    entries = {entry for payee in whole for entry in payee.entries}
    kept = [entry for entry in found.entries if entry["id"] in entries]
    if not kept:
        return {}
    plan = read_plan(freeze_plan(found.terms, kept))
    paid = {pay.person.id: pay.total_minor for pay in price_plan(plan)}
    return {payee.person_id: sum(paid[one] for one in payee.entries) for payee in whole if payee.person_id is not None}


def _paid(month: Month) -> set[int]:
    """Everybody who has a variable part in the month."""
    found: Gathered = gather(month, demands_basis=False)
    return {payee.person_id for payee in found.payees if payee.person_id is not None}
