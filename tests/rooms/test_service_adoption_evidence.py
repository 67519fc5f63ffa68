"""Evidence of resistance in the adoption room: kept with its reasons, said in sentences, withheld where it must be."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session as Database

from implement.stages.adoption import evidence_page
from implement.stages.adoption.service.figures import read_figures
from implement.stages.adoption.service.people import PersonFigures, gather_own, read_person
from implement.store import Store
from tests import builders
from tests.rooms.adoption_house import GO_LIVE, HEADER, SUNDAY, a_firm, a_usage, person_id_of, users_of, working_days

TEAMS = {"North": 12, "South": 12}
OTHERWISE = "north.3"


def a_log() -> bytes:
    """Everybody records five things a day; one of them a week late, with half the fields and the same note."""
    lines = [f"{HEADER},text_hash"]
    for user in (user for team, size in TEAMS.items() for user in users_of(team, size)):
        for day in working_days(GO_LIVE, SUNDAY):
            differs = user == OTHERWISE
            happened = day - timedelta(days=7 if differs else 1)
            for number in range(5):
                note = "same" if differs else f"{user}{day}{number}"
                fields = "4,10" if differs else "9,10"
                lines.append(
                    f"{user},{day}T{9 + number:02d}:00:00,contact,create,r{number},manual,{happened},{fields},{note}"
                )
    return "\n".join(lines).encode()


def load(store: Store) -> int:
    rollout = builders.a_rollout()
    a_usage(rollout.id, store, a_firm(rollout.id, TEAMS), events=a_log())
    return rollout.id


def figures_of(rollout_id: int, user: str) -> PersonFigures:
    found = read_person(rollout_id, person_id_of(rollout_id, user))
    assert found is not None
    return found


def test_what_stands_out_is_kept_with_k_of_n_and_the_colleagues(session: Database, store: Store) -> None:
    evidence = figures_of(load(store), OTHERWISE).evidence
    assert evidence is not None and evidence.is_flagged and evidence.low <= evidence.score <= evidence.high
    standouts = {each.signal: each for each in evidence.standouts}
    assert (standouts["late"].k, standouts["late"].n) == (200, 200)
    assert (standouts["complete"].k, standouts["complete"].n) == (800, 2000)
    assert standouts["copy"].k == 199
    assert standouts["complete"].peer_level == pytest.approx(0.9)
    assert standouts["complete"].low < 0.4 < standouts["complete"].high


def test_who_works_like_the_others_has_nothing_that_stands_out(session: Database, store: Store) -> None:
    evidence = figures_of(load(store), "north.4").evidence
    assert evidence is not None and not evidence.is_flagged and evidence.standouts == ()
    assert evidence_page.say_kinds(evidence) == ""


def test_the_sentence_counts_and_accuses_nobody(app: Flask, session: Database, store: Store) -> None:
    rollout_id = load(store)
    with app.test_request_context():
        lines = evidence_page.list_standouts(rollout_id, figures_of(rollout_id, OTHERWISE))
    late = next(line for line in lines if "later" in line.sentence)
    assert late.sentence == "200 of 200 records entered more than four days later (colleagues: 1%)"
    assert "/days?first=" in late.url


def test_a_team_says_how_many_stand_out(session: Database, store: Store) -> None:
    figures = read_figures(load(store))
    assert figures is not None
    north = next(team for team in figures.teams if team.name == "North")
    assert north.standing_out is not None
    assert (north.standing_out.judged, north.standing_out.flagged, north.standing_out.signals) == (12, 1, {})


def test_everybody_gets_their_own_evidence_handed_out(session: Database, store: Store) -> None:
    rollout_id = load(store)
    own = gather_own(rollout_id, person_id_of(rollout_id, OTHERWISE))["evaluations"]
    assert isinstance(own, list) and isinstance(own[0], dict)
    assert own[0]["stands_out"] is True and own[0]["evidence"]


def test_without_a_score_there_is_not_enough_to_judge_by(session: Database) -> None:
    assert evidence_page.say_evidence(None) == "Evidence of resistance: not enough data"
