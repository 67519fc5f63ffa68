"""The demonstration's rehearsal: products and sellers were transferred first, compared, and signed by both sides."""

from implement.db import utc_now
from implement.demo.hall_story import login_of
from implement.rollout.service.reports import gather_frame
from implement.rollout.service.signatures import SIDES
from implement.stages.transfer import sign_off_page
from implement.stages.transfer.service import sign_off
from implement.stages.transfer.tables import TransferRun
from implement.store import Store
from implement.web.access import Role

LANGUAGE = "en"


def sign(run: TransferRun, store: Store) -> None:
    """Make the report of a run, and sign it for both sides."""
    consultant, now = login_of(Role.CONSULTANT), utc_now()
    content, frame = sign_off_page.write_content(run, store, LANGUAGE), gather_frame(run.rollout_id)
    paper = sign_off_page.write_paper(run, content, frame, language=LANGUAGE, made_by=consultant.name, made_at=now)
    row = sign_off.make_sign_off(run, paper, store=store, by=consultant, now=now)
    for role in SIDES:
        sign_off.sign_report(
            row, seen=row.html_sha256, content=content, role=role, roles=frozenset({role}), store=store,
            by=login_of(role), now=utc_now(),
        )  # fmt: skip
    printed = sign_off_page.print_signed(row, frame, sign_off.list_signed(row), store=store)
    sign_off.keep_signed_print(row, printed, store=store, by=consultant, now=utc_now())
