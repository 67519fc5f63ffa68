"""The steps between a list that is handed in and its figures, the same for the loss map and for a month."""

from datetime import date

from flask import current_app, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.rollout.service.requests import answer_leads_to
from implement.stages.audit.forms import ListForm
from implement.stages.audit.service import lists as service
from implement.stages.audit.tables import DealList


def hand_in_list(rollout_id: int, form: ListForm, *, month: date | None) -> ResponseReturnValue:
    """Keep the files, have them read, and go to the next step."""
    store = current_app.extensions["implement_store"]
    files = [service.keep_upload(file.filename or "", file.stream, store=store) for file in form.uploads]
    row = service.hand_in(rollout_id, files, month=month, by=current_user, now=utc_now())
    location = url_for("audit_lists.show_list", rollout_id=rollout_id, number=row.number)
    answer_leads_to(str(form.idempotency_key.data), current_user.id, location)
    db.session.commit()
    return redirect(location)


def figures_url(row: DealList) -> str:
    """Where the figures of a list are shown."""
    if row.month is not None:
        return url_for("audit_base.show_base", rollout_id=row.rollout_id)
    return url_for("audit_losses.show_list_losses", rollout_id=row.rollout_id, number=row.number)


def name_files(row: DealList) -> str:
    """The names of a list's files."""
    return ", ".join(name for name, _sha256 in row.files)
