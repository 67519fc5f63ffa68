"""The pages of the audit: who may see what, answers as people type them, files only as downloads, reports on paper."""

import re
import zlib
from collections.abc import Iterator
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import event

from implement.db import db, utc_now
from implement.rollout.service.rollouts import list_waves
from implement.rollout.service.sign_off import mark_before
from implement.rollout.stages import Stage
from implement.web.access import Role
from tests.fixtures.members import VisitorAs
from tests.fixtures.visitors import Visitor
from tests.rooms.audit_case import Case, a_link, an_audit, answer_everything

READERS = ("consultant", "lead", "head", "hr", "council")
HOSTILE = "<script>document.title='broken in'</script>"


@pytest.fixture
def case(app: Flask, rollout_id: int) -> Iterator[Case]:
    with app.app_context():
        begun = an_audit(rollout_id)
        db.session.commit()
        yield begun


def answer_page(case: Case, visitor: Visitor, number: int, **fields: object) -> object:
    here = f"/rollouts/{case.rollout_id}/audit/people/{case.petra.id}"
    page = visitor.get(f"{here}/sections/4")
    return visitor.submit(page, fields, form=f"form[action='{here}/questions/{number}']")


@pytest.mark.parametrize("path", ["", "/answers", "/people", "/findings", "/report"])
@pytest.mark.parametrize("role", [*READERS, "salesperson", "admin"])
def test_readers_see_the_audit_and_others_do_not(case: Case, visitor_as: VisitorAs, role: str, path: str) -> None:
    status = 200 if role in READERS else 403
    assert visitor_as(role).get(f"/rollouts/{case.rollout_id}/audit{path}", status=status).answer


@pytest.mark.parametrize("path", ["/interview", "/people/ask", "/findings/new"])
@pytest.mark.parametrize(("role", "status"), [("head", 403), ("council", 403), (None, 404)])
def test_only_those_who_run_it_work_in_it(
    case: Case, visitor_as: VisitorAs, role: str | None, status: int, path: str
) -> None:
    assert visitor_as(role).get(f"/rollouts/{case.rollout_id}/audit{path}", status=status).answer


def test_strangers_find_no_audit(case: Case, visitor_as: VisitorAs) -> None:
    for path in ("", "/findings", "/report.pdf", f"/people/{case.petra.id}/sections/1"):
        page = visitor_as(None).get(f"/rollouts/{case.rollout_id}/audit{path}", status=404)
        assert "Nordwind" not in page.text


def test_an_audit_begins_with_one_button(visitor_as: VisitorAs, rollout_id: int) -> None:
    carol = visitor_as("consultant")
    page = carol.follow(carol.get(f"/rollouts/{rollout_id}/audit/findings", status=302))
    assert page.answer == "The audit has not begun."
    assert carol.follow(carol.submit(page)).answer == "29 questions are still open; 0 of 29 are answered."


def test_hall_offers_the_audit_as_next_step(visitor_as: VisitorAs, rollout_id: int) -> None:
    page = visitor_as("lead").get(f"/rollouts/{rollout_id}")
    assert f"/rollouts/{rollout_id}/audit" in page.links()


def test_a_number_is_read_as_germans_write_it(case: Case, visitor_as: VisitorAs) -> None:
    carol = visitor_as("consultant")
    carol.client.set_cookie("language", "de")
    answer_page(case, carol, 13, value="1.200")
    page = carol.get(f"/rollouts/{case.rollout_id}/audit/people/{case.petra.id}/sections/4", language="de")
    assert page.one("#answer-13")["value"] == "1.200"


def test_a_mistake_is_named_by_its_question_and_nothing_typed_is_lost(case: Case, visitor_as: VisitorAs) -> None:
    carol, here = visitor_as("consultant"), f"/rollouts/{case.rollout_id}/audit/people/{case.petra.id}"
    page = carol.get(f"{here}/sections/4")
    form = f"form[action='{here}/questions/13']"
    refused = carol.submit(page, {"value": "about 400", "note": "asked twice"}, form=form, status=422)
    assert refused.one("#answer-13")["value"] == "about 400"
    assert "is not a number" in refused.one("#error-13").get_text()


