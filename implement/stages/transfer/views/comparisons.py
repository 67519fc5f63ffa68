"""Two runs side by side: what is fixed, still open and new, by table and class, with the rows and as a file."""

from functools import partial

from flask import Response, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from implement.stages.transfer.change_pictures import CHANGE_LABELS, draw_changes
from implement.stages.transfer.service import comparison as service
from implement.stages.transfer.service.runs import get_finished_run
from implement.stages.transfer.views.room import pages
from implement.stages.transfer.words import FATE_LABELS
from implement.web.access import Permission, requires


@pages.get("/compare")
@requires(Permission.SEE_TRANSFER)
def compare_runs(rollout_id: int) -> str:
    """Choose two finished runs and see what changed; the newest two unless others are named."""
    numbers = service.list_finished_runs(rollout_id)
    if not numbers:
        return render_template("transfer/compare.html", one=None, numbers=numbers)
    chosen = service.choose_runs(numbers, [request.args.get(name, "") for name in ("before", "after")])
    before, after = (get_finished_run(rollout_id, number) for number in chosen)
    labels = {"changes": CHANGE_LABELS, "fates": FATE_LABELS}
    store = current_app.extensions["implement_store"]
    one = service.compare_runs(before, after, request.args, store=store, labels=labels)
    link = partial(url_for, "transfer.compare_runs", rollout_id=rollout_id, before=before.number, after=after.number)
    shown = {"numbers": numbers, "labels": FATE_LABELS, "changes": CHANGE_LABELS, "link": link}
    return render_template("transfer/compare.html", one=one, picture=draw_changes(one.rows, link), **shown)


@pages.get("/compare/<int:before>/<int:after>/changes.csv")
@requires(Permission.SEE_TRANSFER)
def download_changes(rollout_id: int, before: int, after: int) -> ResponseReturnValue:
    """All findings that are fixed, still open or new, as a file."""
    one, other = (get_finished_run(rollout_id, number) for number in (before, after))
    store = current_app.extensions["implement_store"]
    answer = Response(service.write_changes(one, other, store=store), mimetype="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="changes-{before}-{after}.csv"'
    return answer
