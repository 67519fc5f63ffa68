"""Cases: the list, one case, and what its owner and those who steer do with it."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import SelectChoice

from implement.db import db, utc_now
from implement.rollout.service.rollouts import local_day
from implement.rollout.service.threads import say
from implement.stages.transfer import case_words as words
from implement.stages.transfer.case_mail import tell_new_owner
from implement.stages.transfer.case_page import list_owners, open_case_page
from implement.stages.transfer.forms import AssignForm, MessageForm, SettleForm, WithdrawForm
from implement.stages.transfer.service import case_list
from implement.stages.transfer.service import cases as service
from implement.stages.transfer.service.findings import get_finding
from implement.stages.transfer.service.runs import get_finished_run
from implement.stages.transfer.tables import Case
from implement.stages.transfer.views.room import pages
from implement.stages.transfer.words import FATE_LABELS, say_condition
from implement.web.access import Permission, requires, standing
from implement.web.forms import BaseForm
from implement.web.texts import _


@pages.get("/cases")
@requires(Permission.SEE_TRANSFER)
def list_cases(rollout_id: int) -> str:
    """All cases, what is to be done first."""
    today = local_day(rollout_id, utc_now())
    listing = case_list.make_listing(rollout_id, states=words.STATE_LABELS, fates=FATE_LABELS)
    page = case_list.page_cases(rollout_id, listing, request.args)
    answer, lead = words.say_counts(case_list.count_cases(rollout_id, today))
    found = case_list.find_discrepancies(page).items()
    causes = {discrepancy_id: say_condition(one) for discrepancy_id, one in found}
    shown = {"page": page, "answer": answer, "lead": lead, "today": today, "labels": FATE_LABELS, "causes": causes}
    return render_template("transfer/cases.html", **shown, words=words)


@pages.get("/cases/<int:number>")
@requires(Permission.SEE_TRANSFER)
def show_case(rollout_id: int, number: int) -> str:
    """One case: what and why, its records, its history, what is to be done next."""
    return _show(service.get_case(rollout_id, number))


@pages.post("/runs/<int:number>/findings/<int:place>/case")
@requires(Permission.RUN_TRANSFER)
def open_record_case(rollout_id: int, number: int, place: int) -> ResponseReturnValue:
    """Make a case of one finding on a single record."""
    run = get_finished_run(rollout_id, number)
    finding = get_finding(run, place, store=current_app.extensions["implement_store"])
    case = service.open_record_case(run, finding, by=current_user, now=utc_now())
    db.session.commit()
    return _back(case)


@pages.post("/cases/<int:number>/assign")
@requires(Permission.RUN_TRANSFER)
def assign_case(rollout_id: int, number: int) -> ResponseReturnValue:
    """Give a case an owner and a day."""
    case, form = service.get_case(rollout_id, number), _make_assign_form(rollout_id)
    if not form.validate_on_submit():
        return _show(case, assign=form), 422
    given, before = {"owner_id": form.owner_id.data, "due": form.due.data}, case.owner_id
    service.demand_seen(case, form.version.data, _say_assignment(form))
    title = service.task_title(case, form.owner_id.data)
    service.assign(case, **given, title=title, by=current_user, now=utc_now())
    tell_new_owner(case, before, by=current_user, now=utc_now())
    db.session.commit()
    flash(_("The case has an owner; it stands among their next steps."), "success")
    return _back(case)


@pages.post("/cases/<int:number>/in-repair")
@requires(Permission.WORK_ON_CASES)
def begin_repair(rollout_id: int, number: int) -> ResponseReturnValue:
    """The owner says that the repair has begun."""
    case = service.get_case(rollout_id, number)
    service.begin_repair(case, roles=standing().roles, by=current_user, now=utc_now())
    db.session.commit()
    return _back(case)


@pages.post("/cases/<int:number>/repaired")
@requires(Permission.WORK_ON_CASES)
def say_repaired(rollout_id: int, number: int) -> ResponseReturnValue:
    """The owner says that it is repaired; the next run checks that."""
    case = service.get_case(rollout_id, number)
    service.say_repaired(case, roles=standing().roles, by=current_user, now=utc_now())
    db.session.commit()
    flash(_("Noted. The next run checks it and closes the case by itself."), "success")
    return _back(case)


@pages.post("/cases/<int:number>/settle")
@requires(Permission.RUN_TRANSFER)
def settle_case(rollout_id: int, number: int) -> ResponseReturnValue:
    """Explain or waive a case, by name and with a reason."""
    case, form = service.get_case(rollout_id, number), SettleForm()
    if not form.validate_on_submit():
        return _show(case, settle=form), 422
    said = {"name": form.name.data, "reason": form.reason.data}
    service.demand_seen(case, form.version.data, "\n".join(said.values()))
    service.settle(case, form.kind.data, **said, by=current_user, now=utc_now())
    db.session.commit()
    flash(_("Noted, with name and reason, for every report."), "success")
    return _back(case)


@pages.post("/cases/<int:number>/withdraw")
@requires(Permission.RUN_TRANSFER)
def withdraw_case(rollout_id: int, number: int) -> ResponseReturnValue:
    """Take an explanation or a waiver back; it stays on record."""
    case, form = service.get_case(rollout_id, number), WithdrawForm()
    if not form.validate_on_submit():
        return _show(case, withdraw=form), 422
    said = {"name": form.name.data, "reason": form.reason.data}
    service.demand_seen(case, form.version.data, "\n".join(said.values()))
    service.withdraw(case, **said, by=current_user, now=utc_now())
    db.session.commit()
    flash(_("The decision is withdrawn; it stays on record."), "success")
    return _back(case)


@pages.post("/cases/<int:number>/messages")
@requires(Permission.WORK_ON_CASES)
def say_on_case(rollout_id: int, number: int) -> ResponseReturnValue:
    """Add to the discussion of a case."""
    case, form = service.get_case(rollout_id, number), MessageForm()
    if not form.validate_on_submit():
        return _show(case, message=form), 422
    say(rollout_id, service.subject_of(case), form.text.data, by=current_user, now=utc_now())
    db.session.commit()
    return _back(case)


def _show(case: Case, **filled: BaseForm) -> str:
    """The page of a case; a form that was refused stands in it as it was filled in."""
    store = current_app.extensions["implement_store"]
    one = open_case_page(case, user_id=current_user.id, roles=standing().roles, store=store)
    forms = {
        "assign": _make_assign_form(case.rollout_id, version=case.version),
        "settle": SettleForm(name=current_user.name, version=case.version, formdata=None),
        "withdraw": WithdrawForm(name=current_user.name, version=case.version, formdata=None),
        "message": MessageForm(formdata=None),
        **filled,
    }
    shown = {"labels": FATE_LABELS, "words": words, "today": local_day(case.rollout_id, utc_now())}
    return render_template("transfer/case.html", one=one, forms=forms, **shown)


def _make_assign_form(rollout_id: int, *, version: int | None = None) -> AssignForm:
    """The form as it was sent; with a version a fresh one."""
    form = AssignForm(formdata=None, version=version) if version else AssignForm()
    form.owner_id.choices = [SelectChoice(user_id, name) for user_id, name in list_owners(rollout_id)]
    return form


def _say_assignment(form: AssignForm) -> str:
    names = {choice.value: choice.label for choice in form.owner_id.choices}
    return f"{names[form.owner_id.data]}\n{form.due.data}"


def _back(case: Case) -> ResponseReturnValue:
    return redirect(url_for("transfer.show_case", rollout_id=case.rollout_id, number=case.number))
