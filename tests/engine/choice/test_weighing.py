"""Scores from what is known, knock-outs, and the exact smallest change with which the second would win."""

from datetime import date
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from implement.engine.checklist import Text
from implement.engine.choice import (
    Hosting,
    Limit,
    Needs,
    Price,
    Source,
    System,
    check_system,
    find_level_changes,
    find_weight_changes,
    rank_scores,
    score_system,
    weigh_criteria,
)

SOURCE = Source("call", Text("A call", "Ein Anruf", "Rozmowa", "Звонок"), date(2026, 1, 1))
NAMES = ("records", "deals", "api", "telephony")
LEVELS = st.fixed_dictionaries({name: st.integers(0, 4) for name in NAMES})
WEIGHTS = st.fixed_dictionaries({name: st.integers(0, 60).map(lambda n: Fraction(n, 7)) for name in NAMES})
HAIR = Fraction(1, 10**9)


def a_system(**wanted: object) -> System:
    """A system with ten accounts at most, at the vendor's, in German."""
    price = Price("ask", None, "", None)
    usual = {"hosting": (Hosting.SAAS,), "languages": ("de",), "limits": (Limit("accounts", 10, SOURCE),)}
    kept = {**usual, **wanted}
    text = SOURCE.text
    return System("one", "One", "paid", ("M83",), text, "ask", levels={}, price=price, sources=(SOURCE,),
                  connector="", **kept)  # type: ignore[arg-type]  # fmt: skip


def low(levels: dict[str, int], weights: dict[str, Fraction]) -> Fraction:
    return score_system("any", dict(levels), weights).low


def test_weights_are_the_points_of_the_requirements_unless_set_by_hand() -> None:  # M67
    weights = weigh_criteria([("deals", 3), ("api", 1), ("deals", 2)], {"api": Fraction(4)})
    assert weights == {"deals": 5, "api": 4}


def test_score_is_the_weighted_level_and_says_how_each_part_adds_to_it() -> None:
    score = score_system("one", {"deals": 4, "api": 2}, {"deals": Fraction(3), "api": Fraction(1)})
    assert score.low == score.high == Fraction(7, 8)
    assert [part.weight for part in score.parts] == [Fraction(3, 4), Fraction(1, 4)]
    assert [part.low for part in score.parts] == [Fraction(3, 4), Fraction(1, 8)]


def test_what_is_not_known_widens_the_score_instead_of_being_guessed() -> None:
    score = score_system("one", {"deals": 3}, {"deals": Fraction(1), "api": Fraction(1)})
    assert (score.low, score.high) == (Fraction(3, 8), Fraction(7, 8))
    assert [part.criterion_id for part in score.unknown] == ["api"]


def test_the_surely_better_stands_first_and_promises_decide_only_ties() -> None:
    weights = {"deals": Fraction(1), "api": Fraction(1)}
    sure = score_system("sure", {"deals": 4, "api": 1}, weights)
    vague = score_system("vague", {"deals": 4}, weights)
    other = score_system("other", {"deals": 4, "api": 0}, weights)
    assert [one.system_id for one in rank_scores([other, vague, sure])] == ["sure", "vague", "other"]


def test_a_worked_change_of_weight() -> None:
    first, second = {"deals": 4, "api": 1}, {"deals": 2, "api": 4}
    (smallest, other) = find_weight_changes(first, second, {"deals": Fraction(6), "api": Fraction(2)})
    # the first leads by 6·2 − 2·3 = 6; deals must fall by 3, or api rise by 2
    assert (smallest.criterion_id, smallest.tie, smallest.change) == ("api", 4, 2)
    assert (smallest.share_now, smallest.share_at_tie) == (Fraction(1, 4), Fraction(4, 10))
    assert (other.criterion_id, other.change) == ("deals", -3)


@given(LEVELS, LEVELS, WEIGHTS)
def test_the_named_change_of_weight_lets_the_second_win_and_less_does_not(
    first: dict[str, int], second: dict[str, int], weights: dict[str, Fraction]
) -> None:
    assume(sum(weights.values()) > 0 and low(first, weights) > low(second, weights))
    for change in find_weight_changes(first, second, weights):
        step = HAIR if change.change >= 0 else -HAIR
        beyond = {**weights, change.criterion_id: change.tie + step}
        short = {**weights, change.criterion_id: change.tie - step}
        assert low(second, beyond) > low(first, beyond)
        assert low(second, short) < low(first, short)


@given(LEVELS, LEVELS, WEIGHTS)
def test_the_smallest_change_of_weight_is_the_smallest(
    first: dict[str, int], second: dict[str, int], weights: dict[str, Fraction]
) -> None:
    assume(sum(weights.values()) > 0 and low(first, weights) > low(second, weights))
    changes = find_weight_changes(first, second, weights)
    smallest = abs(changes[0].change) if changes else Fraction(100)
    for name in NAMES:
        for direction in (-1, 1):
            moved = max(Fraction(0), weights[name] + direction * smallest * Fraction(99, 100))
            assert low(second, {**weights, name: moved}) <= low(first, {**weights, name: moved})


@given(LEVELS, LEVELS, WEIGHTS)
def test_the_named_level_lets_the_second_win_and_one_less_does_not(
    first: dict[str, int], second: dict[str, int], weights: dict[str, Fraction]
) -> None:
    assume(sum(weights.values()) > 0 and low(first, weights) >= low(second, weights))
    for change in find_level_changes(first, second, weights):
        assert low({**second, change.criterion_id: change.then}, weights) > low(first, weights)
        assert low({**second, change.criterion_id: change.then - 1}, weights) <= low(first, weights)


def test_more_users_than_accounts_rule_a_system_out() -> None:  # M84
    standing = check_system(a_system(), {}, Needs(users=11))
    assert [(one.reason, one.needed, one.value) for one in standing.knock_outs] == [("accounts", "11", "10")]
    assert not check_system(a_system(), {}, Needs(users=10)).is_out


def test_hosting_language_and_a_missing_must_rule_out() -> None:  # M67 M68
    needs = Needs(hosting="own_server", languages=("de", "pl"), must=("telephony",))
    standing = check_system(a_system(), {"telephony": 0}, needs)
    assert [one.reason for one in standing.knock_outs] == ["hosting", "language", "must"]


def test_what_is_not_known_is_asked_before_it_rules_out() -> None:
    system = a_system(hosting=(), languages=(), limits=())
    standing = check_system(system, {}, Needs(10, 10, ("de",), "saas", ("api",)))
    assert not standing.is_out
    assert [one.reason for one in standing.open_points] == ["hosting", "language", "accounts", "records", "must"]


def test_without_limits_any_number_fits() -> None:  # M84
    system = a_system(limits=(Limit("accounts", None, SOURCE),))
    assert check_system(system, {}, Needs(users=5_000)) == check_system(system, {}, Needs())
