"""The figure a remedy was meant to move, before and after, counted by hand from a few days."""

from datetime import date

import pytest

from implement.engine.remedy_effect import BeforeAfter
from implement.rollout.service.usage import UsageDayRow
from implement.stages.adoption.service.remedy_quality import FIGURE_OF_KIND, FIGURES, Days, add_up
from tests.rooms.test_booked_orders import someone

DAYS = Days(date(2026, 3, 2), date(2026, 3, 16), date(2026, 3, 31))
ANN = someone(1, "North")
COUNTS = {"dated": 10, "late": 4, "deal_records": 5, "filled": 60, "total": 90, "tasks_assigned": 3, "tasks_done": 2}


def a_day(day: date, records: int = 20) -> UsageDayRow:
    return UsageDayRow("north.1", day, records, records, records, COUNTS)


@pytest.mark.parametrize(
    ("figure", "before", "after"),
    [
        ("in_time", (6, 10), (12, 20)),
        ("beyond_deals", (15, 20), (30, 40)),
        ("filled", (20, 30), (40, 60)),
        ("tasks_done", (2, 3), (4, 6)),
        ("before_month_end", (20, 20), (20, 40)),
    ],
)
def test_k_of_n_before_and_after(figure: str, before: tuple[int, int], after: tuple[int, int]) -> None:
    rows = [a_day(date(2026, 3, 13)), a_day(date(2026, 3, 16)), a_day(date(2026, 3, 30)), a_day(date(2026, 4, 1))]
    found = add_up(rows, figure, {ANN.person_id: ANN}, DAYS)
    assert found == {ANN.person_id: BeforeAfter(str(ANN.team_id), *before, *after)}


def test_strangers_count_for_nobody_and_every_figure_is_known() -> None:
    stranger = UsageDayRow("stranger", date(2026, 3, 13), 9, 9, 9, COUNTS)
    assert add_up([stranger], "in_time", {ANN.person_id: ANN}, DAYS)[ANN.person_id].days_before == 0
    assert set(FIGURE_OF_KIND.values()) <= set(FIGURES)
