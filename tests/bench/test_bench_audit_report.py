"""What the full audit report costs: every pack, answered by nine people, printed chapter by chapter."""

import os
import time
from fractions import Fraction

import pytest
from flask import Flask, current_app

from implement.db import db
from implement.engine.checklist import AnswerKind, Item
from implement.rollout.service.reports import gather_frame
from implement.stages.audit.report_chapters import gather_material, write_chapters
from implement.stages.audit.report_paper import Around, print_chapters
from implement.stages.audit.service import people
from implement.stages.audit.service.shelf import list_shelf
from implement.stages.audit.tables import AuditAnswer
from implement.web.texts import in_language
from tests.bench.tables import print_table
from tests.rooms.audit_case import NOW, Case, an_audit

PEOPLE = int(os.environ.get("IMPLEMENT_BENCH_AUDIT_PEOPLE", "9"))
NOTE = "Said in the meeting, with the order book open."


def _word(item: Item, n: int) -> str:
    if item.kind is AnswerKind.SCALE:
        return str(n * 7 % 5)
    if item.kind is AnswerKind.NUMBER:
        return str(min(int(item.maximum or 50), max(int(item.minimum or 0), 10 + n % 7)))
    return item.options[n % len(item.options)].id if item.options else "Every region keeps its own list of customers."


def _answer_all(case: Case) -> None:
    told = {"role": "head", "by": case.carol, "now": NOW}
    who = [people.add_person(case.audit, name=f"Person {n}", **told) for n in range(PEOPLE)]
    asked = [item for item in case.pack.items if item.kind is not AnswerKind.FILE]
    for n, (item, person) in enumerate((item, person) for item in asked for person in who):
        row = AuditAnswer(audit_id=case.audit.id, item_id=item.id, person_id=person.id, value=_word(item, n))
        row.note, row.typed_in, row.at = NOTE if n % 3 == 0 else "", True, NOW
        db.session.add(row)
    db.session.flush()


@pytest.mark.bench
def test_the_full_report_is_measured(app: Flask) -> None:
    with app.test_request_context(), in_language("de"):
        store = current_app.extensions["implement_store"]
        case = an_audit(keys=[one.pack.id for one in list_shelf(store)])
        _answer_all(case)
        around = Around(gather_frame(case.rollout_id), "Carol", NOW, "de")
        begun = time.process_time()
        chapters = write_chapters(gather_material(case.audit, case.pack, "EUR", around.frame, now=NOW))
        written = time.process_time()
        _pdf, pages = print_chapters(chapters, around, lambda *_told: None)
        printed = time.process_time()
    assert pages >= len(chapters)
    each = Fraction(printed - begun) / pages
    row = [f"{len(case.pack.items)} questions, {PEOPLE} people", f"{written - begun:.1f}", f"{printed - written:.1f}"]
    print_table("Audit report", ["", "written, CPU s", "printed, CPU s", "pages", "CPU s for 200 pages"],
                [[*row, str(pages), f"{float(each * 200):.0f}"]])  # fmt: skip