def test_a_draft_sent_twice_is_saved_once_and_knows_its_version(case: Case, visitor_as: VisitorAs) -> None:
    carol, here = visitor_as("consultant"), f"/rollouts/{case.rollout_id}/audit/people/{case.petra.id}"
    token = carol.get(f"{here}/sections/1").all("input[name=csrf_token]")[0]["value"]
    draft = {"csrf_token": token, "idempotency_key": "one-draft", "version": "", "value": "2"}
    sent = [
        carol.client.post(f"{here}/questions/1", data=draft, headers={"X-Autosave": "1"}, follow_redirects=True)
        for _ in range(2)
    ]
    assert [answer.get_json()["version"] for answer in sent] == [1, 1]
    assert sent[0].get_json() == sent[1].get_json()


def test_two_editors_see_both_texts(case: Case, visitor_as: VisitorAs) -> None:
    carol, here = visitor_as("consultant"), f"/rollouts/{case.rollout_id}/audit/people/{case.petra.id}"
    page, form = carol.get(f"{here}/sections/3"), f"form[action='{here}/questions/10']"
    carol.submit(page, {"value": "Tools"}, form=form)
    stale = {"value": "Machines", "idempotency_key": "another"}
    conflict = carol.submit(page, stale, form=form, status=409)
    assert conflict.rows() == [["Text", "Machines", "Tools"]]


def test_evidence_is_only_ever_a_download(case: Case, visitor_as: VisitorAs) -> None:
    carol, here = visitor_as("consultant"), f"/rollouts/{case.rollout_id}/audit/people/{case.petra.id}"
    page = carol.get(f"{here}/sections/1")
    form = f"form[action='{here}/questions/1/evidence']"
    refused = carol.follow(carol.submit(page, {"file": (BytesIO(HOSTILE.encode()), "goal.html")}, form=form))
    assert "goal.html is not one of the kinds taken here" in refused.text
    shown = {"file": (BytesIO(HOSTILE.encode()), "goal.txt"), "idempotency_key": "again"}
    carol.submit(page, shown, form=form)
    kept = visitor_as("head").get(f"/rollouts/{case.rollout_id}/audit/evidence/1")
    assert kept.headers["Content-Type"] == "application/octet-stream"
    assert kept.headers["Content-Disposition"].startswith("attachment")
    assert kept.content == HOSTILE.encode()


def test_hostile_text_stays_text_everywhere(case: Case, visitor_as: VisitorAs) -> None:
    case.answer("market", HOSTILE)
    db.session.commit()
    for path in ("/answers", f"/people/{case.petra.id}/sections/3", "/findings", "/report"):
        page = visitor_as("lead").get(f"/rollouts/{case.rollout_id}/audit{path}")
        assert not page.all("main script")


def test_readers_see_roles_and_not_names_in_answers(case: Case, visitor_as: VisitorAs) -> None:
    case.answer("goal_stated", "1")
    db.session.commit()
    seen = {role: visitor_as(role).get(f"/rollouts/{case.rollout_id}/audit/answers").text for role in READERS}
    assert [role for role in READERS if "Petra Kurz" in seen[role]] == ["consultant", "lead"]


def test_link_shows_only_what_was_asked(case: Case, visitor: Visitor) -> None:
    token = a_link(case, "losses", asked_at=utc_now())
    db.session.commit()
    start = visitor.get(f"/answers/{token}")
    assert start.answer == "Petra Kurz, 7 questions wait for you."
    assert start.headers["Cache-Control"] == "no-store"
    visitor.get(f"/answers/{token}/sections/2", status=404)
    visitor.post(f"/answers/{token}/questions/1", {"value": "1"}, status=400)


def test_a_guest_answers_without_an_account(case: Case, visitor: Visitor) -> None:
    token = a_link(case, "losses", asked_at=utc_now())
    db.session.commit()
    page = visitor.get(f"/answers/{token}/sections/1")
    visitor.submit(page, {"value": "400"}, form=f"form[action='/answers/{token}/questions/13']")
    assert "6 questions are still open" in visitor.get(f"/answers/{token}/done").answer


def test_a_made_up_link_is_not_found(case: Case, visitor: Visitor) -> None:
    a_link(case, asked_at=utc_now())
    db.session.commit()
    for path in ("", "/sections/1", "/done"):
        assert "Petra" not in visitor.get(f"/answers/guessed{path}", status=404).text


