"""The full report is written chapter by chapter in the background, frozen, and signed by both sides."""

import hashlib
from collections.abc import Iterator

import pytest
from flask import Flask, current_app

from implement.db import db
from implement.engine.checklist import RuleKind, Severity
from implement.rollout.service.errors import NotAllowed, NotFound, RuleBroken
from implement.rollout.service.reports import gather_frame
from implement.stages.audit.report_chapters import gather_material, write_chapters
from implement.stages.audit.service import findings, reports, workflows
from implement.stages.audit.service.findings import FindingText
from implement.stages.audit.service.workflows import StepText, WorkflowText
from implement.stages.audit.tables import AuditReport
from implement.web.access import Role
from implement.web.texts import in_language
from tests.builders import a_member
from tests.fixtures.members import VisitorAs
from tests.fixtures.pages import find_page_faults, read_html
from tests.rooms.audit_case import NOW, Case, an_audit
from tests.rooms.test_audit_pages import HOSTILE, count_pages


@pytest.fixture
def case(app: Flask, rollout_id: int) -> Iterator[Case]:
    with app.app_context():
        begun = an_audit(rollout_id)
        begun.answer("goal_stated", "0", of=begun.petra)
        begun.answer("goal_stated", "4", of=begun.jan)
        begun.answer("market", HOSTILE, of=begun.jan)
        told = {"by": begun.carol, "now": NOW}
        row = workflows.add_workflow(begun.audit, WorkflowText("From request to order", False, 100, 6000), **told)
        workflows.add_step(begun.audit, begun.pack, row, StepText("Price it", "Sales", "", 30, None, True), **told)
        workflows.mark_unclear(begun.audit, begun.pack, row, "Each prices differently", **told)
        text = FindingText(RuleKind.FINDING, Severity.LOW, "Catalogues are out of date", evidence="Catalogue of 2023")
        findings.add_finding(begun.audit, begun.pack, text, **told)
        db.session.commit()
        yield begun


def an_edition(case: Case) -> AuditReport:
    row = reports.ask_report(case.audit, "en", by=case.carol, now=NOW)
    made = {"html": b"<html></html>", "pdf": b"%PDF", "pages": 3, "store": current_app.extensions["implement_store"]}
    reports.record_report(row, case.audit, **made, by=case.carol, now=NOW)
    return row


def sign(case: Case, row: AuditReport, role: Role, *, seen: str = "", as_role: Role | None = None) -> None:
    told = {"seen": seen or row.html_sha256 or "", "role": as_role or role, "roles": frozenset({role})}
    store = current_app.extensions["implement_store"]
    reports.sign_report(row, case.audit, **told, store=store, by=a_member(case.rollout_id, role), now=NOW)


def test_the_report_is_written_printed_and_frozen(case: Case, visitor_as: VisitorAs) -> None:
    carol, here = visitor_as("consultant"), f"/rollouts/{case.rollout_id}/audit/reports"
    asked = carol.submit(carol.get(here), {"language": "de"}, form=f"form[action='{here}']")
    page = carol.follow(asked)
    pdf, row = carol.get(f"{here}/1/pdf").content, reports.get_report(case.audit, 1)
    html = current_app.extensions["implement_store"].path(reports.find_report_bytes(row, "html")).read_bytes()
    assert page.answer == f"The full report has {count_pages(pdf)} pages and waits for signatures."
    assert hashlib.sha256(html).hexdigest() in page.text
    assert b'<html lang="de">' in html
    assert find_page_faults(read_html(html)[0]) == ["inline <style>"]


def test_each_chapter_has_its_say_in_the_language_that_was_chosen(case: Case) -> None:  # M6, M9, M10, M95
    with current_app.test_request_context(), in_language("pl"):
        material = gather_material(case.audit, case.pack, "EUR", gather_frame(case.rollout_id), now=NOW)
        written = {one.key: one.body for one in write_chapters(material)}
    assert list(written) == ["director", "money", "findings", "maturity", "workflows", "contradictions",
                             "answers-audit-first_hour", "people"]  # fmt: skip
    assert "36 000 €" in written["money"].replace("\u00a0", " ")
    assert "Catalogue of 2023" in written["findings"]
    assert "Najpierw porządek" in written["workflows"]
    assert "Gdzie ludzie sobie przeczą" in written["contradictions"]


def test_both_sides_sign_the_frozen_bytes(case: Case) -> None:
    row = an_edition(case)
    sign(case, row, Role.CONSULTANT)
    assert not reports.is_signed(row, case.audit)
    sign(case, row, Role.LEAD)
    assert reports.is_signed(row, case.audit)


def test_what_was_not_seen_or_is_not_ones_role_is_not_signed(case: Case) -> None:
    row = an_edition(case)
    with pytest.raises(RuleBroken):
        sign(case, row, Role.LEAD, seen="0" * 64)
    with pytest.raises(NotAllowed):
        sign(case, row, Role.HEAD)
    with pytest.raises(NotFound):
        reports.find_report_bytes(row, "seal")


def test_asked_twice_at_once_it_is_written_once(case: Case) -> None:
    first = reports.ask_report(case.audit, "en", by=case.carol, now=NOW)
    assert reports.ask_report(case.audit, "de", by=case.carol, now=NOW).id == first.id
