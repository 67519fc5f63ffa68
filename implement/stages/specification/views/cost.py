"""The cost over three years: offers, figures, savings, capacity, what passes to accounting."""

from collections.abc import Sequence

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.engine.choice import System
from implement.engine.cost import Factor
from implement.rollout.service.rollouts import get_rollout, local_day
from implement.stages.specification import cost_page
from implement.stages.specification.forms import cost as forms
from implement.stages.specification.forms.choice import FieldsForm
from implement.stages.specification.service.answers import read_audit
from implement.stages.specification.service.choice.shelf import open_catalogue
from implement.stages.specification.service.cost import capacity, exchange, figures, pricing, savings
from implement.web.access import Permission, requires
from implement.web.notes import offer_undo
from implement.web.texts import _, _n

pages = Blueprint("specification_cost", __name__, url_prefix="/rollouts/<int:rollout_id>/specification/cost")


@pages.get("")
@requires(Permission.SEE_SPECIFICATION)
def show_cost(rollout_id: int) -> ResponseReturnValue:
    """Every offer over three years as a range, and what the savings leave of it."""
    found, currency = pricing.price_offers(rollout_id), get_rollout(rollout_id).currency
    return render_template(
        "specification/cost/cost.html",
        pricing=found,
        picture=cost_page.draw_sums(found, currency, local_day(rollout_id, utc_now())) if found.offers else None,
        savings=savings.list_savings(rollout_id),
        today=local_day(rollout_id, utc_now()),
        currency=currency,
        page=cost_page,
    )


@pages.route("/offers", methods=["GET", "POST"])
@requires(Permission.WRITE_SPECIFICATION)
def add_offer(rollout_id: int) -> ResponseReturnValue:
    """Price one more way to buy a system; the comparison names the system in the address."""
    form = forms.OfferForm().offer(_list_systems(), request.args.get("system", ""))
    if form.validate_on_submit():
        row = figures.add_offer(rollout_id, form.said(), by=current_user, now=utc_now())
        db.session.commit()
        return redirect(url_for(".say_offer", rollout_id=rollout_id, offer_id=row.id))
    return render_template("specification/cost/offer.html", form=form, row=None), 422 if form.errors else 200


@pages.route("/offers/<int:offer_id>/source", methods=["GET", "POST"])
@requires(Permission.WRITE_SPECIFICATION)
def change_offer(rollout_id: int, offer_id: int) -> ResponseReturnValue:
    """Of which system, by whom and of which day an offer is."""
    row = figures.get_offer(rollout_id, offer_id)
    form = forms.OfferForm(obj=row).offer(_list_systems())
    if form.validate_on_submit():
        figures.change_offer(row, form.said(), by=current_user, now=utc_now())
        db.session.commit()
        return redirect(url_for(".show_cost", rollout_id=rollout_id))
    return render_template("specification/cost/offer.html", form=form, row=row), 422 if form.errors else 200


@pages.route("/offers/<int:offer_id>", methods=["GET", "POST"])
@requires(Permission.WRITE_SPECIFICATION)
def say_offer(rollout_id: int, offer_id: int) -> ResponseReturnValue:
    """The figures of one offer."""
    row = figures.get_offer(rollout_id, offer_id)
    factors = [one for one in figures.read_model().factors if not one.of_firm]
    form = _make_form(rollout_id, factors, figures.read_offer_figures(rollout_id).get(row.id, {}), row.source)
    if form.validate_on_submit() and (said := forms.read_figures(form, factors)) is not None:
        _flash_changed(figures.say_figures(rollout_id, row, said, by=current_user, now=utc_now()))
        db.session.commit()
        return redirect(url_for(".show_cost", rollout_id=rollout_id))
    return _show_figures(form, factors, row.name, row.id)


@pages.post("/offers/<int:offer_id>/<any(remove,restore):action>")
@requires(Permission.WRITE_SPECIFICATION)
def remove_offer(rollout_id: int, offer_id: int, action: str) -> ResponseReturnValue:
    """Take an offer away, or put it back."""
    row, is_back = figures.get_offer(rollout_id, offer_id), action == "restore"
    figures.remove_offer(row, is_back=is_back, by=current_user, now=utc_now())
    db.session.commit()
    if not is_back:
        undo = url_for(".remove_offer", rollout_id=rollout_id, offer_id=offer_id, action="restore")
        offer_undo(_("The offer was taken away."), undo)
    return redirect(url_for(".show_cost", rollout_id=rollout_id))


@pages.route("/firm", methods=["GET", "POST"])
@requires(Permission.WRITE_SPECIFICATION)
def say_firm(rollout_id: int) -> ResponseReturnValue:
    """The figures of the firm, the same whatever the offer."""
    factors = [one for one in figures.read_model().factors if one.of_firm]
    form = _make_form(rollout_id, factors, figures.read_firm_figures(rollout_id))
    if form.validate_on_submit() and (said := forms.read_figures(form, factors)) is not None:
        _flash_changed(figures.say_figures(rollout_id, None, said, by=current_user, now=utc_now()))
        db.session.commit()
        return redirect(url_for(".show_cost", rollout_id=rollout_id))
    return _show_figures(form, factors, "", None)


