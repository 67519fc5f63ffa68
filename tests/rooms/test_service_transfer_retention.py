"""Files and rows of the transfer, and revoked tokens, go when their period is over: once, and pages say so."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from implement.db import db, utc_now
from implement.rollout.registries import registries
from implement.rollout.service import retention
from implement.rollout.service.api_tokens import find_api_token, issue_api_token, list_api_tokens, revoke_api_token
from implement.rollout.service.files import GRACE, delete_doomed_files
from implement.rollout.tables import ApiToken
from implement.stages.transfer.tables import RunInput, TransferFile, TransferRun
from implement.store import FileGone, FolderStore
from implement.web.access import Permission, Role, Standing
from tests import builders
from tests.fixtures.members import VisitorAs
from tests.rooms.transfer_case import Case, a_mapped_case
from tests.rooms.transfer_case import read_at_once as read_at_once

pytestmark = pytest.mark.usefixtures("read_at_once")
Database = scoped_session[Session]
LATER = timedelta(days=1_200)


def look_through(rollout_id: int, store: FolderStore, *, after: timedelta) -> dict[str, int]:
    """Let the daily job come by after so long."""
    then = utc_now() + after
    classes = registries().kept_classes
    done = retention.dispose(rollout_id, classes, store=store, today=then.date(), now=then)
    return {row.kind: row.row_count for row in done}


def a_compared_case() -> tuple[Case, FolderStore, TransferRun]:
    case = a_mapped_case()
    assert isinstance(case.store, FolderStore)
    return case, case.store, case.run()


def test_files_tables_and_findings_go_and_what_was_signed_stays_provable(session: Database) -> None:
    case, store, run = a_compared_case()
    kept = set(store.hashes())
    proofs = set(session.scalars(select(RunInput.file_sha256).where(RunInput.run_id == run.id)))
    assert look_through(case.rollout_id, store, after=timedelta(days=90)) == {}
    assert look_through(case.rollout_id, store, after=LATER) == {"transfer_files": 5}
    assert look_through(case.rollout_id, store, after=LATER) == {}
    assert delete_doomed_files(store, now=utc_now() + LATER + 2 * GRACE) > 8
    left = set(store.hashes())
    assert proofs and not proofs & left and left < kept and run.arrived > 0
    assert set(session.scalars(select(RunInput.file_sha256))) == proofs
    assert not session.scalars(select(TransferFile).where(TransferFile.is_in_use)).all()
    with pytest.raises(FileGone):
        store.path(run.findings_sha256 or "")


def test_the_day_of_deletion_is_shown_beforehand(session: Database) -> None:
    case, _store, _run = a_compared_case()
    rows = {row.kind: row for row in retention.list_retention(case.rollout_id, registries().kept_classes)}
    assert rows["transfer_files"].held.count == 5
    assert rows["transfer_files"].deleted_on == utc_now().date() + timedelta(days=1_097)


def test_a_revoked_token_is_forgotten_and_a_live_one_stays(session: Database, app: Flask) -> None:
    rollout_id, by, now = builders.a_rollout().id, builders.a_user(), utc_now()
    lead, said = Standing(rollout_id, frozenset({Role.LEAD}), None), {"permission": Permission.IMPORT_USAGE, "by": by}
    old, live = (issue_api_token(lead, name=name, now=now, **said) for name in ("Nightly export", "Phone system"))
    revoke_api_token(rollout_id, old[0].id, by=by, now=now)
    store = app.extensions["implement_store"]
    assert look_through(rollout_id, store, after=timedelta(days=397)) == {"api_tokens": 1}
    assert [row.name for row in list_api_tokens(rollout_id)] == ["Phone system"]
    assert find_api_token(old[1]) is None and find_api_token(live[1]) is not None
    assert "Nightly export" not in set(db.session.scalars(select(ApiToken.name)))


def test_a_page_whose_rows_are_gone_says_so(app: Flask, visitor_as: VisitorAs) -> None:
    with app.app_context():
        case, store, run = a_compared_case()
        look_through(case.rollout_id, store, after=LATER)
        db.session.commit()
        address = f"/rollouts/{case.rollout_id}/transfer/runs/{run.number}/findings.csv"
    page = visitor_as("lead", rollout_id=case.rollout_id).get(address, status=410)
    assert "The rows behind this page are no longer kept" in page.text
