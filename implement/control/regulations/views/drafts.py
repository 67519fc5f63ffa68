"""Texts being written: begun from a template or an empty page, given terms, kept as a version."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import SelectChoice

from implement.control.regulations import page
from implement.control.regulations.forms import CheckForm, DraftForm, GroundForm, KpiForm, MeetingForm, NewForm
from implement.control.regulations.service import drafts as service
from implement.control.regulations.service.templates import get_template, list_templates
from implement.control.regulations.tables import RegulationDraft
from implement.control.regulations.views.room import pages
from implement.db import db, utc_now
from implement.rollout.service.rollouts import local_day
from implement.web.access import Permission, requires
from implement.web.forms import BaseForm
from implement.web.texts import _, language

TermForm = GroundForm | KpiForm | CheckForm | MeetingForm
TERM_FORMS: dict[str, type[TermForm]] = {
    "grounds": GroundForm,
    "kpis": KpiForm,
    "checks": CheckForm,
    "meetings": MeetingForm,
}


@pages.route("/new", methods=["GET", "POST"])
@requires(Permission.WRITE_REGULATIONS)
def write_regulation(rollout_id: int) -> ResponseReturnValue:
    """Begin a text on an empty page; templates are offered beside it."""
    form = NewForm(valid_from=local_day(rollout_id, utc_now()))
    if form.validate_on_submit():
        said = page.read_words(form)
        draft = service.begin_draft(rollout_id, form.kind.data, said, by=current_user, now=utc_now())
        db.session.commit()
        return redirect(url_for("regulations.show_draft", rollout_id=rollout_id, draft_id=draft.id))
    return render_template("regulations/new.html", form=form, templates=list_templates())


@pages.route("/templates/<int:place>", methods=["GET", "POST"])
@requires(Permission.WRITE_REGULATIONS)
def fill_in_template(rollout_id: int, place: int) -> ResponseReturnValue:
    """Fill in what a template asks for; what is left open stays in its brackets."""
    template = get_template(place)
    blanks = template.list_blanks(language())
    form = page.write_blanks_form(template, [asked for _clause, asked in blanks], local_day(rollout_id, utc_now()))
    if form.validate_on_submit():
        text = template.write(language(), [one.data or "" for one in page.list_blanks(form)])
        said = service.DraftText(form["title"].data, text, form["valid_from"].data)
        draft = service.begin_draft(rollout_id, "regulation", said, by=current_user, now=utc_now())
        db.session.commit()
        return redirect(url_for("regulations.show_draft", rollout_id=rollout_id, draft_id=draft.id))
    clauses = page.group_blanks(form, blanks, language())
    return render_template("regulations/template.html", form=form, template=template, clauses=clauses)


@pages.get("/drafts/<int:draft_id>")
@requires(Permission.WRITE_REGULATIONS)
def show_draft(rollout_id: int, draft_id: int) -> ResponseReturnValue:
    """A draft with its words, its terms, and what the law says to it."""
    draft = service.get_draft(rollout_id, draft_id)
    return _show(draft, _choose(rollout_id, DraftForm(data=page.read_form(draft))))


@pages.post("/drafts/<int:draft_id>")
@requires(Permission.WRITE_REGULATIONS)
def save_draft(rollout_id: int, draft_id: int) -> ResponseReturnValue:
    """Save the words and whom it binds; what somebody else saved meanwhile is shown beside it."""
    draft, form = service.get_draft(rollout_id, draft_id), _choose(rollout_id, DraftForm())
    if not form.validate_on_submit():
        return _show(draft, form), 422
    said = page.read_words(form)
    changes = page.read_changes(form, draft)
    service.save_draft(draft, said, changes, seen=form.version.data, by=current_user, now=utc_now())
    db.session.commit()
    flash(_("Saved."), "success")
    return redirect(url_for("regulations.show_draft", rollout_id=rollout_id, draft_id=draft_id))


@pages.post("/drafts/<int:draft_id>/terms/<any(grounds,kpis,checks,meetings):kind>")
@requires(Permission.WRITE_REGULATIONS)
def add_term(rollout_id: int, draft_id: int, kind: str) -> ResponseReturnValue:
    """Add a ground, a figure, a check or a meeting."""
    draft, form = service.get_draft(rollout_id, draft_id), TERM_FORMS[kind]()
    if not form.validate_on_submit():
        return _show(draft, _choose(rollout_id, DraftForm(formdata=None, data=page.read_form(draft))), form, kind), 422
    service.add_term(draft, kind, form.to_term(), by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for("regulations.show_draft", rollout_id=rollout_id, draft_id=draft_id, _anchor=kind))


@pages.post("/drafts/<int:draft_id>/terms/<any(grounds,kpis,checks,meetings):kind>/<int:place>/drop")
@requires(Permission.WRITE_REGULATIONS)
def drop_term(rollout_id: int, draft_id: int, kind: str, place: int) -> ResponseReturnValue:
    """Take a term out again."""
    service.drop_term(service.get_draft(rollout_id, draft_id), kind, place, by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for("regulations.show_draft", rollout_id=rollout_id, draft_id=draft_id, _anchor=kind))


@pages.post("/drafts/<int:draft_id>/keep")
@requires(Permission.WRITE_REGULATIONS)
def keep_version(rollout_id: int, draft_id: int) -> ResponseReturnValue:
    """Keep the draft as a version that waits for approval."""
    draft, seen = service.get_draft(rollout_id, draft_id), request.form.get("version", type=int)
    version = service.keep_version(draft, seen=seen, by=current_user, now=utc_now())
    db.session.commit()
    flash(_("Kept. Somebody else approves it now, then it can be handed out."), "success")
    return redirect(url_for("regulations.show_version", rollout_id=rollout_id, version_id=version.id))


@pages.post("/drafts/<int:draft_id>/drop")
@requires(Permission.WRITE_REGULATIONS)
def drop_draft(rollout_id: int, draft_id: int) -> ResponseReturnValue:
    """Give the draft up."""
    service.drop_draft(service.get_draft(rollout_id, draft_id), by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for("regulations.list_regulations", rollout_id=rollout_id))


def _choose(rollout_id: int, form: DraftForm) -> DraftForm:
    form.team_ids.choices = [SelectChoice(key, name) for key, name in page.name_teams(rollout_id).items()]
    return form


def _show(draft: RegulationDraft, form: DraftForm, sent: BaseForm | None = None, kind: str = "") -> str:
    """The draft's page; `sent` is the form of a term that was refused."""
    forms: dict[str, BaseForm] = {one: maker(formdata=None) for one, maker in TERM_FORMS.items()}
    shown = page.describe_draft(draft, local_day(draft.rollout_id, utc_now()))
    forms |= {kind: sent} if sent is not None else {}
    return render_template("regulations/draft.html", draft=draft, form=form, forms=forms, **shown)
