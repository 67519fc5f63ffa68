"""The people of an invented firm: teams, roles, part time, new hires, leavers, and who resists in which way."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Whole: TypeAlias = NDArray[np.int64]
Real: TypeAlias = NDArray[np.float64]
Yes: TypeAlias = NDArray[np.bool_]
Words: TypeAlias = NDArray[np.str_]
Random: TypeAlias = np.random.Generator

ROLES = ("sales_rep", "key_account", "inside_sales", "service", "back_office", "head", "partner_sales")
REP, KEY_ACCOUNT, INSIDE, SERVICE, BACK_OFFICE, HEAD, PARTNER = range(7)
TYPES = (
    "none", "spreadsheet_keeper", "sceptic", "overwhelmed", "task_conflict", "data_allergy", "month_end_entry",
    "meeting_eve_entry", "incentive_gaming")  # fmt: skip
(NONE, SPREADSHEETS, SCEPTIC, OVERWHELMED, TASK_CONFLICT, DATA_ALLERGY, MONTH_END, MEETING_EVE, GAMING) = range(9)
TYPE_SHARES = (0.2, 0.16, 0.15, 0.14, 0.12, 0.1, 0.09, 0.04)
TEAM_SIZE = 8
LOG_DAYS = 182
FUTURE_DAYS = 28
LAST_DAY = np.datetime64("2025-06-30", "D")
FIRST_DAY = LAST_DAY - (LOG_DAYS - 1)
WORK_DAYS = ("12345", "12345", "1234", "123", "135", "2345")
FULL_TIME_DAYS = 2


@dataclass(frozen=True)
class Mix:
    """How a firm is made up; shares of its people."""

    resisters: float = 0.18
    strength: float = 1.0
    part_time: float = 0.22
    absent: float = 0.12
    new_hires: float = 0.07
    leavers: float = 0.03
    silent_risk_per_week: float = 0.008
    only_type: int = NONE
    in_new_role: float = 0.0


@dataclass
class Staff:
    """One array per attribute, one place per person; days count from FIRST_DAY."""

    team: Whole
    role: Whole
    wave: Whole
    fte: Real
    works_on: Yes  # person × weekday (0 = Monday)
    work_days: Words
    manager: Whole  # place of the head, −1 for heads
    go_live: Whole
    hired: Whole
    left: Whole  # beyond the future when nobody left
    resists: Whole  # place in TYPES
    strength: Real

    @property
    def size(self) -> int:
        return len(self.team)

    @property
    def ids(self) -> list[str]:
        return [f"u{number:05}" for number in range(1, self.size + 1)]


def build_staff(size: int, mix: Mix, random: Random) -> Staff:
    """Teams of about eight with a head each; resisters drawn from those who stay."""
    teams = max(1, round(size / TEAM_SIZE))
    team = np.sort(np.arange(size) % teams)
    heads = np.unique(team, return_index=True)[1]
    role = _roles(team, teams, random)
    role[heads] = HEAD
    manager = heads[team]
    manager[heads] = -1
    is_new = (role != HEAD) & (random.random(size) < mix.in_new_role) if mix.in_new_role else np.zeros(size, bool)
    role[is_new] = PARTNER
    wave = team % 3
    days = random.choice(np.arange(len(WORK_DAYS)), size)
    days[random.random(size) >= mix.part_time] = 0
    hired = np.where(is_new, LOG_DAYS - 60, _hired(size, mix, random))
    left = np.where(random.random(size) < mix.leavers, random.integers(60, LOG_DAYS - 5, size), LOG_DAYS + 999)
    left[heads] = LOG_DAYS + 999
    return Staff(
        team=team, role=role, wave=wave, fte=_shares_of_full_time(days, random), works_on=_weekdays(days),
        work_days=np.array(WORK_DAYS)[days], manager=manager, go_live=wave * 14, hired=hired, left=left,
        resists=_resisters(size, left, mix, random),
        strength=np.clip(random.normal(mix.strength, 0.15 * mix.strength, size), 0.2, 1.6))  # fmt: skip


def _roles(team: Whole, teams: int, random: Random) -> Whole:
    kind_of_team = random.permutation(np.arange(teams) % 5)
    main = np.array([REP, INSIDE, REP, SERVICE, BACK_OFFICE])[kind_of_team][team]
    mixed_in = (main == REP) & (random.random(len(team)) < 0.3)
    return np.where(mixed_in, KEY_ACCOUNT, main)


def _hired(size: int, mix: Mix, random: Random) -> Whole:
    before = -random.integers(30, 4000, size)
    lately = random.integers(LOG_DAYS - 75, LOG_DAYS - 20, size)
    return np.where(random.random(size) < mix.new_hires, lately, before)


def _shares_of_full_time(days: Whole, random: Random) -> Real:
    count = np.array([len(days_of) for days_of in WORK_DAYS])[days]
    shorter = np.where(days == 1, random.choice([0.5, 0.6, 0.75], len(days)), 1.0)
    return np.round(count / 5 * shorter, 2)


def _weekdays(days: Whole) -> Yes:
    table = np.array([[str(weekday + 1) in days_of for weekday in range(7)] for days_of in WORK_DAYS])
    return table[days]


def _resisters(size: int, left: Whole, mix: Mix, random: Random) -> Whole:
    staying = np.flatnonzero(left > LOG_DAYS)
    count = min(len(staying), round(mix.resisters * size))
    chosen = random.permutation(staying)[:count]
    kinds = np.zeros(size, dtype=np.int64)
    kinds[chosen] = mix.only_type or random.choice(np.arange(1, len(TYPES)), count, p=TYPE_SHARES)
    return kinds
