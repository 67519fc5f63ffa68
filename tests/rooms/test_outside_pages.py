"""Unusual views are shown under the agreement only, single people to those only who may see them."""

from datetime import timedelta

import pytest
from flask import Flask

from implement.db import db
from implement.rollout.service.regulations import BASE_PROTECTION, hand_out, write_regulation
from tests import builders
from tests.fixtures.members import VisitorAs
from tests.rooms.adoption_house import HEADER, NOW, SUNDAY, a_firm, a_usage, an_event, users_of, working_days

FIRST = SUNDAY - timedelta(days=13)


@pytest.fixture
def unusual(app: Flask, rollout_id: int) -> str:
    """A firm whose north.2 looked at a hundred records on a Friday, others at two a day."""
    lines = [HEADER]
    for day in working_days(FIRST, SUNDAY):
        lines += [an_event(user, day, n, action="view") for user in users_of("North", 6) for n in range(2)]
        lines += [an_event(user, day, 9) for user in users_of("North", 6)]
    lines += [an_event("north.2", SUNDAY - timedelta(days=2), n, action="view") for n in range(100, 200)]
    with app.app_context():
        by = a_firm(rollout_id, {"North": 6})
        a_usage(rollout_id, app.extensions["implement_store"], by, events="\n".join(lines).encode())
        db.session.commit()
    return f"/rollouts/{rollout_id}/adoption/unusual"


def agree(app: Flask, rollout_id: int) -> None:
    with app.app_context():
        by = builders.a_user()
        said = {"kind": "agreement", "title": "Use", "text": "What is evaluated", "valid_from": SUNDAY}
        version = write_regulation(rollout_id, **said, terms={"purposes": [BASE_PROTECTION]}, by=by, now=NOW)
        hand_out(version, rollout_id, by=by, now=NOW)
        db.session.commit()


def test_without_an_agreement_nothing_is_shown(unusual: str, visitor_as: VisitorAs) -> None:  # M49
    page = visitor_as("lead").get(unusual)
    assert page.answer.startswith("Nothing is shown here") and page.all("main table") == []


def test_under_the_agreement_the_sentence_says_k_of_n(
    app: Flask, rollout_id: int, unusual: str, visitor_as: VisitorAs
) -> None:
    agree(app, rollout_id)
    page = visitor_as("lead").get(unusual)
    assert page.answer == "One person's views or exports stand out."
    assert "On 1 of 10 days above the limit of 50, the most on 27 Mar 2026: 102" in page.text
    assert "North 2" not in page.text


def test_the_council_reads_functions_and_no_single_people(
    app: Flask, rollout_id: int, unusual: str, visitor_as: VisitorAs
) -> None:
    agree(app, rollout_id)
    page = visitor_as("council").get(unusual)
    assert page.rows() == [["seller", "6", "2.0", "50.0", "1"]]
    assert page.all("main li a[href*=people]") == []


def test_an_agreement_is_written_with_that_purpose(app: Flask, rollout_id: int, visitor_as: VisitorAs) -> None:
    alice = visitor_as("lead")
    page = alice.get(f"/rollouts/{rollout_id}/regulations/new")
    said = {"kind": "agreement", "title": "Use", "text": "All", "valid_from": "2026-01-01"}
    draft = alice.follow(alice.submit(page, said))
    words = f"form[action$='{draft.path.rpartition('/')[2]}']"
    draft = alice.follow(alice.submit(draft, {"covers_looks": "y"}, form=words))
    assert draft.all("input[name=covers_looks][checked]")