@pages.route("/savings/new", methods=["GET", "POST"])
@requires(Permission.WRITE_SPECIFICATION)
def add_saving(rollout_id: int) -> ResponseReturnValue:
    """Write a saving down."""
    form = forms.SavingForm()
    if form.validate_on_submit():
        savings.add_saving(rollout_id, form.said(), by=current_user, now=utc_now())
        db.session.commit()
        return redirect(url_for(".show_cost", rollout_id=rollout_id))
    return render_template("specification/cost/saving.html", form=form, row=None)


@pages.route("/savings/<int:saving_id>", methods=["GET", "POST"])
@requires(Permission.WRITE_SPECIFICATION)
def change_saving(rollout_id: int, saving_id: int) -> ResponseReturnValue:
    """Change a saving."""
    row = savings.get_saving(rollout_id, saving_id)
    form = forms.SavingForm(obj=row).show(row)
    if form.validate_on_submit():
        savings.change_saving(row, form.said(), version=form.version.data, by=current_user, now=utc_now())
        db.session.commit()
        return redirect(url_for(".show_cost", rollout_id=rollout_id))
    return render_template("specification/cost/saving.html", form=form, row=row)


@pages.post("/savings/<int:saving_id>/<any(remove,restore):action>")
@requires(Permission.WRITE_SPECIFICATION)
def remove_saving(rollout_id: int, saving_id: int, action: str) -> ResponseReturnValue:
    """Take a saving away, or put it back."""
    row, is_back = savings.get_saving(rollout_id, saving_id), action == "restore"
    savings.remove_saving(row, is_back=is_back, by=current_user, now=utc_now())
    db.session.commit()
    if not is_back:
        undo = url_for(".remove_saving", rollout_id=rollout_id, saving_id=saving_id, action="restore")
        offer_undo(_("The saving was taken away."), undo)
    return redirect(url_for(".show_cost", rollout_id=rollout_id))


@pages.route("/capacity", methods=["GET", "POST"])
@requires(Permission.WRITE_SPECIFICATION)
def say_calls(rollout_id: int) -> ResponseReturnValue:
    """How many calls can be answered, and how many people it takes."""
    known = capacity.read_calls(rollout_id)
    form = forms.CallsForm().show(known)
    if form.validate_on_submit():
        capacity.say_calls(rollout_id, form.said(), by=current_user, now=utc_now())
        db.session.commit()
        return redirect(url_for(".say_calls", rollout_id=rollout_id))
    found = capacity.judge_calls(known)
    return render_template("specification/cost/capacity.html", form=form, found=found, page=cost_page)


@pages.route("/accounting", methods=["GET", "POST"])
@requires(Permission.WRITE_SPECIFICATION)
def say_exchange(rollout_id: int) -> ResponseReturnValue:
    """What passes between CRM and accounting."""
    form = forms.ExchangeForm()
    if form.validate_on_submit():
        exchange.add_exchange(rollout_id, form.said(), by=current_user, now=utc_now())
        db.session.commit()
        return redirect(url_for(".say_exchange", rollout_id=rollout_id))
    found = exchange.read_exchange(rollout_id)
    return render_template("specification/cost/accounting.html", form=form, found=found, page=cost_page)


@pages.post("/accounting/<int:line_id>/<any(remove,restore):action>")
@requires(Permission.WRITE_SPECIFICATION)
def remove_exchange(rollout_id: int, line_id: int, action: str) -> ResponseReturnValue:
    """Take a line away, or put it back."""
    is_back = action == "restore"
    exchange.remove_exchange(rollout_id, line_id, is_back=is_back, by=current_user, now=utc_now())
    db.session.commit()
    if not is_back:
        undo = url_for(".remove_exchange", rollout_id=rollout_id, line_id=line_id, action="restore")
        offer_undo(_("The line was taken away."), undo)
    return redirect(url_for(".say_exchange", rollout_id=rollout_id))


def _list_systems() -> tuple[System, ...]:
    return open_catalogue(current_app.extensions["implement_store"]).systems


def _make_form(
    rollout_id: int, factors: Sequence[Factor], known: dict[str, figures.Figure], word: str = ""
) -> FieldsForm:
    """The form of these figures; what nobody said is proposed from the audit's answers."""
    said, source = read_audit(rollout_id, current_app.extensions["implement_store"]), _("answer of the audit")
    return forms.make_figures_form(factors, known, lambda one: figures.propose_figure(one, said, source), word)


def _show_figures(form: FieldsForm, factors: Sequence[Factor], name: str, offer_id: int | None) -> str:
    names = forms.offer_names(factors)
    return render_template("specification/cost/figures.html", form=form, names=names, name=name, offer_id=offer_id)


def _flash_changed(changed: int) -> None:
    flash(_n("One figure was changed.", "%(num)d figures were changed.", changed))
