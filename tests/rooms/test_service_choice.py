"""The choice of a CRM for one rollout: weights from requirements, what was found out, knock-outs, decision, gains."""

from fractions import Fraction

import pytest
from flask import current_app
from sqlalchemy.orm import Session, scoped_session
from sqlalchemy.orm.exc import StaleDataError

from implement.engine.checklist import UnusableSheet
from implement.engine.choice import score_system
from implement.rollout.service.errors import RuleBroken
from implement.rollout.tables import User
from implement.stages.specification.service.answers import read_audit
from implement.stages.specification.service.choice import comparing, gains, needs, shelf, weights
from implement.stages.specification.service.choice.gains import GainSaid
from tests import builders
from tests.rooms.audit_case import an_audit
from tests.rooms.choice_case import NOW, OWN, a_choice, a_weight, compare, find_out, say_needs

Database = scoped_session[Session]
GAIN = GainSaid("Requests answered within 30 minutes", "58 %", "90 %", None, "Petra")


@pytest.fixture
def carol(session: Database) -> User:
    return builders.a_user()


@pytest.fixture
def here(carol: User) -> int:
    return builders.a_rollout().id


def test_before_anything_is_said_the_six_functions_weigh_the_same(here: int) -> None:  # M70 M71 M72 M73 M74 M75
    found = compare(here)
    assert found.weights.is_even
    assert list(found.weights.points.values()) == [Fraction(1)] * 6
    assert len(found.candidates) == 17


def test_priorities_of_requirements_are_the_weights(here: int, carol: User) -> None:  # M67
    a_choice(here, carol)
    assert compare(here).weights.points == {"deals": 3, "api": 1, "telephony": 2}


def test_a_requirement_that_was_taken_away_weighs_nothing(here: int, carol: User) -> None:
    a_weight(here, "deals", "must", carol)
    (row,) = weights.list_weighed(here)
    weights.assign_criteria(here, {row.id: ""}, shelf.read_guide(), by=carol, now=NOW)
    assert compare(here).weights.is_even


def test_the_better_fit_leads_and_each_part_says_why(here: int, carol: User) -> None:
    a_choice(here, carol)
    leader, second = compare(here).candidates[:2]
    # (3·4 + 2·4 + 1·2) / 24 against (3·4 + 2·2 + 1·4) / 24
    assert [(one.system.id, one.score.low) for one in (leader, second)] == [
        ("bitrix24", Fraction(22, 24)),
        ("amocrm", Fraction(20, 24)),
    ]
    assert leader.seen["telephony"].evidence == "Shown with our records"


def test_the_named_change_of_weight_makes_the_second_win(here: int, carol: User) -> None:
    a_choice(here, carol)
    found = compare(here)
    change = found.weight_changes[0]
    assert (change.criterion_id, change.change) == ("api", 1)
    moved = {**found.weights.points, change.criterion_id: change.tie + Fraction(1, 100)}
    first, second = (score_system(one.system.id, one.levels, moved).low for one in found.candidates[:2])
    assert second > first


def test_a_weight_by_hand_needs_its_reason_and_goes_before_the_requirements(here: int, carol: User) -> None:
    a_weight(here, "deals", "must", carol)
    guide = shelf.read_guide()
    with pytest.raises(RuleBroken):
        weights.set_weight(here, "ease", 5, " ", guide, by=carol, now=NOW)
    weights.set_weight(here, "ease", 5, "Nobody here likes computers", guide, by=carol, now=NOW)
    assert compare(here).weights.points == {"deals": 3, "ease": 5}
    weights.set_weight(here, "ease", None, "", guide, by=carol, now=NOW)
    assert compare(here).weights.points == {"deals": 3}


def test_a_level_without_evidence_is_refused(here: int, carol: User) -> None:
    system = shelf.open_catalogue(current_app.extensions["implement_store"]).systems[0]
    with pytest.raises(RuleBroken):
        comparing.say_levels(here, system, {"deals": (4, "")}, by=carol, now=NOW)
    assert comparing.read_levels(here) == {}


def test_taking_a_level_back_leaves_the_catalogue_s_word(here: int, carol: User) -> None:
    find_out(here, "amocrm", {"api": 1}, carol)
    system = shelf.open_catalogue(current_app.extensions["implement_store"]).system("amocrm")
    assert system is not None
    assert comparing.say_levels(here, system, {"api": (None, "")}, by=carol, now=NOW) == 1
    assert comparing.read_levels(here) == {}


