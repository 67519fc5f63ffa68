"""The pages of the specification room: who may see and write, one click from a finding, two editors, few queries."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import Engine, event

from implement.db import db
from tests import builders
from tests.fixtures.members import VisitorAs
from tests.fixtures.visitors import Visitor
from tests.rooms.specification_case import a_requirement, findings_of

READERS = ("consultant", "lead", "head", "hr", "council")
HOSTILE = "<script>document.title='broken in'</script>"


@pytest.fixture
def requirement_id(app: Flask, rollout_id: int) -> Iterator[int]:
    with app.app_context():
        row = a_requirement(rollout_id, builders.a_user(), text=HOSTILE)
        db.session.commit()
        yield row.id


@pytest.mark.parametrize("role", [*READERS, "salesperson", "admin"])
def test_readers_see_requirements_and_others_do_not(
    rollout_id: int, requirement_id: int, visitor_as: VisitorAs, role: str
) -> None:
    visitor, status = visitor_as(role), 200 if role in READERS else 403
    for path in ("", f"/requirements/{requirement_id}"):
        page = visitor.get(f"/rollouts/{rollout_id}/specification{path}", status=status)
        assert HOSTILE.encode() not in page.content


@pytest.mark.parametrize(("role", "status"), [("lead", 200), ("head", 403), (None, 404)])
def test_only_consultant_and_lead_write(
    rollout_id: int, requirement_id: int, visitor_as: VisitorAs, role: str | None, status: int
) -> None:
    visitor = visitor_as(role)
    for path in ("new", f"{requirement_id}/change"):
        assert visitor.get(f"/rollouts/{rollout_id}/specification/requirements/{path}", status=status).answer


def test_one_click_on_a_finding_makes_a_requirement(app: Flask, rollout_id: int, visitor_as: VisitorAs) -> None:  # M2
    with app.app_context():
        finding = findings_of(rollout_id)[0]
        db.session.commit()
    carol, findings = visitor_as("consultant"), f"/rollouts/{rollout_id}/audit/findings"
    page = carol.get(findings)
    form = f"#{finding.key} form[action$='/requirements/take-up']"
    assert carol.follow(carol.submit(page, form=form)).answer == "Change requirement R1."
    assert "Requirement R1" in carol.get(findings).one(f"#{finding.key}").get_text()


def test_two_people_change_one_requirement(rollout_id: int, requirement_id: int, visitor_as: VisitorAs) -> None:
    carol, alice = visitor_as("consultant"), visitor_as("lead")
    address = f"/rollouts/{rollout_id}/specification/requirements/{requirement_id}/change"
    first, second = carol.get(address), alice.get(address)
    carol.submit(first, {"text": "As Carol writes it"})
    conflict = alice.submit(second, {"text": "As Alice writes it"}, status=409)
    assert [cells[0] for cells in conflict.rows()] == ["Text"]
    assert "As Carol writes it" in conflict.text
    assert "As Alice writes it" in conflict.text


def test_an_empty_requirement_is_refused_by_its_field(rollout_id: int, visitor_as: VisitorAs) -> None:
    carol, address = visitor_as("consultant"), f"/rollouts/{rollout_id}/specification/requirements/new"
    refused = carol.submit(carol.get(address), {"text": "", "needs": "Date"}, status=200)
    assert "Date" in refused.one("#needs").get_text()
    assert refused.one("#text-error").get_text()


def test_a_requirement_taken_away_is_put_back_by_undo(
    rollout_id: int, requirement_id: int, visitor_as: VisitorAs
) -> None:
    carol, here = visitor_as("consultant"), f"/rollouts/{rollout_id}/specification"
    page = carol.get(f"{here}/requirements/{requirement_id}")
    gone = carol.follow(carol.submit(page, form="form[action$='/remove']"))
    assert gone.answer == "No requirement is written down yet."
    back = carol.follow(carol.submit(gone, form="form[action$='/restore']"))
    assert back.answer == "One requirement is written down; must haves: 1."


def count_queries(visitor: Visitor, path: str) -> int:
    """How many statements a page costs."""
    asked: list[str] = []

    def note(*call: object) -> None:
        asked.append(str(call[2]))

    visitor.get(path)
    event.listen(Engine, "before_cursor_execute", note)
    visitor.get(path)
    event.remove(Engine, "before_cursor_execute", note)
    return len(asked)


def test_a_long_list_costs_no_more_queries(app: Flask, rollout_id: int, visitor_as: VisitorAs) -> None:
    carol, counts = visitor_as("consultant"), []
    for more in (3, 30):
        with app.app_context():
            by = builders.a_user()
            for _number in range(more):
                a_requirement(rollout_id, by)
            db.session.commit()
        counts.append(count_queries(carol, f"/rollouts/{rollout_id}/specification"))
    assert counts[0] == counts[1] <= 14
