"""Which regulations the law of a country lets through: every rule with a case that it forbids and one that it lets be.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from implement.engine.law import PROFILES, Circumstances, Ground, Kpi, MeetingRule, Terms, UnusableTerms, judge_terms
from implement.engine.law.terms import read_terms, write_terms

DAY = date(2026, 3, 2)
AROUND = Circumstances(valid_from=date(2026, 4, 1), today=DAY, agreed_kpis=frozenset({"visits"}))
LATE = Ground(
    "late entries", "Orders entered after the day", "per month", Decimal("0.05"), Decimal("0.10"), Decimal("0.10")
)
VISITS = Kpi("visits", "to plan the week", "CRM: visits with a result", feeds_pay=True)
SOUND = Terms(grounds=(LATE,), kpis=(VISITS,), keep_months=13)
MEETING = {"kind": "daily", "weekdays": "12345", "minute_of_day": 540, "minutes": 15}


def forbidden(terms: Terms, profile: str, around: Circumstances = AROUND) -> list[str]:
    return [f"{limit.rule} {limit.code}" for limit in judge_terms(terms, PROFILES[profile], around) if limit.forbids]


def warned(terms: Terms, profile: str, around: Circumstances = AROUND) -> list[str]:
    return [f"{one.rule} {one.code}" for one in judge_terms(terms, PROFILES[profile], around) if not one.forbids]


@pytest.mark.parametrize("profile", sorted(PROFILES))
def test_sound_terms_touch_no_limit(profile: str) -> None:  # M113, M114
    assert judge_terms(SOUND, PROFILES[profile], AROUND) == []


@pytest.mark.parametrize("profile", sorted(PROFILES))
@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("a fine of 50 euros", "fine"),
        ("Geldstrafe je Tag", "fine"),
        ("kara pieniężna", "fine"),
        ("ШТРАФ за опоздание", "fine"),
        ("falls by 5 % of the base pay", "base_pay"),
        ("vom Grundgehalt", "base_pay"),
        ("z wynagrodzenia zasadniczego", "base_pay"),
        ("из оклада", "base_pay"),
    ],
)
def test_no_fine_and_no_base_pay_under_any_law(profile: str, words: str, code: str) -> None:  # R1
    assert forbidden(replace(SOUND, grounds=(replace(LATE, terms=words),)), profile) == [f"R1 {code}"]


def test_a_word_in_the_text_only_warns() -> None:
    assert warned(SOUND, "DE", replace(AROUND, text="There are no fines.")) == ["R1 word_fine"]


@pytest.mark.parametrize(
    ("ground", "expected"),
    [
        (replace(LATE, cap_of_pay=Decimal("0.20")), []),
        (replace(LATE, cap_of_pay=Decimal("0.2001")), ["R2 share_of_pay"]),
        (replace(LATE, cap_of_pay=None), ["R2 no_share_of_pay"]),
        (replace(LATE, each=None), ["R2 size_and_terms"]),
        (replace(LATE, terms=" "), ["R2 size_and_terms"]),
    ],
)
def test_in_russia_a_bonus_falls_by_a_fifth_at_most(ground: Ground, expected: list[str]) -> None:  # R2
    assert forbidden(replace(SOUND, grounds=(ground,)), "RU") == expected
    assert forbidden(replace(SOUND, grounds=(ground,)), "EU") == []


def test_an_earned_bonus_is_not_taken_back_in_germany() -> None:  # R5
    terms = replace(SOUND, grounds=(replace(LATE, takes_back=True),))
    assert forbidden(terms, "DE") == ["R5 takes_back"]
    assert warned(terms, "PL") == ["R5 takes_back"]


@pytest.mark.parametrize(
    ("agreed", "code"), [(None, "no_agreement"), (frozenset({"calls"}), "not_agreed"), (frozenset({"visits"}), "")]
)
def test_what_is_read_about_people_stands_in_the_agreement_first(agreed: frozenset[str] | None, code: str) -> None:
    around = replace(AROUND, agreed_kpis=agreed)
    said = [f"R6 {code}"] if code else []
    assert forbidden(SOUND, "DE", around) == said, "R6: forbidden in Germany"
    assert warned(SOUND, "EU", around) == said, "R6: elsewhere a warning"


@pytest.mark.parametrize(("first", "expected"), [(15, ["R7 notice"]), (16, [])])
def test_in_poland_monitoring_begins_fourteen_days_after_the_hand_out(first: int, expected: list[str]) -> None:  # R7
    assert forbidden(SOUND, "PL", replace(AROUND, valid_from=date(2026, 3, first))) == expected


def test_a_rule_reaches_no_event_before_its_hand_out() -> None:  # R3, R4
    around = replace(AROUND, valid_from=date(2026, 2, 10))
    assert warned(SOUND, "DE", around) == ["R3 reaches_back", "R4 within_month"]


def test_each_figure_needs_a_purpose_a_source_and_a_period() -> None:  # R8, R9, R10
    vague = replace(SOUND, kpis=(Kpi("visits", "", "", feeds_pay=True),), keep_months=None)
    assert forbidden(vague, "EU") == ["R9 no_source"]
    assert warned(vague, "EU") == ["R8 no_purpose", "R10 no_period"]


def test_a_consequence_without_a_listed_figure_is_pointed_out() -> None:  # R12
    assert warned(replace(SOUND, kpis=(replace(VISITS, feeds_pay=False),)), "EU") == ["R12 no_kpi_feeds_pay"]


def test_terms_are_read_as_they_were_written() -> None:
    terms = replace(SOUND, meetings=(MeetingRule("weekly", "1", 540, 60, "Room 4"),), roles=("head",), team_ids=(3,))
    assert read_terms(write_terms(terms)) == terms


@pytest.mark.parametrize(
    ("kept", "field"),
    [
        ({"meetings": [MEETING | {"minutes": 16}]}, "minutes"),  # M119
        ({"meetings": [MEETING | {"weekdays": "18"}]}, "weekdays"),
        ({"meetings": [MEETING | {"kind": "weekly"}]}, "weekdays"),
        ({"meetings": [MEETING | {"minute_of_day": 1440}]}, "minute_of_day"),
        ({"grounds": [{"key": "late", "ground": "late", "each": "1.01"}]}, "each"),
        ({"grounds": [{"key": "late", "ground": "late", "each": "0.2", "cap": "0.1"}]}, "cap"),
        ({"grounds": [{"key": "late", "ground": "late", "each": "NaN"}]}, "each"),
        ({"checks": [{"what": "deals", "about": "mood", "by_role": "head", "every": "week"}]}, "about"),
    ],
)
def test_impossible_terms_are_refused_by_field(kept: dict[str, object], field: str) -> None:
    with pytest.raises(UnusableTerms, match=field):
        read_terms(kept)


@pytest.mark.parametrize(
    ("roles", "team_id", "is_bound"),
    [(["head"], 3, True), (["head"], 4, False), (["hr"], 3, False), (["hr", "head"], 3, True), ([], None, False)],
)
def test_who_is_bound_follows_role_and_team(roles: list[str], team_id: int | None, is_bound: bool) -> None:
    assert replace(SOUND, roles=("head",), team_ids=(3,)).binds(roles, team_id) is is_bound
