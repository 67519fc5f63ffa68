"""A rollout is closed once every wave has recovered and both sides signed the same bytes."""

import pytest
from sqlalchemy.orm import Session as Database

from implement.db import utc_now
from implement.rollout.service import closing
from implement.rollout.service.errors import NotAllowed, NotFound, RuleBroken
from implement.rollout.service.rollouts import list_waves
from implement.rollout.service.sign_off import mark_before
from implement.rollout.stages import Stage
from implement.rollout.tables import ClosingReport, User
from implement.store import Store
from implement.web.access import Role
from tests import builders


def a_recovered_rollout() -> tuple[int, User, User]:
    """Every wave is signed off at its last stage; its lead and its consultant."""
    rollout_id = builders.a_rollout().id
    lead, consultant = (builders.a_member(rollout_id, role) for role in (Role.LEAD, Role.CONSULTANT))
    for wave in list_waves(rollout_id):
        said = {"name": lead.name, "reason": "Done", "by": lead, "now": utc_now()}
        mark_before(rollout_id, wave, Stage.ADOPTION, role=Role.LEAD, **said)  # type: ignore[arg-type]
    return rollout_id, lead, consultant


def a_report(rollout_id: int, store: Store, by: User, html: bytes = b"<html></html>") -> ClosingReport:
    return closing.make_closing(rollout_id, html=html, pdf=b"pdf", language="en", store=store, by=by, now=utc_now())


def sign_as(row: ClosingReport, role: Role, store: Store, by: User, seen: str = "") -> None:
    said = {"seen": seen or row.html_sha256, "role": role, "roles": frozenset({role})}
    closing.sign_closing(row, **said, store=store, by=by, now=utc_now())  # type: ignore[arg-type]


def test_it_stays_open_while_a_wave_has_not_recovered(session: Database, store: Store) -> None:
    rollout_id = builders.a_rollout().id
    lead = builders.a_member(rollout_id, Role.LEAD)
    with pytest.raises(RuleBroken, match="cannot be closed"):
        a_report(rollout_id, store, lead)


def test_both_sides_close_it_and_nothing_is_made_afterwards(session: Database, store: Store) -> None:
    rollout_id, lead, consultant = a_recovered_rollout()
    row = a_report(rollout_id, store, lead)
    sign_as(row, Role.LEAD, store, lead)
    closing.keep_signed_closing(row, b"early", store=store, by=lead, now=utc_now())
    assert row.signed_pdf_sha256 is None
    sign_as(row, Role.CONSULTANT, store, consultant)
    closing.keep_signed_closing(row, b"signed", store=store, by=lead, now=utc_now())
    assert closing.is_closed(row) and store.path(closing.find_closing_bytes(row, "signed")).read_bytes() == b"signed"
    with pytest.raises(RuleBroken, match="is closed"):
        a_report(rollout_id, store, lead)


def test_one_person_is_not_both_sides(session: Database, store: Store) -> None:
    rollout_id, lead, _consultant = a_recovered_rollout()
    row = a_report(rollout_id, store, lead)
    sign_as(row, Role.LEAD, store, lead)
    with pytest.raises(NotAllowed, match="two people"):
        sign_as(row, Role.CONSULTANT, store, lead)
    with pytest.raises(NotFound):
        closing.find_closing_bytes(row, "signed")


def test_what_was_read_is_what_is_signed(session: Database, store: Store) -> None:
    rollout_id, lead, consultant = a_recovered_rollout()
    first = a_report(rollout_id, store, lead)
    second = a_report(rollout_id, store, lead, b"<html>anew</html>")
    for row, seen in ((first, first.html_sha256), (second, first.html_sha256)):
        with pytest.raises(RuleBroken, match="made meanwhile"):
            sign_as(row, Role.CONSULTANT, store, consultant, seen)
