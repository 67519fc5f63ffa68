"""The terms of reference: made from all rooms, read by chapter, compared, discussed, signed by both sides."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.engine.document import compare_documents
from implement.rollout.service.rollouts import local_day
from implement.rollout.service.signatures import SIDES
from implement.rollout.service.threads import list_said, say
from implement.stages.specification import terms_page, terms_paper
from implement.stages.specification.forms.terms import CommentForm, MakeTermsForm, SignTermsForm
from implement.stages.specification.service import terms as service
from implement.stages.specification.service.requirements import read_state
from implement.stages.specification.tables import TermsVersion
from implement.store import Store
from implement.web.access import Permission, Role, requires, standing
from implement.web.texts import _, language

pages = Blueprint("specification_terms", __name__, url_prefix="/rollouts/<int:rollout_id>/specification/terms")
MIMETYPES = {
    "html": "text/html",
    "pdf": "application/pdf",
    "signed": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@pages.get("")
@requires(Permission.SEE_SPECIFICATION)
def show_terms(rollout_id: int) -> ResponseReturnValue:
    """The newest version, who signed it, every version before it."""
    row = service.find_newest(rollout_id)
    signed = service.list_signed(row) if row else []
    return render_template(
        "specification/terms/overview.html",
        row=row,
        signed=signed,
        missing=[side for side in SIDES if side not in {one.role for one in signed}],
        versions=service.list_versions(rollout_id),
        job=service.find_newest_job(rollout_id),
        state=read_state(rollout_id),
        make_form=MakeTermsForm(formdata=None, language=row.language if row else language()),
        sign_forms=_sign_forms(row) if row else [],
        page=terms_page,
    )


@pages.post("")
@requires(Permission.WRITE_SPECIFICATION)
def make_terms(rollout_id: int) -> ResponseReturnValue:
    """Have the next version made in the background."""
    form = MakeTermsForm()
    if form.validate_on_submit():
        said = {"language": form.language.data, "note": form.note.data or ""}
        service.enqueue_terms(rollout_id, **said, by=current_user, now=utc_now())
        db.session.commit()
    return redirect(url_for("specification_terms.show_terms", rollout_id=rollout_id))


@pages.get("/<int:number>")
@requires(Permission.SEE_SPECIFICATION)
def show_version(rollout_id: int, number: int) -> ResponseReturnValue:
    """One version, a chapter at a time, with what is said about it."""
    return _show_chapter(rollout_id, number, request.args.get("chapter", ""), CommentForm(formdata=None))


@pages.post("/<int:number>/comments")
@requires(Permission.DISCUSS)
def add_comment(rollout_id: int, number: int) -> ResponseReturnValue:
    """Say something about a chapter; it goes on with the chapter from version to version."""
    form = CommentForm()
    if not form.validate_on_submit():
        return _show_chapter(rollout_id, number, form.chapter.data or "", form), 422
    row = service.get_version(rollout_id, number)
    subject = service.comment_subject(service.demand_chapter(row, form.chapter.data, store=_store()))
    say(rollout_id, subject, form.text.data, by=current_user, now=utc_now())
    db.session.commit()
    here = {"rollout_id": rollout_id, "number": number, "chapter": form.chapter.data, "_anchor": "comments"}
    return redirect(url_for("specification_terms.show_version", **here))


@pages.get("/<int:number>/changes")
@requires(Permission.SEE_SPECIFICATION)
def show_changes(rollout_id: int, number: int) -> ResponseReturnValue:
    """What changed from an earlier version to this one, or from this one to what the rooms say now."""
    row, is_now = service.get_version(rollout_id, number), request.args.get("since") == "now"
    later = service.read_content(row, store=_store())
    if is_now:
        earlier, later = later, terms_paper.gather_terms(rollout_id, row.language, local_day(rollout_id, utc_now()))
    else:
        before = service.get_earlier(row, request.args.get("since", type=int))
        earlier = service.read_content(before, store=_store())
    changes = compare_documents(earlier, later)
    return render_template("specification/terms/changes.html", row=row, changes=changes, is_now=is_now, page=terms_page)


@pages.post("/<int:number>/sign")
@requires(Permission.WRITE_SPECIFICATION)
def sign_terms(rollout_id: int, number: int) -> ResponseReturnValue:
    """Sign the frozen bytes for one's side; with the second signature the sheet of signatures is kept."""
    row, form, store = service.get_version(rollout_id, number), SignTermsForm(), _store()
    if form.validate_on_submit() and form.role.data in list(Role):
        who = {"role": Role(form.role.data), "roles": standing().roles, "by": current_user, "now": utc_now()}
        service.sign_terms(row, seen=form.sha256.data, store=store, **who)
        if service.is_complete(row):
            document = service.read_content(row, store=store)
            printed = terms_paper.print_signatures(row, service.list_signed(row), document)
            service.keep_signed_print(row, printed, store=store, by=current_user, now=utc_now())
        db.session.commit()
        flash(_("You have signed."), "success")
    return redirect(url_for("specification_terms.show_terms", rollout_id=rollout_id))


@pages.get("/<int:number>/<any(html,pdf,docx,signed):kind>")
@requires(Permission.SEE_SPECIFICATION)
def download_terms(rollout_id: int, number: int, kind: str) -> ResponseReturnValue:
    """A frozen version, byte for byte."""
    path = _store().path(service.find_bytes(service.get_version(rollout_id, number), kind))
    name = f"terms-{number}-signatures.pdf" if kind == "signed" else f"terms-{number}.{kind}"
    return send_file(path, mimetype=MIMETYPES[kind], as_attachment=True, download_name=name)


def _show_chapter(rollout_id: int, number: int, key: str, form: CommentForm) -> str:
    row = service.get_version(rollout_id, number)
    document = service.read_content(row, store=_store())
    chapter = service.find_chapter(document, key)
    form.chapter.data = chapter.key if chapter else ""
    said = list_said(rollout_id, service.comment_subject(chapter.key)) if chapter else []
    around = {"row": row, "document": document, "chapter": chapter, "said": said, "form": form}
    return render_template("specification/terms/version.html", **around, page=terms_page)


def _sign_forms(row: TermsVersion) -> list[tuple[Role, SignTermsForm]]:
    """One form for each side that this person may still sign for."""
    done = {signed.role for signed in service.list_signed(row)}
    sides = [role for role in SIDES if role in standing().roles and role not in done]
    return [(role, SignTermsForm(sha256=row.html_sha256, role=role.value, formdata=None)) for role in sides]


def _store() -> Store:
    store: Store = current_app.extensions["implement_store"]
    return store
