"""The score of a SCORES file against the truth of a simulated rollout."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tests.evaluators.usage.noise import OTHER_IDS
from tests.evaluators.usage.rollout import Rollout
from tests.evaluators.usage.staff import HEAD, LOG_DAYS, TYPES, Real, Whole, Yes

HEADER = [
    "user", "status", "usage", "usage_low", "usage_high", "resistance", "resistance_low", "resistance_high", "flagged",
    "type_1", "type_2", "dormancy_band", "dormancy_risk", "days_silent", "present_days", "note"]  # fmt: skip
LEAST_PRESENT_DAYS = 8
LEAST_NEXT_DAYS = 5
UNKNOWN = float("nan")


@dataclass(frozen=True)
class Figure:
    """One figure of a score with what it was counted on; NaN where the file leaves the column empty."""

    name: str
    value: float
    counted_on: int


Rows = Mapping[str, Mapping[str, str]]


def read_scores(path: Path) -> dict[str, dict[str, str]]:
    """The rows of a SCORES file by user; a header other than the contract's is refused."""
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        rows = {row["user"]: dict(row) for row in reader}
        if list(reader.fieldnames or []) != HEADER:
            raise ValueError(f"header is {reader.fieldnames}, the contract says {HEADER}")
    return rows


def auc(scores: Real, positive: Yes) -> float:
    """Probability that a positive ranks above a negative, ties counted half; NaN without both."""
    known = ~np.isnan(scores)
    scores, positive = scores[known], positive[known]
    above, below = int(positive.sum()), int((~positive).sum())
    if not above or not below:
        return UNKNOWN
    order = np.argsort(scores, kind="stable")
    _, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    ranks = (last - (counts - 1) / 2)[inverse]
    assert len(order) == len(ranks)
    return float((ranks[positive].sum() - above * (above + 1) / 2) / (above * below))


def precision_at_top(scores: Real, positive: Yes) -> float:
    """Share of positives among the k highest, k being their number."""
    known = np.flatnonzero(~np.isnan(scores))
    count = int(positive[known].sum())
    if not count:
        return UNKNOWN
    top = known[np.argsort(-scores[known], kind="stable")[:count]]
    return float(positive[top].mean())


def score_people(rows: Rows, rollout: Rollout) -> list[Figure]:
    """All figures of one SCORES file."""
    ids = rollout.staff.ids
    scored = np.array([rows.get(user, {}).get("status") == "scored" for user in ids])
    return [
        *_completeness(rows, rollout, scored),
        *_usage(rows, rollout, scored),
        *_resistance(rows, rollout, scored),
        *_types(rows, rollout, scored),
        *_dormancy(rows, rollout, scored),
    ]


def numbers_of(rows: Rows, ids: list[str], column: str) -> Real:
    """One column as numbers in the order of the ids, NaN where empty."""
    values = [rows.get(user, {}).get(column, "") for user in ids]
    return np.array([float(value) if value else UNKNOWN for value in values])


def _texts_of(rows: Rows, ids: list[str], column: str) -> list[str]:
    return [rows.get(user, {}).get(column, "") for user in ids]


def _share(name: str, right: Yes, among: Yes) -> Figure:
    count = int(among.sum())
    return Figure(name, float(right[among].mean()) if count else UNKNOWN, count)


def _completeness(rows: Rows, rollout: Rollout, scored: Yes) -> list[Figure]:
    ids, everybody = rollout.staff.ids, np.ones(rollout.staff.size, dtype=bool)
    left = rollout.staff.left <= LOG_DAYS
    present = rollout.presence.present[:, LOG_DAYS - 56 : LOG_DAYS].sum(axis=1)
    status = np.array(_texts_of(rows, ids, "status"))
    others = np.array([rows.get(user, {}).get("status") == "excluded" for user in OTHER_IDS])
    expected = np.where(left, "excluded", np.where(present < LEAST_PRESENT_DAYS, "not_enough_data", "scored"))
    return [
        _share("people with a row", status != "", everybody),
        _share("status right", status == expected, everybody),
        _share("robots and accounts excluded", others, np.ones(len(OTHER_IDS), dtype=bool)),
        _share("present days exact", numbers_of(rows, ids, "present_days") == present, scored),
    ]


def true_pace(rollout: Rollout) -> Real:
    """How much of the system's work a person does per exposure, against the median of the role."""
    pace = rollout.habits.records * rollout.habits.complete * rollout.habits.active**0.3
    medians = {role: np.median(pace[rollout.staff.role == role]) for role in np.unique(rollout.staff.role)}
    return np.asarray(pace / np.array([medians[role] for role in rollout.staff.role]))


