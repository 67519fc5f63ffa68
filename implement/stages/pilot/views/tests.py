"""Tests before people: scenarios, one scenario with its trials, the register of defects."""

from flask import current_app, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.stages.pilot import tests_page
from implement.stages.pilot.forms.tests import RESULTS, DefectForm, TesterForm, TrialForm
from implement.stages.pilot.service import defects, scenarios
from implement.stages.pilot.tables import Scenario
from implement.stages.pilot.views.room import pages
from implement.stages.specification.service.requirements import get_requirement
from implement.web.access import Permission, requires, standing
from implement.web.texts import _n


@pages.get("/tests")
@requires(Permission.SEE_PILOT)
def list_scenarios(rollout_id: int) -> ResponseReturnValue:
    """Every scenario with its tester and how it went."""
    return render_template("pilot/tests/scenarios.html", **tests_page.describe(rollout_id))


@pages.post("/tests/take-up")
@requires(Permission.RUN_PILOT)
def take_up_tests(rollout_id: int) -> ResponseReturnValue:
    """Make scenarios of the acceptance tests."""
    count = scenarios.take_up_tests(rollout_id, by=current_user, now=utc_now())
    db.session.commit()
    flash(_n("One scenario is new or renewed.", "%(num)d scenarios are new or renewed.", count), "success")
    return redirect(url_for(".list_scenarios", rollout_id=rollout_id))


@pages.get("/tests/<int:scenario_id>")
@requires(Permission.SEE_PILOT)
def show_scenario(rollout_id: int, scenario_id: int) -> ResponseReturnValue:
    """What is tried, every trial, and the form for the next."""
    return _show(scenarios.get_scenario(rollout_id, scenario_id), TrialForm())


@pages.post("/tests/<int:scenario_id>/tester")
@requires(Permission.RUN_PILOT)
def name_tester(rollout_id: int, scenario_id: int) -> ResponseReturnValue:
    """Say who tries it."""
    row, form = scenarios.get_scenario(rollout_id, scenario_id), TesterForm().offer(tests_page.list_testers(rollout_id))
    if form.validate_on_submit():
        scenarios.name_tester(row, form.tester_id.data or None, by=current_user, now=utc_now())
        db.session.commit()
    return redirect(url_for(".show_scenario", rollout_id=rollout_id, scenario_id=scenario_id))


@pages.post("/tests/<int:scenario_id>/trials")
@requires(Permission.TEST_PILOT)
def try_scenario(rollout_id: int, scenario_id: int) -> ResponseReturnValue:
    """Write down how a trial went."""
    row, form, evidence = scenarios.get_scenario(rollout_id, scenario_id), TrialForm(), None
    if not form.validate_on_submit():
        return _show(row, form), 422
    if form.file.data is not None:
        store = current_app.extensions["implement_store"]
        kept = store.put(form.file.data.stream, limit_bytes=form.file.limit_bytes)
        evidence = (form.file.data.filename or "file", kept)
    said, now = form.said(), utc_now()
    scenarios.try_scenario(row, said, evidence=evidence, standing=standing(), by=current_user, now=now)
    db.session.commit()
    return redirect(url_for(".show_scenario", rollout_id=rollout_id, scenario_id=scenario_id))


@pages.get("/tests/<int:scenario_id>/trials/<int:trial_id>/file")
@requires(Permission.TEST_PILOT)
def download_evidence(rollout_id: int, scenario_id: int, trial_id: int) -> ResponseReturnValue:
    """The file that shows how a trial went, always as a download."""
    row = scenarios.get_evidence(scenarios.get_scenario(rollout_id, scenario_id), trial_id)
    path = current_app.extensions["implement_store"].path(row.sha256)
    return send_file(path, mimetype="application/octet-stream", as_attachment=True, download_name=row.file_name)


@pages.get("/defects")
@requires(Permission.SEE_PILOT)
def list_defects(rollout_id: int) -> ResponseReturnValue:
    """The register of defects."""
    return render_template(
        "pilot/tests/defects.html",
        rows=defects.list_defects(rollout_id),
        answer=tests_page.say_open(defects.count_defects(rollout_id)),
        names=tests_page.name_members(rollout_id),
        states=defects.STATES,
        page=tests_page,
    )


@pages.route("/defects/<int:defect_id>", methods=["GET", "POST"])
@requires(Permission.RUN_PILOT)
def change_defect(rollout_id: int, defect_id: int) -> ResponseReturnValue:
    """Give a defect its owner, or say how far it is."""
    row = defects.get_defect(rollout_id, defect_id)
    form = DefectForm(obj=row).offer(list(tests_page.name_members(rollout_id).items()))
    if form.validate_on_submit():
        defects.change_defect(row, form.said(), version=form.version.data, by=current_user, now=utc_now())
        db.session.commit()
        return redirect(url_for(".list_defects", rollout_id=rollout_id))
    return render_template("pilot/tests/defect.html", form=form, row=row)


def _show(row: Scenario, form: TrialForm) -> str:
    testers = tests_page.list_testers(row.rollout_id)
    return render_template(
        "pilot/tests/scenario.html",
        scenario=row,
        requirement=get_requirement(row.rollout_id, row.requirement_id),
        trials=scenarios.list_trials(row),
        results=RESULTS,
        form=form,
        tester_form=TesterForm(formdata=None, tester_id=row.tester_id or 0).offer(testers),
        tester=dict(testers).get(row.tester_id or 0, ""),
        page=tests_page,
    )
