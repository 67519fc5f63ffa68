"""Rules of variable pay: drafted part by part, shown with every jump, released by a second person."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.control.incentives import rule_page, rule_parts
from implement.control.incentives.forms import DraftForm, RuleForm
from implement.control.incentives.service import rules as service
from implement.control.incentives.tables import PayRule, PayRuleVersion
from implement.control.incentives.views.room import pages
from implement.db import db, utc_now
from implement.rollout.service.rollouts import local_day
from implement.web.access import Permission, requires
from implement.web.forms import BaseForm
from implement.web.texts import _


@pages.route("/rules/new", methods=["GET", "POST"])
@requires(Permission.WRITE_PAY_RULES)
def write_rule(rollout_id: int) -> ResponseReturnValue:
    """Begin a rule."""
    form = RuleForm(valid_from=rule_page.next_month(local_day(rollout_id, utc_now())))
    if form.validate_on_submit():
        said = {"valid_from": form.valid_from.data, "by": current_user, "now": utc_now()}
        version = service.begin_rule(rollout_id, form.name.data, **said)
        db.session.commit()
        return redirect(url_for("incentives.show_rule", rollout_id=rollout_id, version_id=version.id))
    return render_template("incentives/new_rule.html", form=form)


@pages.post("/rules/<int:rule_id>/next")
@requires(Permission.WRITE_PAY_RULES)
def begin_next(rollout_id: int, rule_id: int) -> ResponseReturnValue:
    """Begin the next version; the one that holds goes on until the next one's day."""
    first_day = rule_page.next_month(local_day(rollout_id, utc_now()))
    version = service.begin_next(rollout_id, rule_id, valid_from=first_day, by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for("incentives.show_rule", rollout_id=rollout_id, version_id=version.id))


@pages.get("/rules/<int:version_id>")
@requires(Permission.SEE_INCENTIVES)
def show_rule(rollout_id: int, version_id: int) -> ResponseReturnValue:
    """A version: a draft to work on, or what was released."""
    rule, version = service.get_version(rollout_id, version_id)
    return _show(rule, version)


@pages.post("/rules/<int:version_id>")
@requires(Permission.WRITE_PAY_RULES)
def save_rule(rollout_id: int, version_id: int) -> ResponseReturnValue:
    """Save what holds for the whole rule; what somebody else saved meanwhile is shown beside it."""
    rule, version = service.get_version(rollout_id, version_id)
    form = DraftForm()
    if not form.validate_on_submit():
        return _show(rule, version, general=form), 422
    terms = service.change_terms(version, **rule_parts.read_general(form))
    said = {"seen": form.version.data, "by": current_user, "now": utc_now(), "valid_from": form.valid_from.data}
    service.save_draft(version, terms, **said)
    db.session.commit()
    flash(_("Saved."), "success")
    return redirect(url_for("incentives.show_rule", rollout_id=rollout_id, version_id=version_id))


@pages.post("/rules/<int:version_id>/<any(items,gates,kickers,bands):part>")
@requires(Permission.WRITE_PAY_RULES)
def add_part(rollout_id: int, version_id: int, part: str) -> ResponseReturnValue:
    """Add a figure, a gate, an extra sum or a band."""
    rule, version = service.get_version(rollout_id, version_id)
    form = rule_parts.PART_FORMS[part]()
    rule_parts.offer_kpis([form], rollout_id)
    if not form.validate_on_submit():
        return _show(rule, version, **{part: form}), 422
    terms = rule_parts.add(service.change_terms(version), part, form)
    service.save_draft(version, terms, seen=form.version.data, by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for("incentives.show_rule", rollout_id=rollout_id, version_id=version_id, _anchor=part))


@pages.post("/rules/<int:version_id>/<any(items,gates,kickers,bands):part>/<int:place>/drop")
@requires(Permission.WRITE_PAY_RULES)
def drop_part(rollout_id: int, version_id: int, part: str, place: int) -> ResponseReturnValue:
    """Take a part out again."""
    _rule, version = service.get_version(rollout_id, version_id)
    terms = rule_parts.drop(service.change_terms(version), part, place)
    seen = request.form.get("version", type=int)
    service.save_draft(version, terms, seen=seen, by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for("incentives.show_rule", rollout_id=rollout_id, version_id=version_id, _anchor=part))


@pages.post("/rules/<int:version_id>/release")
@requires(Permission.WRITE_PAY_RULES)
def release_rule(rollout_id: int, version_id: int) -> ResponseReturnValue:
    """Release a draft as a second person."""
    _rule, version = service.get_version(rollout_id, version_id)
    now, seen = utc_now(), request.form.get("version", type=int)
    service.release_rule(version, seen=seen, by=current_user, now=now, today=local_day(rollout_id, now))
    db.session.commit()
    flash(_("Released. It holds from its first day on."), "success")
    return redirect(url_for("incentives.show_rule", rollout_id=rollout_id, version_id=version_id))


@pages.post("/rules/<int:version_id>/drop")
@requires(Permission.WRITE_PAY_RULES)
def drop_draft(rollout_id: int, version_id: int) -> ResponseReturnValue:
    """Give a draft up."""
    service.drop_draft(service.get_version(rollout_id, version_id)[1], by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for("incentives.show_incentives", rollout_id=rollout_id))


def _show(rule: PayRule, version: PayRuleVersion, **sent: BaseForm) -> str:
    """The version's page; `sent` is a form that was refused."""
    forms = {**rule_parts.empty_forms(version), **sent}
    rule_parts.offer_kpis(forms.values(), rule.rollout_id)
    may_release = current_user.id not in version.editors
    shown = rule_page.describe_version(rule, version)
    return render_template("incentives/rule.html", **shown, forms=forms, may_release=may_release)
