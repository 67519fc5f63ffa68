"""Measure on real logs who falls silent: `python -m tests.engine.dormancy.measure DIR …`.

Every week the log is cut; asked is who has no active day in the 28 days after the cut, among those seen before it.
Printed are the AUC of our rank beside recency and active days of 28, and how often the interval of the rhythm holds.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from implement.engine.scoring import Scoring, score
from tests.engine.usage.logs import read_folder
from tests.evaluators.usage.scoring import auc

AHEAD_DAYS = 28
LEAST_DAYS_BEFORE = 42
STEP_DAYS = 7
MOST_CUTS = 26


@dataclass(frozen=True)
class Cut:
    """What was foreseen on one day beside what came."""

    rank: np.ndarray
    recency: np.ndarray
    active_of_28: np.ndarray
    fell_silent: np.ndarray
    held: list[bool]


def measure(folder: Path) -> list[Cut]:
    """Cut the log of a folder each week from its end."""
    exchange, user_days = read_folder(folder)
    first, last = user_days.first_day, user_days.last_day
    assert first is not None and last is not None
    cuts = [last - timedelta(days=AHEAD_DAYS + STEP_DAYS * number) for number in range(MOST_CUTS)]
    known = score(user_days, exchange.workforce, last)
    chosen = [day for day in cuts if (day - first).days >= LEAST_DAYS_BEFORE]
    return [_look_ahead(score(user_days, exchange.workforce, day), known, day) for day in chosen]


def _look_ahead(then: Scoring, known: Scoring, day: date) -> Cut:
    span = slice((day - known.exposure.first_day).days + 1, (day - known.exposure.first_day).days + 1 + AHEAD_DAYS)
    rows = [row for row in then.scores if row.last_active_day is not None and row.dormancy_risk is not None]
    rows = [row for row in rows if row.user in known.exposure.rows]
    places = [known.exposure.rows[row.user] for row in rows]
    active = known.exposure.active[places, span]
    present = known.exposure.present[places, span]
    before = then.exposure.active[[then.exposure.rows[row.user] for row in rows], -AHEAD_DAYS:]
    held = [
        part.low - 1e-9 <= (active[n] & present[n]).sum() / present[n].sum() <= part.high + 1e-9
        for n, row in enumerate(rows)
        for part in row.parts
        if part.name == "rhythm" and present[n].sum() >= 8
    ]
    recency = np.array([float(row.days_silent or 0) for row in rows])
    rank = np.array([round(row.dormancy_risk or 0.0, 1) for row in rows])
    return Cut(rank, recency, -before.sum(axis=1).astype(float), ~active.any(axis=1), held)


def main(folders: Sequence[str]) -> int:
    """Print one line a log: the means over the cuts."""
    for folder in folders:
        cuts = measure(Path(folder))
        figures = [
            np.nanmean([auc(getattr(cut, name), cut.fell_silent) for cut in cuts])
            for name in ("rank", "recency", "active_of_28")
        ]
        held = np.mean([each for cut in cuts for each in cut.held])
        print(
            f"{Path(folder).name}: {len(cuts)} cuts, AUC {figures[0]:.3f} (recency {figures[1]:.3f}, "
            f"active days of 28 {figures[2]:.3f}), intervals hold {held:.3f}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
