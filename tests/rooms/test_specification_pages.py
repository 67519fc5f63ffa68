"""The pages of the specification room: who may see and write, one click from a finding, two editors, few queries."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import Engine, event

from implement.db import db
from implement.stages.specification.service.proposing import propose_structure
from tests import builders
from tests.fixtures.members import VisitorAs
from tests.fixtures.visitors import Visitor
from tests.rooms.specification_case import NOW, a_requirement, findings_of

READERS = ("consultant", "lead", "head", "hr", "council")
PAGES = ("/chain", "/structure", "/structure/rights", "/overload", "/order")
FORMS = ("requirements/new", "structure/parts/new", "structure/fields/new")
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
    for path in ("", f"/requirements/{requirement_id}", *PAGES):
        page = visitor.get(f"/rollouts/{rollout_id}/specification{path}", status=status)
        assert HOSTILE.encode() not in page.content


@pytest.mark.parametrize(("role", "status"), [("lead", 200), ("head", 403), (None, 404)])
def test_only_consultant_and_lead_write(
    rollout_id: int, requirement_id: int, visitor_as: VisitorAs, role: str | None, status: int
) -> None:
    visitor = visitor_as(role)
    for path in (f"requirements/{requirement_id}/change", *FORMS):
        assert visitor.get(f"/rollouts/{rollout_id}/specification/{path}", status=status).answer


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


@pytest.fixture
def structure(app: Flask, rollout_id: int) -> str:
    """The address of a structure proposed for a salon, with a requirement that nothing serves yet."""
    with app.app_context():
        by, store = builders.a_user(), app.extensions["implement_store"]
        a_requirement(rollout_id, by)
        propose_structure(rollout_id, ["salon"], store=store, by=by, now=NOW)
        db.session.commit()
    return f"/rollouts/{rollout_id}/specification"


def test_a_structure_is_proposed_with_one_button(rollout_id: int, visitor_as: VisitorAs) -> None:  # M16
    carol, here = visitor_as("consultant"), f"/rollouts/{rollout_id}/specification/structure"
    page = carol.follow(carol.submit(carol.get(here), {"businesses": ["salon"]}, form="form[action$='/propose']"))
    assert page.answer == "25 fields in 5 kinds of record, 7 stages of a deal."
    assert "Frequency of visits" in page.text


def test_a_field_gets_its_requirement(structure: str, visitor_as: VisitorAs) -> None:  # M16
    carol = visitor_as("consultant")
    address = next(link for link in carol.get(f"{structure}/structure").links() if link.split("/")[-2] == "fields")
    page = carol.get(address)
    wanted = page.one("#requirement_id option:last-child")["value"]
    shown = carol.follow(carol.submit(page, {"requirement_id": wanted, "entries_a_week": "12"}, form="main form.form"))
    assert "R1" in shown.text
    assert (
        carol.submit(page, {"name": "", "idempotency_key": "x"}, form="main form.form", status=200)
        .one("#name-error")
        .get_text()
    )


def test_rights_are_granted_and_read(structure: str, visitor_as: VisitorAs) -> None:  # M16
    carol = visitor_as("consultant")
    page = carol.get(f"{structure}/structure/rights")
    cell = str(page.all("main select")[0]["name"])
    carol.submit(page, {cell: "read"})
    assert "reads" in visitor_as("head").get(f"{structure}/structure/rights").text


@pytest.mark.parametrize("kind", ["csv", "xlsx", "yaml"])
def test_the_field_list_is_a_download(structure: str, visitor_as: VisitorAs, kind: str) -> None:  # M16 M19
    page = visitor_as("head").get(f"{structure}/structure/field-list/{kind}")
    assert page.headers["Content-Disposition"].endswith(f'.{kind}"')
    assert len(page.content) > 500


def test_own_seconds_need_a_source(structure: str, visitor_as: VisitorAs) -> None:  # M109
    carol = visitor_as("consultant")
    page, form = carol.get(f"{structure}/overload"), "form:has(#seconds-long_text)"
    refused = carol.follow(carol.submit(page, {"seconds": "6000", "source": ""}, form=form))
    assert "say where they come from" in refused.text
    carol.submit(page, {"seconds": "3000", "source": "Stopwatch", "idempotency_key": "other"}, form=form)
    assert "more than the 120 that people bear" in carol.get(f"{structure}/overload").answer


def test_the_transfer_asks_for_the_field_list(structure: str, rollout_id: int, visitor_as: VisitorAs) -> None:  # M19
    page = visitor_as("consultant").get(f"/rollouts/{rollout_id}/transfer/mapping")
    assert "An old column fits for 0 of 25 planned fields." in page.text
    assert "Company: Name" in page.text


@pytest.mark.parametrize("path", ["/structure", "/overload", "/chain", "/order"])
def test_pages_of_the_structure_ask_little(structure: str, visitor_as: VisitorAs, path: str) -> None:
    assert count_queries(visitor_as("consultant"), f"{structure}{path}") <= 26


def test_hall_and_report_say_what_is_written_and_who_must_go_on(
    rollout_id: int, requirement_id: int, visitor_as: VisitorAs
) -> None:
    lead, here = visitor_as("lead"), f"/rollouts/{rollout_id}"
    assert "Consultant: make the terms of reference from the requirements." in lead.get(here).text
    report = lead.get(f"{here}/report").text
    assert "One requirement is written down; must haves: 1." in report
    assert "Leave a request alone for 31 minutes" in report


def test_the_chain_shows_one_kind_of_gap_or_the_lines_with_a_word(structure: str, visitor_as: VisitorAs) -> None:  # M2
    carol = visitor_as("consultant")
    whole, unasked = carol.get(f"{structure}/chain"), carol.get(f"{structure}/chain?way=back&show=not_asked")
    assert "hang in the air" in whole.text
    assert (unasked.all("td form"), len(unasked.all("td a")) > 1) == ([], True)
    nothing = carol.get(f"{structure}/chain?words=nowhere-to-be-found")
    assert "No rows." in nothing.text
