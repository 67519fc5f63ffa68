"""What was left behind on purpose, on one page."""

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from implement.stages.transfer.service.left_behind import list_left_behind
from implement.stages.transfer.views.room import pages
from implement.stages.transfer.words import say_note
from implement.web.access import Permission, requires


@pages.get("/left-behind")
@requires(Permission.SEE_TRANSFER)
def show_left_behind(rollout_id: int) -> ResponseReturnValue:
    """Tables and columns that were not transferred on purpose, why, and who approved it."""
    lines = list_left_behind(rollout_id, store=current_app.extensions["implement_store"])
    nameless = sum(not line.approved_by for line in lines)
    return render_template("transfer/left_behind.html", lines=lines, nameless=nameless, say_note=say_note)
