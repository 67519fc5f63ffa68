"""Functions, seats and fields: what was introduced and is not used, and what that costs."""

from flask import current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.rollout.service.rollouts import get_rollout
from implement.stages.adoption import unused_page
from implement.stages.adoption.forms.functions import FieldForm, FunctionForm
from implement.stages.adoption.service import functions as service
from implement.stages.adoption.views.room import pages
from implement.web.access import Permission, requires
from implement.web.notes import is_put_back, tell_removed
from implement.web.texts import _


@pages.get("/unused")
@requires(Permission.SEE_TEAM_USAGE)
def show_unused(rollout_id: int) -> ResponseReturnValue:
    """What nobody uses, what nobody reads, and what both cost."""
    return _show(rollout_id, FunctionForm(), FieldForm())


@pages.post("/unused/functions")
@requires(Permission.KEEP_FUNCTIONS)
def add_function(rollout_id: int) -> ResponseReturnValue:
    """Write a function or a kind of seat down."""
    form = FunctionForm()
    if not form.validate_on_submit():
        return _show(rollout_id, form, FieldForm()), 422
    asked = {name: form[name].data for name in ("name", "counted_as", "introduced_on", "told", "seats")}
    cost = form["yearly_cost"].data
    service.add_function(rollout_id, **asked, yearly_cost_minor=cost, by=current_user, now=utc_now())
    db.session.commit()
    return _back(rollout_id)


@pages.post("/unused/fields")
@requires(Permission.KEEP_FUNCTIONS)
def add_field(rollout_id: int) -> ResponseReturnValue:
    """Write a field down that people fill in."""
    form = FieldForm()
    if not form.validate_on_submit():
        return _show(rollout_id, FunctionForm(), form), 422
    asked = {name: form[name].data for name in ("entries_a_week", "seconds", "read_in")}
    named = {"name": form["field"].data, "hourly_cost_minor": form["hourly_cost"].data}
    service.add_field(rollout_id, **named, **asked, by=current_user, now=utc_now())
    db.session.commit()
    return _back(rollout_id)


@pages.post("/unused/<any(function, field):kind>/<int:row_id>/<any(remove, restore):action>")
@requires(Permission.KEEP_FUNCTIONS)
def remove_entry(rollout_id: int, kind: str, row_id: int, action: str) -> ResponseReturnValue:
    """Take a function or field out of the register, or put it back."""
    service.remove(rollout_id, kind, row_id, is_back=is_put_back(), by=current_user, now=utc_now())
    db.session.commit()
    tell_removed(_("The entry is out of the register."))
    return _back(rollout_id)


def _show(rollout_id: int, function_form: FunctionForm, field_form: FieldForm) -> str:
    uses = service.read_uses(rollout_id, store=current_app.extensions["implement_store"])
    return render_template(
        "adoption/unused.html",
        page=unused_page,
        uses=uses,
        functions=service.list_functions(rollout_id, uses),
        fields=service.list_fields(rollout_id, uses),
        function_form=function_form,
        field_form=field_form,
        currency=get_rollout(rollout_id).currency,
    )


def _back(rollout_id: int) -> ResponseReturnValue:
    return redirect(url_for("adoption.show_unused", rollout_id=rollout_id))
