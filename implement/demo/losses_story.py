"""The demonstration's loss map from the real pipeline, its client base of two months, and a diary that is simulated.

The months are the pipeline as it was at the end of each: what ended later was open then.
"""

import csv
import io
from datetime import date, timedelta
from random import Random

from flask import current_app

from implement.db import utc_now
from implement.demo.after_state import LEGACY, read_legacy
from implement.demo.hall_story import login_of
from implement.engine.diary import KINDS
from implement.engine.funnel import Stage
from implement.rollout.service.rollouts import get_rollout, local_day
from implement.stages.audit.losses_findings import write_finding
from implement.stages.audit.service import diary, list_plans
from implement.stages.audit.service.audits import get_audit, open_pack
from implement.stages.audit.service.findings import note
from implement.stages.audit.service.list_reading import compute_reading, record_reading
from implement.stages.audit.service.lists import find_newest, keep_upload, note_list
from implement.stages.audit.service.losses import compute_figures, last_day_of, read_figures, record_figures
from implement.stages.audit.tables import DealList
from implement.store import Store
from implement.web.access import Role

PIPELINE, ACCOUNTS = "sales_pipeline.csv", "accounts.csv"
NORM_DAYS = {"Engaging": 180}
TOPICS = ("stage-2", "gap-client")
MONTHS = (date(2017, 11, 1), date(2017, 12, 1))
SEED, SEATS, DAYS = 8, 8, 5
USUAL_MINUTES = {"search": 45, "copying": 40, "reports": 30, "asking": 20, "chasing": 25, "other": 10}


def tell(rollout_id: int, store: Store) -> bool:
    """Count the old list and two months, note two findings, and close a diary; False when that was done before."""
    if find_newest(rollout_id, is_finished=True) is not None:
        return False
    files = {name: (LEGACY / name).read_bytes() for name in (PIPELINE, ACCOUNTS)}
    row = _count(rollout_id, files, None, store)
    _note_findings(row, store)
    for month in MONTHS:
        _count(rollout_id, {f"export-{month:%Y-%m}.csv": _write_month(month), ACCOUNTS: files[ACCOUNTS]}, month, store)
    _write_diary(rollout_id)
    return True


def _count(rollout_id: int, files: dict[str, bytes], month: date | None, store: Store) -> DealList:
    """Hand in, read, confirm as proposed, and count, at once."""
    now, by = utc_now(), login_of(Role.CONSULTANT)
    kept = [keep_upload(name, io.BytesIO(content), store=store) for name, content in files.items()]
    row = note_list(rollout_id, kept, month=month, by=by, now=now)
    record_reading(row, compute_reading(kept, store=store), by=by, now=now)
    proposed = list_plans.propose_plan(row)
    assert proposed is not None
    draft = list_plans.choose_columns(row, proposed, store=store, by=by, now=now)
    assert draft.as_of is not None
    stages = [Stage(one.name, one.state, one.place, NORM_DAYS.get(one.name)) for one in draft.stages]
    list_plans.confirm_at_once(row, stages, (draft.as_of, ""), by=by, now=now)
    record_figures(row, compute_figures(row, store=store), by=by, now=now)
    return row


def _note_findings(row: DealList, store: Store) -> None:
    audit, currency = get_audit(row.rollout_id), get_rollout(row.rollout_id).currency
    for topic in TOPICS:
        text = write_finding(read_figures(row).losses, topic, currency, PIPELINE)
        source = f"losses:{row.number}-{topic}"
        note(audit, open_pack(audit, store), text, source=source, by=login_of(Role.CONSULTANT), now=utc_now())


def _write_month(month: date) -> bytes:
    """The pipeline as it was at the end of the month."""
    last, text = last_day_of(month).isoformat(), io.StringIO()
    rows = [row for row in read_legacy("sales_pipeline") if (row["engage_date"] or "") <= last]
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    for row in rows:
        is_later = (row["close_date"] or "") > last
        writer.writerow(row | {"deal_stage": "Engaging", "close_date": "", "close_value": ""} if is_later else row)
    return text.getvalue().encode()


def _write_diary(rollout_id: int) -> None:
    """Eight people write five days; how long routine takes them is simulated."""
    now, by, chance = utc_now(), login_of(Role.CONSULTANT), Random(SEED)
    secret, first = current_app.config["SECRET_KEY"], (now - timedelta(days=DAYS)).date()
    row, tokens = diary.open_diary(rollout_id, {"Sales": SEATS}, first_day=first, days=DAYS, by=by, now=now)
    for token in tokens["Sales"]:
        seat = diary.find_seat(token, now=now)
        for day in diary.list_days(seat, local_day(rollout_id, now)):
            minutes = {kind: round(USUAL_MINUTES[kind] * chance.uniform(0.5, 1.5)) for kind in KINDS}
            diary.write_day(seat, day, minutes, secret=secret, today=local_day(rollout_id, now))
    diary.close_diary(row, by=by, now=now)
