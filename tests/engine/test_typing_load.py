"""How long people type: seconds by kind, minutes a day by role, and the share of parts that nobody asked for."""

from fractions import Fraction

import pytest

from implement.engine.typing_load import DEFAULT_TYPING, FIELD_KINDS, TypedField, measure_overload, reckon_load


@pytest.mark.parametrize(
    ("kind", "seconds"),
    [
        ("yes_no", 3),  # think 1.35 + point 1.1 = 2.45
        ("choice", 4),  # 1.35 + 2 × 1.1 = 3.55
        ("text", 9),  # 1.35 + 1.1 + 0.4 + 20 × 0.28 = 8.45
        ("long_text", 63),  # 4 × 1.35 + 1.1 + 0.4 + 200 × 0.28 = 62.9
    ],
)
def test_seconds_follow_the_keystroke_level_model(kind: str, seconds: int) -> None:  # M109
    assert DEFAULT_TYPING.seconds(kind) == seconds


def test_every_kind_of_field_has_its_seconds() -> None:
    assert all(DEFAULT_TYPING.seconds(kind) > 0 for kind in FIELD_KINDS)


def test_minutes_a_day_are_entries_times_seconds_over_five_days() -> None:  # M109
    notes = TypedField("Sales", "Activity", "What was agreed", 150, 63)
    kind = TypedField("Sales", "Activity", "Kind", 150, 4)
    load = reckon_load([kind, notes])[0]
    assert load.minutes_a_day == Fraction(150 * 63 + 150 * 4, 300)
    assert [one.name for one, _minutes in load.fields] == ["What was agreed", "Kind"]
    assert load.by_object == (("Activity", load.minutes_a_day),)


@pytest.mark.parametrize(("entries", "is_too_much"), [(600, False), (601, True)])
def test_two_hours_are_still_borne_and_more_is_not(entries: int, is_too_much: bool) -> None:  # M109
    load = reckon_load([TypedField("Sales", "Deal", "Next step", entries, 60)])[0]
    assert load.is_too_much is is_too_much


def test_the_most_burdened_role_stands_first() -> None:
    fields = [TypedField(role, "Task", "What", entries, 10) for role, entries in (("Head", 5), ("Sales", 50))]
    assert [load.role for load in reckon_load(fields)] == ["Sales", "Head"]


def test_the_index_is_the_share_that_nobody_asked_for() -> None:  # M17
    parts = [("field", True), ("field", False), ("function", True), ("widget", False)]
    found = measure_overload(parts, ("function", "field", "widget", "integration"))
    assert found.counts == (("function", 1, 0), ("field", 2, 1), ("widget", 1, 1), ("integration", 0, 0))
    assert found.index == Fraction(1, 2)
    assert measure_overload([], ("field",)).index is None
