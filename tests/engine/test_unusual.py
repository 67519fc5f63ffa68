"""A day that lies far beyond colleagues' usual day is found, whoever else looks at much."""

from datetime import date, timedelta

from implement.engine.unusual import LookDay, find_unusual_days

MONDAY = date(2026, 3, 2)


def days_of(user: str, role: str, *counts: int) -> list[LookDay]:
    return [LookDay(user, role, MONDAY + timedelta(days=number), count) for number, count in enumerate(counts)]


def test_an_export_of_everything_stands_out_against_colleagues() -> None:  # M49
    looks = [look for n in range(6) for look in days_of(f"seller {n}", "seller", 20, 24, 22)]
    _, (found,) = find_unusual_days([*looks, *days_of("bob", "seller", 21, 400, 23)])
    assert (found.user, found.k, found.n, found.top.count) == ("bob", 1, 3, 400)
    assert found.usual.middle == 22


def test_a_role_that_always_looks_at_much_is_held_against_itself() -> None:
    sellers = [look for n in range(6) for look in days_of(f"seller {n}", "seller", 20, 24)]
    office = [look for n in range(6) for look in days_of(f"office {n}", "office", 300, 320)]
    assert find_unusual_days([*sellers, *office])[1] == ()


def test_one_who_copies_every_day_does_not_move_the_limit() -> None:
    looks = [look for n in range(6) for look in days_of(f"seller {n}", "seller", 20, 24, 22, 21)]
    usual, found = find_unusual_days([*looks, *days_of("bob", "seller", *(500,) * 30)])
    assert usual[0].limit < 100
    assert [one.user for one in found] == ["bob"]


def test_a_role_of_two_is_held_against_everybody() -> None:
    looks = [look for n in range(6) for look in days_of(f"seller {n}", "seller", 20, 24)]
    _, (found,) = find_unusual_days([*looks, *days_of("ann", "board", 20, 20), *days_of("joe", "board", 22, 900)])
    assert found.user == "joe" and found.usual.is_of_all


def test_small_numbers_are_never_unusual() -> None:
    looks = [look for n in range(6) for look in days_of(f"seller {n}", "seller", 0, 1)]
    assert find_unusual_days([*looks, *days_of("bob", "seller", 40)])[1] == ()