def _ranks(values: Real) -> Real:
    return np.argsort(np.argsort(values, kind="stable"), kind="stable").astype(float)


def _usage(rows: Rows, rollout: Rollout, scored: Yes) -> list[Figure]:
    usage = numbers_of(rows, rollout.staff.ids, "usage")
    low, high = (numbers_of(rows, rollout.staff.ids, f"usage_{end}") for end in ("low", "high"))
    known = scored & ~np.isnan(usage)
    if known.sum() < 3:
        return [Figure("usage against true pace (rank correlation)", UNKNOWN, 0)]
    correlation = np.corrcoef(_ranks(usage[known]), _ranks(true_pace(rollout)[known]))[0, 1]
    width = float(np.nanmean((high - low)[known]))
    return [
        Figure("usage against true pace (rank correlation)", float(correlation), int(known.sum())),
        _share("usage within its own interval", (low <= usage) & (usage <= high), known),
        Figure("mean width of usage intervals", width, int(known.sum())),
    ]


def _resistance(rows: Rows, rollout: Rollout, scored: Yes) -> list[Figure]:
    ids, resists = rollout.staff.ids, rollout.staff.resists > 0
    resistance = np.where(scored, numbers_of(rows, ids, "resistance"), UNKNOWN)
    flagged = np.array(_texts_of(rows, ids, "flagged")) == "yes"
    filled = int((~np.isnan(resistance)).sum())
    if not filled:
        return [Figure("resistance (column empty)", UNKNOWN, 0)]
    groups = [_share(f"wrongly flagged: {name}", flagged, scored & ~resists & members)
              for name, members in rollout.vulnerable.items()]  # fmt: skip
    return [
        Figure("AUC of resisters", auc(resistance, resists), filled),
        Figure("precision at top k", precision_at_top(resistance, resists), int((resists & scored).sum())),
        _share("flagged among resisters", flagged, scored & resists),
        _share("wrongly flagged", flagged, scored & ~resists),
        _share("wrongly flagged: heads", flagged, scored & ~resists & (rollout.staff.role == HEAD)),
        *groups,
    ]


def _types(rows: Rows, rollout: Rollout, scored: Yes) -> list[Figure]:
    ids, resists = rollout.staff.ids, rollout.staff.resists
    flagged = (np.array(_texts_of(rows, ids, "flagged")) == "yes") & scored & (resists > 0)
    truth = np.array(TYPES)[resists]
    first, second = (np.array(_texts_of(rows, ids, f"type_{place}")) for place in (1, 2))
    if not (first != "").any():
        return [Figure("types (columns empty)", UNKNOWN, 0)]
    either = (first == truth) | (second == truth)
    typed = scored & (resists > 0) & (first != "")
    return [
        _share("type first, flagged resisters", first == truth, flagged),
        _share("type among first two, flagged resisters", either, flagged),
        _share("type first, all typed resisters", first == truth, typed),
        _share("type among first two, all typed resisters", either, typed),
    ]


def silence_baselines(rollout: Rollout) -> tuple[Whole, Whole]:
    """Days since the last active day, and active days of the last 28: the two plain predictors."""
    logged = rollout.active[:, :LOG_DAYS]
    ever = logged.any(axis=1)
    silent = np.where(ever, np.argmax(logged[:, ::-1], axis=1), LOG_DAYS)
    return silent, logged[:, -28:].sum(axis=1)


def _dormancy(rows: Rows, rollout: Rollout, scored: Yes) -> list[Figure]:
    ids = rollout.staff.ids
    active_next, present_next = rollout.next_days
    judged = scored & (present_next >= LEAST_NEXT_DAYS)
    falls_silent = active_next == 0
    recency, active_days = silence_baselines(rollout)
    risk = numbers_of(rows, ids, "dormancy_risk")
    count = int(judged.sum())
    return [
        Figure("AUC of dormancy", auc(risk[judged], falls_silent[judged]), count),
        Figure("… of recency alone", auc(recency[judged].astype(float), falls_silent[judged]), count),
        Figure("… of active days of 28 alone", auc(-active_days[judged].astype(float), falls_silent[judged]), count),
        _share("days silent exact", numbers_of(rows, ids, "days_silent") == recency, scored & (recency < LOG_DAYS)),
    ]


def interval_coverage(rows: Rows, again: Rows, ids: list[str], column: str = "usage") -> Figure:
    """Share of people whose score, when they live the same weeks again, lies within the first interval."""
    low, high = (numbers_of(rows, ids, f"{column}_{end}") for end in ("low", "high"))
    second = numbers_of(again, ids, column)
    known = ~np.isnan(low) & ~np.isnan(high) & ~np.isnan(second)
    return _share(f"second life within the {column} interval", (low <= second) & (second <= high), known)
