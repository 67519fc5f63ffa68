"""Findings: the listing, one record side by side, and the whole as files."""

from flask import Response, current_app, render_template, request
from flask.typing import ResponseReturnValue

from implement.rollout.kept_page import kept
from implement.stages.transfer.link_words import (
    FATE_MEANINGS,
    SURENESS_LABELS,
    SURENESS_TONES,
    VERDICT_LABELS,
    VERDICT_TONES,
)
from implement.stages.transfer.record_page import RecordPage, open_finding, open_record
from implement.stages.transfer.service import exports
from implement.stages.transfer.service import findings as service
from implement.stages.transfer.service.cases import find_cases_of
from implement.stages.transfer.service.drilling import find_record
from implement.stages.transfer.service.runs import get_finished_run
from implement.stages.transfer.tables import TransferRun
from implement.stages.transfer.views.room import pages
from implement.stages.transfer.words import FATE_LABELS
from implement.web.access import Permission, requires
from implement.web.texts import _

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.get("/runs/<int:number>/findings")
@requires(Permission.SEE_TRANSFER)
@kept
def list_findings(rollout_id: int, number: int) -> str:
    """The findings of a run, narrowed, sorted and paged."""
    run, store = get_finished_run(rollout_id, number), current_app.extensions["implement_store"]
    listing = service.make_listing(run, fates=FATE_LABELS)
    page = service.page_findings(run, listing, request.args, store=store)
    return render_template("transfer/findings.html", run=run, page=page, labels=FATE_LABELS)


@pages.get("/runs/<int:number>/findings/<int:place>")
@requires(Permission.SEE_TRANSFER)
def show_record(rollout_id: int, number: int, place: int) -> ResponseReturnValue:
    """One record as it was and as it arrived, the differences marked."""
    run, store = get_finished_run(rollout_id, number), current_app.extensions["implement_store"]
    return _show_record(run, open_record(run, place, store))


@pages.get("/runs/<int:number>/records/<int:table_id>/<int:row>")
@requires(Permission.SEE_TRANSFER)
def show_row(rollout_id: int, number: int, table_id: int, row: int) -> ResponseReturnValue:
    """A record of the old system, whether anything was found about it or not."""
    run, store = get_finished_run(rollout_id, number), current_app.extensions["implement_store"]
    return _show_record(run, open_finding(run, find_record(run, table_id, row, store=store), store))


@pages.get("/runs/<int:number>/findings.csv")
@requires(Permission.SEE_TRANSFER)
def download_findings(rollout_id: int, number: int) -> ResponseReturnValue:
    """All findings of a run in the format of the command, as a download."""
    run, store = get_finished_run(rollout_id, number), current_app.extensions["implement_store"]
    answer = Response(exports.write_csv(run, store=store), mimetype="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="findings-{number}.csv"'
    return answer


@pages.get("/runs/<int:number>/findings.xlsx")
@requires(Permission.SEE_TRANSFER)
def download_sheet(rollout_id: int, number: int) -> ResponseReturnValue:
    """The findings that pass the filters as a spreadsheet, every cell plain text."""
    run, store = get_finished_run(rollout_id, number), current_app.extensions["implement_store"]
    listing = service.make_listing(run, fates=FATE_LABELS)
    wanted = service.find_wanted(run, listing.asked(request.args), request.args)
    answer = Response(exports.write_sheet(run, wanted, store=store), mimetype=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="findings-{number}.xlsx"'
    return answer


def _show_record(run: TransferRun, page: RecordPage) -> str:
    signs = {"sureness": SURENESS_LABELS, "tones": SURENESS_TONES, "verdicts": VERDICT_LABELS, "signs": VERDICT_TONES}
    labels = FATE_LABELS | {"": _("arrived as it was")}
    cause, record = find_cases_of(run, page.finding) if page.finding["place"] else (None, None)
    shown = {"cause_case": cause, "record_case": record, "labels": labels, "meanings": FATE_MEANINGS}
    return render_template("transfer/record.html", run=run, one=page, **shown, **signs)