def test_finding_shows_money_calculation_and_the_answers_behind(case: Case, visitor_as: VisitorAs) -> None:
    answer_everything(case, worst=True)
    db.session.commit()
    page = visitor_as("lead").get(f"/rollouts/{case.rollout_id}/audit/findings")
    here = "#finding-audit-first_hour-unanswered_share-high"
    lost = page.one(here)
    assert "€666,000 a year" in lost.get_text()
    assert "Requests a month 400 × 12 months a year × Unanswered share 30%" in " ".join(lost.get_text().split())
    assert f"/rollouts/{case.rollout_id}/audit/answers#question-14" in page.links(f"{here} a")


def test_consultant_adds_a_finding_with_its_calculation(case: Case, visitor_as: VisitorAs) -> None:  # M9
    carol = visitor_as("consultant")
    page = carol.get(f"/rollouts/{case.rollout_id}/audit/findings/new")
    said = {"problem": "Offers are forgotten.", "figures": ["offers a month", "40", "", "12", "left unsent", "8 %"]}
    assert "Figure 2: say in words what it counts." in carol.submit(page, said, status=200).text
    figures = ["offers a month", "40", "months", "12", "left unsent", "8 %", "money of an offer", "1,500"]
    kept = carol.submit(page, {**said, "figures": figures, "idempotency_key": "again"})
    said_so = "offers a month 40 × months 12 × left unsent 8% × money of an offer 1500 = €57,600 a year"
    assert said_so in carol.follow(kept).text


@pytest.mark.parametrize("language", ["en", "de", "pl", "ru"])
@pytest.mark.parametrize("worst", [False, True], ids=["typical", "worst"])
def test_report_for_the_director_has_exactly_two_pages(
    case: Case, visitor_as: VisitorAs, language: str, worst: bool
) -> None:
    answer_everything(case, worst=worst)
    why = {"name": "Dora Director", "reason": "The pilot ran last year, before anybody knew of gates. " * 8}
    wave = list_waves(case.rollout_id)[0]
    mark_before(case.rollout_id, wave, Stage.PILOT, role=Role.LEAD, **why, by=case.carol, now=utc_now())
    db.session.commit()
    pdf = visitor_as("lead").get(f"/rollouts/{case.rollout_id}/audit/report.pdf", language=language)
    assert pdf.content.startswith(b"%PDF")
    assert count_pages(pdf.content) == 2


def test_reports_show_exceptions_fingerprint_and_chain(case: Case, visitor_as: VisitorAs) -> None:
    wave = list_waves(case.rollout_id)[0]
    why = {"name": "Dora Director", "reason": "The pilot ran last year."}
    mark_before(case.rollout_id, wave, Stage.PILOT, role=Role.LEAD, **why, by=case.carol, now=utc_now())
    db.session.commit()
    for path in ("report", "audit/report"):
        page = visitor_as("council").get(f"/rollouts/{case.rollout_id}/{path}")
        assert "before Implement · Dora Director" in page.text
        assert [len(code) for code in page.words(".report-seal code")] == [64, 64]


def test_report_of_the_rollout_is_printed(case: Case, visitor_as: VisitorAs) -> None:
    pdf = visitor_as("hr").get(f"/rollouts/{case.rollout_id}/report.pdf")
    assert pdf.content.startswith(b"%PDF")
    visitor_as("salesperson").get(f"/rollouts/{case.rollout_id}/report", status=403)


def test_the_interview_asks_the_database_as_often_for_seven_questions_as_for_three(
    app: Flask, case: Case, visitor_as: VisitorAs
) -> None:
    carol, here = visitor_as("consultant"), f"/rollouts/{case.rollout_id}/audit/people/{case.petra.id}"
    asked = [count_queries(app, carol, f"{here}/sections/{position}") for position in (2, 4)]
    assert asked[0] == asked[1] <= 30


def count_queries(app: Flask, visitor: Visitor, path: str) -> int:
    """How many statements a page costs."""
    statements: list[str] = []
    visitor.get(path)
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *call: statements.append(call[2]))
    visitor.get(path)
    return len(statements)


def count_pages(pdf: bytes) -> int:
    """How many pages a PDF has, as its own tree of pages says, be it packed or not."""
    packed = [
        zlib.decompressobj().decompress(part) for part in re.findall(rb"stream\r?\n(x.*?)endstream", pdf, re.DOTALL)
    ]
    (count,) = {int(found) for part in (pdf, *packed) for found in re.findall(rb"/Type /Pages.*?/Count (\d+)", part)}
    return count
