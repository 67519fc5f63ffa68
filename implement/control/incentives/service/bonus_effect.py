"""What a rule of variable pay or a reward in kind changed for the weakest quarter, from days of use (M33)."""

from dataclasses import dataclass
from datetime import date, timedelta

from implement.control.incentives.service.reward_rules import list_rules
from implement.control.incentives.service.rules import list_versions
from implement.engine.bonus_effect import ThreeLevels, measure_bonus_effect
from implement.engine.pilot_effect import PilotEffect
from implement.rollout.service.unchanged import while_unchanged
from implement.rollout.service.usage import list_staff, span_of_usage
from implement.stages.pilot.service.comparison import compare_use

PERIOD = timedelta(weeks=4)
DAY = timedelta(days=1)
MOST_RULES = 3
QUIET = timedelta(days=3)
"""So many days at either end may be without any use: a weekend, a holiday."""


@dataclass(frozen=True)
class Bonus:
    """A rule of variable pay, or a reward in kind, and the day it came into force."""

    name: str
    is_pay: bool
    start: date

    @property
    def picked_from(self) -> date:
        """The first of the four weeks by which the weakest are picked."""
        return self.start - 2 * PERIOD

    @property
    def before_from(self) -> date:
        """The first of the four weeks that count as before."""
        return self.start - PERIOD

    @property
    def last(self) -> date:
        """The last of the four weeks after."""
        return self.start + PERIOD - DAY


@dataclass(frozen=True)
class BonusResult:
    """A bonus with its effect; without one `lacks` says why (days, usage, people, others).

    `beside` are other rules that came into force in the same twelve weeks: what each did cannot be told apart.
    """

    bonus: Bonus
    effect: PilotEffect | None
    lacks: str
    beside: tuple[str, ...] = ()


def list_bonuses(rollout_id: int, today: date) -> list[Bonus]:
    """Every rule that came into force, by its first day, the newest first."""
    first: dict[str, date] = {}
    for version in list_versions(rollout_id, released=True):
        first[version.name] = min(version.valid_from, first.get(version.name, version.valid_from))
    found = [Bonus(name, is_pay=True, start=start) for name, start in first.items()]
    found += [Bonus(rule.reward, is_pay=False, start=rule.starts_on) for rule in list_rules(rollout_id)]
    return sorted((one for one in found if one.start <= today), key=lambda one: (one.start, one.name), reverse=True)


def measure_bonuses(rollout_id: int, today: date) -> list[BonusResult]:
    """The newest rules with what each changed; reckoned once while nothing is written."""
    return while_unchanged(("bonus_effect", rollout_id, today), lambda: _measure_bonuses(rollout_id, today))


def _measure_bonuses(rollout_id: int, today: date) -> list[BonusResult]:
    bonuses, known = list_bonuses(rollout_id, today), span_of_usage(rollout_id)
    return [_measure(rollout_id, one, bonuses, known, today) for one in bonuses[:MOST_RULES]]


def _measure(
    rollout_id: int, bonus: Bonus, bonuses: list[Bonus], known: tuple[date, date] | None, today: date
) -> BonusResult:
    beside = tuple(
        one.name for one in bonuses if one is not bonus and bonus.picked_from <= one.start <= bonus.last
    )  # fmt: skip
    if bonus.last >= today:
        return BonusResult(bonus, None, "days", beside)
    if known is None or known[0] > bonus.picked_from + QUIET or known[1] < bonus.last - QUIET:
        return BonusResult(bonus, None, "usage", beside)
    effect = measure_bonus_effect(_read_levels(rollout_id, bonus))
    return BonusResult(bonus, effect, effect.lacks, beside)


def _read_levels(rollout_id: int, bonus: Bonus) -> list[ThreeLevels]:
    """Everybody who had the CRM and was there in all three periods."""
    start, earlier = bonus.start, bonus.picked_from
    picked = compare_use(rollout_id, earlier, bonus.before_from, start - DAY)
    compared = compare_use(rollout_id, bonus.before_from, start, bonus.last)
    levels = []
    for one in list_staff(rollout_id):
        if one.go_live is None or one.go_live > earlier or one.person_id not in picked:
            continue
        first, (before, after) = picked[one.person_id][0], compared[one.person_id]
        if first is not None and before is not None and after is not None:
            levels.append(ThreeLevels(first, before, after))
    return levels