def test_more_users_than_the_free_edition_takes_rule_it_out(here: int, carol: User) -> None:  # M84
    say_needs(here, carol, users=35)
    assert [one.system.id for one in compare(here).out] == ["megaplan_free"]


def test_calls_and_web_orders_make_telephony_and_site_a_must(here: int, carol: User) -> None:  # M67
    find_out(here, "amocrm", {"telephony": 0, "site": 3}, carol)
    say_needs(here, carol, facts=("calls_matter", "web_orders"))
    found = compare(here)
    assert [one.system.id for one in found.out] == ["amocrm"]
    assert {one.side for one in found.arguments} >= {"telephony", "site"}


def test_a_free_version_that_holds_the_users_is_to_be_tried_first(here: int, carol: User) -> None:  # M106 M84
    say_needs(here, carol, users=8, records=90)
    assert "free_first" in {one.side for one in compare(here).arguments}
    say_needs(here, carol, users=8, records=90, hosting="saas", version=1)
    # OptimaCRM runs on one's own server only, Megaplan Free is still to be asked
    assert "optimacrm" in {one.system.id for one in compare(here).out}


def test_needs_are_proposed_from_the_audit(here: int) -> None:
    case = an_audit(here, keys=("audit.first_hour",))
    case.answer("salespeople", "35")
    said = read_audit(here, current_app.extensions["implement_store"])
    assert needs.propose_needs(said).users == 35


def test_two_people_who_say_needs_do_not_overwrite_each_other(here: int, carol: User) -> None:
    say_needs(here, carol, users=5)
    with pytest.raises(StaleDataError):
        say_needs(here, carol, users=6, version=None)


def test_a_ruled_out_system_cannot_be_chosen_and_a_choice_keeps_its_points(here: int, carol: User) -> None:
    a_choice(here, carol)
    say_needs(here, carol, users=35)
    store = current_app.extensions["implement_store"]
    for system_id, reason in (("megaplan_free", "Free"), ("bitrix24", " ")):
        with pytest.raises(RuleBroken):
            comparing.decide(here, system_id, reason, store, by=carol, now=NOW)
    comparing.decide(here, "bitrix24", "Fits calls", store, by=carol, now=NOW)
    decision = comparing.find_decision(here)
    assert decision is not None
    assert (decision.system_name, decision.scores["bitrix24"]) == ("Bitrix24", ["11/12", "11/12"])


def test_a_consultancy_adds_entries_of_its_own_and_takes_them_away(here: int, carol: User) -> None:
    store = current_app.extensions["implement_store"]
    row = shelf.add_own_catalogue(OWN.encode(), "north.yaml", store, by=carol, now=NOW)
    assert compare(here).candidate(21).system.name == "North CRM"
    shelf.remove_own_catalogue(row.id, is_back=False, by=carol, now=NOW)
    assert len(compare(here).candidates) == 17


@pytest.mark.parametrize(
    ("old", "new", "refusal"),
    [
        ("EUR, source: call}", "EUR}", UnusableSheet),
        ("north.catalogue", "choice.catalogue", RuleBroken),
        ("North CRM", "Another CRM", RuleBroken),
    ],
)
def test_entries_that_cannot_be_used_are_refused_whole(
    carol: User, old: str, new: str, refusal: type[Exception]
) -> None:
    store = current_app.extensions["implement_store"]
    shelf.add_own_catalogue(OWN.encode(), "north.yaml", store, by=carol, now=NOW)
    assert old in OWN
    with pytest.raises(refusal):
        shelf.add_own_catalogue(OWN.replace(old, new).encode(), "north.yaml", store, by=carol, now=NOW)
    assert [one.systems for one in shelf.list_own_catalogues()] == [1]


def test_an_expected_gain_needs_its_measure(here: int, carol: User) -> None:  # M63 M66
    with pytest.raises(RuleBroken):
        gains.expect_gain(here, "no_prospect_lost", GainSaid("", "", "", None, "Petra"), by=carol, now=NOW)
    gains.expect_gain(here, "no_prospect_lost", GAIN, by=carol, now=NOW)
    assert gains.list_gains(here) == {"no_prospect_lost": GAIN}
    gains.drop_gain(here, "no_prospect_lost", by=carol, now=NOW)
    assert gains.list_gains(here) == {}
