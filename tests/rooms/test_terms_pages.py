"""The terms of reference: made from all rooms, stable to the byte, compared, discussed, signed by two people."""

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from flask import Flask

from implement.db import db
from implement.rollout.service.gates import judge_stage
from implement.rollout.service.rollouts import list_waves
from implement.rollout.stages import Stage
from implement.stages.specification.service import terms
from implement.stages.specification.service.docx_files import write_docx
from implement.stages.specification.service.requirements import get_requirement
from implement.stages.specification.service.risks.team import PartSaid, add_part
from implement.stages.specification.terms_paper import gather_terms
from implement.web.access import Role
from tests import builders
from tests.fixtures.members import VisitorAs
from tests.fixtures.pages import Page
from tests.fixtures.visitors import Visitor
from tests.rooms.specification_case import NOW, a_requirement, origins_of


@pytest.fixture
def here(app: Flask, rollout_id: int) -> Iterator[str]:
    """Terms can be made: one requirement follows from a task."""
    with app.app_context():
        a_requirement(rollout_id, builders.a_member(rollout_id, Role.CONSULTANT), origins_of(rollout_id)[0])
        db.session.commit()
    yield f"/rollouts/{rollout_id}/specification/terms"


def make(visitor: Visitor, here: str, **fields: object) -> Page:
    page = visitor.get(here)
    return visitor.follow(visitor.submit(page, fields, form="form:has(#note)"))


def download(visitor: Visitor, address: str) -> bytes:
    """The bytes of a file; not parsed as a page."""
    with visitor.client.get(address) as answer:
        return answer.get_data()


def change_requirement(app: Flask, rollout_id: int, text: str) -> None:
    with app.app_context():
        row = get_requirement(rollout_id, 1)
        row.text = text
        db.session.info["logged"] = True
        db.session.commit()


def test_a_version_is_made_from_every_room(here: str, visitor_as: VisitorAs) -> None:  # M15
    carol = visitor_as("consultant")
    assert make(carol, here, note="First").answer == "Version 1 is not signed yet."
    page = carol.get(f"{here}/1?chapter=requirements")
    assert "Acceptance test: Leave a request alone for 31 minutes" in page.text
    chapters = [one.get_text().strip() for one in page.all("nav.steps li")]
    assert chapters[:2] == ["1 Purpose and sides", "2 Requirements"]
    assert chapters[-1].endswith("Acceptance and changes")


def test_what_the_room_reports_stands_in_the_terms(app: Flask, here: str, rollout_id: int) -> None:  # M15 M85
    with app.test_request_context():
        said = PartSaid("sponsor", "client", "Petra Kurz", "Clears the way", "Fewer lost deals", 2, False)
        add_part(rollout_id, said, by=builders.a_user(), now=NOW)
        chapters = gather_terms(rollout_id, "en", NOW.date()).chapters
    assert [one.key for one in chapters] == ["purpose", "requirements", "order", "team", "changes"]
    assert "Petra Kurz" in str(chapters[3].blocks)


def test_each_file_is_a_download_of_its_kind(here: str, visitor_as: VisitorAs) -> None:  # M15
    carol = visitor_as("consultant")
    make(carol, here)
    files = {kind: download(carol, f"{here}/1/{kind}") for kind in ("html", "pdf", "docx")}
    assert files["pdf"].startswith(b"%PDF")
    assert "R1 · must have" in files["html"].decode()
    word = docx.Document(BytesIO(files["docx"]))
    assert any("R1 · must have" in paragraph.text for paragraph in word.paragraphs)
    assert carol.get(f"{here}/1/signed", status=404).text


def test_the_same_content_gives_the_same_bytes(app: Flask, here: str, rollout_id: int) -> None:
    with app.test_request_context():
        first, second = (gather_terms(rollout_id, "de", NOW.date()) for _ in range(2))
        files = [write_docx(one, head="Nordwind", seal="") for one in (first, second)]
    assert first.chapters[1].title == "Anforderungen"
    assert files[0] == files[1]
    assert {entry.date_time[0] for entry in ZipFile(BytesIO(files[0])).infolist()} == {1980}


def test_nothing_new_makes_no_new_version(here: str, visitor_as: VisitorAs) -> None:
    carol = visitor_as("consultant")
    for _ in range(2):
        page = make(carol, here)
    assert [cells[0] for cells in page.rows()] == ["1"]


def test_changes_between_versions_are_shown(app: Flask, here: str, rollout_id: int, visitor_as: VisitorAs) -> None:
    carol = visitor_as("consultant")  # M15
    make(carol, here)
    change_requirement(app, rollout_id, "Answered within ten minutes")
    assert "+ Answered within ten minutes" in carol.get(f"{here}/1/changes?since=now").text
    make(carol, here)
    page = carol.get(f"{here}/2/changes?since=1")
    assert page.answer == "One chapter changed."
    assert "− A request that nobody took up" in page.text


def test_a_comment_goes_on_with_its_chapter(app: Flask, here: str, rollout_id: int, visitor_as: VisitorAs) -> None:
    carol, head = visitor_as("consultant"), visitor_as("head")
    make(carol, here)
    page = head.get(f"{here}/1?chapter=requirements")
    head.submit(page, {"text": "Ten minutes would be better."}, form="form:has(#text)")
    change_requirement(app, rollout_id, "Answered within ten minutes")
    make(carol, here)
    assert "Ten minutes would be better." in carol.get(f"{here}/2?chapter=requirements").text
    assert "Ten minutes" not in carol.get(f"{here}/2?chapter=purpose").text


def test_two_people_sign_the_same_bytes(app: Flask, here: str, rollout_id: int, visitor_as: VisitorAs) -> None:  # M15
    carol, alice = visitor_as("consultant"), visitor_as("lead")
    make(carol, here)
    hall = here.removesuffix("/specification/terms")
    assert "Sign version 1 of the terms of reference" in alice.get(hall).text
    one = carol.follow(carol.submit(carol.get(here), form="form[action$='/1/sign']"))
    assert one.answer == "Version 1 is signed by Carol Consultant; the other side is missing."
    both = alice.follow(alice.submit(alice.get(here), form="form[action$='/1/sign']"))
    assert both.answer == "Version 1 is signed by both sides."
    assert alice.get(f"{here}/1/signed").content.startswith(b"%PDF")
    with app.test_request_context():
        row, store = terms.get_version(rollout_id, 1), app.extensions["implement_store"]
        html = store.path(row.html_sha256).read_bytes()
        assert {one.sha256 for one in terms.list_signed(row)} == {terms.hash_bytes(html)}


def test_an_older_version_is_not_signed(app: Flask, here: str, rollout_id: int, visitor_as: VisitorAs) -> None:
    carol = visitor_as("consultant")
    make(carol, here)
    old = carol.get(here)
    change_requirement(app, rollout_id, "Answered within ten minutes")
    make(carol, here)
    assert "newer version" in carol.submit(old, form="form[action$='/1/sign']", status=409).text


def test_the_gate_counts_what_hangs_and_who_signed(
    app: Flask, here: str, rollout_id: int, visitor_as: VisitorAs
) -> None:  # M15 M107
    with app.test_request_context():
        verdict = judge_stage(rollout_id, list_waves(rollout_id)[0].id, Stage.SPECIFICATION, NOW.date())
    met = {one.key.rpartition(".")[2] for one in verdict.criteria if one.met}
    unmet = {one.key.rpartition(".")[2] for one in verdict.unmet}
    assert met >= {"requirements_with_origin", "requirements_with_test"}
    assert unmet >= {"typing_minutes", "terms_signed"}
