"""Figures over what happened: counted by week and person, and in how few hands the losses lie."""

from datetime import date

from implement.engine.drift import DriftCount, DriftFinding, count_drift, drift_table, find_few_hands, sum_groups


def a_finding(number: int, change: str = "emptied", by: str = "U1", on: date | None = None) -> DriftFinding:
    return DriftFinding("deals", f"D{number}", f"D{number}", change, "Amount", "1", "", "U2", "Bob", by, "", on,
                        number, number)  # fmt: skip


def losses(*authors: tuple[str, int]) -> list[DriftCount]:
    return [DriftCount("deals", "emptied", "Amount", "", author, None, count) for author, count in authors]


def test_findings_are_counted_by_week_and_by_the_names_of_people() -> None:
    rows = [a_finding(1, on=date(2025, 3, 20)), a_finding(2, on=date(2025, 3, 17)), a_finding(3)]
    assert count_drift(drift_table(rows)) == [
        DriftCount("deals", "emptied", "Amount", "Bob", "U1", date(2025, 3, 17), 2),
        DriftCount("deals", "emptied", "Amount", "Bob", "U1", None, 1),
    ]


def test_the_fewest_people_behind_half_of_the_losses_are_found() -> None:
    found = find_few_hands(losses(("Ada", 20), ("Bob", 10), ("Cem", 9), ("Dan", 9), ("Eva", 5)))
    assert found is not None and (found.people, found.losses, found.known) == (("Ada", "Bob"), 30, 53)


def test_losses_in_many_hands_or_in_unknown_ones_point_at_nobody() -> None:
    assert find_few_hands(losses(*((f"P{n}", 5) for n in range(9)))) is None
    assert find_few_hands(losses(("", 99))) is None
    assert find_few_hands([DriftCount("deals", "changed", "Amount", "", "Ada", None, 9)]) is None


def test_people_in_no_group_are_left_out_of_the_groups() -> None:
    assert sum_groups(losses(("Ada", 3), ("Bob", 2), ("Zed", 9)), {"Ada": "South", "Bob": "South"}) == {"South": 5}
