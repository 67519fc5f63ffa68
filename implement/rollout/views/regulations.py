"""Regulations and agreements: written in versions, handed out, acknowledged by each person for exactly that version."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.rollout.forms.blocks import RegulationForm, VersionForm, read_purposes
from implement.rollout.service import regulations as service
from implement.web.access import Permission, requires
from implement.web.texts import _, language

pages = Blueprint("regulations", __name__, url_prefix="/rollouts/<int:rollout_id>/regulations")


@pages.get("")
@requires(Permission.SEE_REGULATIONS)
def list_regulations(rollout_id: int) -> ResponseReturnValue:
    """Every text with its versions and how many acknowledged it."""
    rows = service.list_versions(rollout_id)
    waiting = service.list_waiting(rollout_id, current_user.id)
    return render_template("regulations/regulations.html", rows=rows, waiting=waiting)


@pages.route("/new", methods=["GET", "POST"])
@requires(Permission.WRITE_REGULATIONS)
def write_regulation(rollout_id: int) -> ResponseReturnValue:
    """Write a new regulation or agreement, from a template where one is named."""
    place = request.args.get("template", type=int)
    template = service.get_template(place) if place else None
    begun = {"title": template.title.in_language(language()), "text": template.write(language())} if template else {}
    form = RegulationForm(data=begun)
    if form.validate_on_submit():
        asked = {name: form[name].data for name in ("kind", "title", "text", "valid_from")}
        terms = service.set_terms({}, **read_purposes(form))
        version = service.write_regulation(rollout_id, **asked, terms=terms, by=current_user, now=utc_now())
        db.session.commit()
        return redirect(url_for("regulations.show_version", rollout_id=rollout_id, version_id=version.id))
    return render_template("regulations/new.html", form=form, templates=service.list_templates())


@pages.get("/versions/<int:version_id>")
@requires(Permission.SEE_REGULATIONS)
def show_version(rollout_id: int, version_id: int) -> ResponseReturnValue:
    """One version: its text, its hash, who acknowledged it and who has not."""
    regulation, version = service.get_version(rollout_id, version_id)
    return render_template(
        "regulations/version.html",
        regulation=regulation,
        version=version,
        done=service.list_acknowledged(version_id),
        missing=service.list_not_acknowledged(rollout_id, version_id),
        is_mine=service.has_acknowledged(version_id, current_user.id),
        form=VersionForm(
            text=version.text, valid_from=version.valid_from, covers_looks=service.covers_looks(version),
            covers_calls=service.covers_calls(version),
        ),
    )


@pages.post("/versions/<int:version_id>/next")
@requires(Permission.WRITE_REGULATIONS)
def write_version(rollout_id: int, version_id: int) -> ResponseReturnValue:
    """Write the next version; the one before and its acknowledgements stay as they are."""
    regulation, version = service.get_version(rollout_id, version_id)
    form = VersionForm()
    if form.validate_on_submit():
        asked = {"text": form.text.data, "valid_from": form.valid_from.data}
        terms = service.set_terms(version.terms, **read_purposes(form))
        version = service.write_version(regulation, **asked, terms=terms, by=current_user, now=utc_now())
        db.session.commit()
    else:
        flash(_("A version needs a text and a first day; nothing was changed."), "error")
    return redirect(url_for("regulations.show_version", rollout_id=rollout_id, version_id=version.id))


@pages.post("/versions/<int:version_id>/hand-out")
@requires(Permission.WRITE_REGULATIONS)
def hand_out(rollout_id: int, version_id: int) -> ResponseReturnValue:
    """Hand the version out to everybody in the rollout."""
    service.hand_out(service.get_version(rollout_id, version_id)[1], rollout_id, by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for("regulations.show_version", rollout_id=rollout_id, version_id=version_id))


@pages.post("/versions/<int:version_id>/acknowledge")
@requires(Permission.ACKNOWLEDGE)
def acknowledge(rollout_id: int, version_id: int) -> ResponseReturnValue:
    """Note that the person has read exactly this text."""
    version, sha256 = service.get_version(rollout_id, version_id)[1], request.form.get("sha256", "")
    service.acknowledge(version, rollout_id, sha256=sha256, by=current_user, now=utc_now())
    db.session.commit()
    flash(_("Noted, with your name, the time and the hash of the text."), "success")
    return redirect(url_for("regulations.show_version", rollout_id=rollout_id, version_id=version_id))
