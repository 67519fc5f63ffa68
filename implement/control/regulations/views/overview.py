"""What stands in the room at a glance: every text, who is late, who checks what."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.control.regulations import page, words
from implement.control.regulations.service import drafts, overdue
from implement.control.regulations.views.room import pages
from implement.db import utc_now
from implement.rollout.service.regulations import list_waiting
from implement.rollout.service.rollouts import local_day
from implement.web.access import Permission, may, requires, standing


@pages.get("")
@requires(Permission.SEE_REGULATIONS)
def list_regulations(rollout_id: int) -> ResponseReturnValue:
    """Every text with its versions, where each stands, and how many acknowledged it."""
    return render_template(
        "regulations/regulations.html",
        rows=page.list_rows(rollout_id, local_day(rollout_id, utc_now())),
        drafts=drafts.list_drafts(rollout_id) if may("write_regulations") else [],
        waiting=list_waiting(rollout_id, current_user.id),
    )


@pages.get("/overdue")
@requires(Permission.SEE_OVERDUE)
def list_overdue(rollout_id: int) -> ResponseReturnValue:
    """Who is late in acknowledging: everybody for whoever writes regulations, a head's own team."""
    rows = overdue.list_overdue(rollout_id, local_day(rollout_id, utc_now()))
    shown = page.keep_own(rows, standing())
    return render_template("regulations/overdue.html", rows=shown, teams=page.name_teams(rollout_id))


@pages.get("/checks")
@requires(Permission.SEE_REGULATIONS)
def list_checks(rollout_id: int) -> ResponseReturnValue:
    """Who checks what and how often, processes and results side by side (M115, M116)."""
    found = page.list_checks(rollout_id, local_day(rollout_id, utc_now()))
    return render_template("regulations/checks.html", found=found, words=words)
