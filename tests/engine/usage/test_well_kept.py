"""Which records count as well kept: entered in time and filled, as far as the log tells (M25)."""

from pathlib import Path

import pytest

from tests.engine.usage.logs import MONDAY, an_event, read_folder, write_table

IN_TIME, LATE = MONDAY.isoformat(), "2024-01-03"


@pytest.mark.parametrize(
    ("columns", "counts"),
    [
        ({"effective_date": IN_TIME, "filled": "8", "total": "10"}, 1),
        ({"effective_date": IN_TIME, "filled": "7", "total": "10"}, 0),
        ({"effective_date": LATE, "filled": "10", "total": "10"}, 0),
        ({"effective_date": "2024-01-04", "filled": "10", "total": "10"}, 1),
        ({"effective_date": LATE}, 0),
        ({"effective_date": IN_TIME}, 1),
        ({"filled": "10", "total": "10"}, 1),
        ({"filled": "0", "total": "0", "effective_date": ""}, 0),
        ({"effective_date": ""}, 0),
        ({}, 0),
        ({"effective_date": IN_TIME, "source": "import"}, 0),
        ({"effective_date": IN_TIME, "action": "view"}, 0),
    ],
)
def test_a_record_is_well_kept_in_time_and_filled(tmp_path: Path, columns: dict[str, str], counts: int) -> None:
    event = an_event("alice", MONDAY) | columns
    _exchange, days = read_folder(write_table(tmp_path, "events", [event]))
    assert days.total("well_kept") == counts
