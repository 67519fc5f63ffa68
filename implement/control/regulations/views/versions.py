"""One version of a text: read, approved, handed out, acknowledged."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.control.regulations import page
from implement.control.regulations.service import approving
from implement.control.regulations.service.drafts import begin_next
from implement.control.regulations.views.room import pages
from implement.db import db, utc_now
from implement.rollout.service import regulations
from implement.rollout.service.rollouts import local_day
from implement.web.access import Permission, requires, standing
from implement.web.texts import _, _n


@pages.get("/versions/<int:version_id>")
@requires(Permission.SEE_REGULATIONS)
def show_version(rollout_id: int, version_id: int) -> ResponseReturnValue:
    """One version: its text and terms, its hash, who approved and who acknowledged it."""
    regulation, version = regulations.get_version(rollout_id, version_id)
    shown = page.describe_version(regulation, version, standing(), current_user.id, local_day(rollout_id, utc_now()))
    return render_template("regulations/version.html", regulation=regulation, version=version, **shown)


@pages.get("/versions/<int:version_id>/differences")
@requires(Permission.SEE_REGULATIONS)
def show_differences(rollout_id: int, version_id: int) -> ResponseReturnValue:
    """What changed since the version before."""
    regulation, version = regulations.get_version(rollout_id, version_id)
    before = regulations.find_version_before(version)
    passages = page.compare_versions(rollout_id, before, version)
    return render_template(
        "regulations/differences.html", regulation=regulation, version=version, before=before, passages=passages
    )


@pages.post("/versions/<int:version_id>/next")
@requires(Permission.WRITE_REGULATIONS)
def write_version(rollout_id: int, version_id: int) -> ResponseReturnValue:
    """Begin the next version; the one before and its acknowledgements stay as they are."""
    first_day = local_day(rollout_id, utc_now())
    draft = begin_next(rollout_id, version_id, valid_from=first_day, by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for("regulations.show_draft", rollout_id=rollout_id, draft_id=draft.id))


@pages.post("/versions/<int:version_id>/approve")
@requires(Permission.APPROVE_REGULATIONS)
def approve(rollout_id: int, version_id: int) -> ResponseReturnValue:
    """Approve exactly this text with its terms."""
    version = regulations.get_version(rollout_id, version_id)[1]
    approving.approve_version(rollout_id, version, roles=standing().roles, by=current_user, now=utc_now())
    db.session.commit()
    flash(_("Approved, with your name, the time and the hash of the text."), "success")
    return redirect(url_for("regulations.show_version", rollout_id=rollout_id, version_id=version_id))


@pages.post("/versions/<int:version_id>/hand-out")
@requires(Permission.WRITE_REGULATIONS)
def hand_out(rollout_id: int, version_id: int) -> ResponseReturnValue:
    """Hand the version out to everybody it binds."""
    now = utc_now()
    today = local_day(rollout_id, now)
    count = approving.hand_out_version(rollout_id, version_id, by=current_user, now=now, today=today)
    db.session.commit()
    flash(_n("Handed out to one person.", "Handed out to %(num)d people.", count), "success")
    return redirect(url_for("regulations.show_version", rollout_id=rollout_id, version_id=version_id))


@pages.post("/versions/<int:version_id>/acknowledge")
@requires(Permission.ACKNOWLEDGE)
def acknowledge(rollout_id: int, version_id: int) -> ResponseReturnValue:
    """Note that the person has read exactly this text."""
    version, sha256 = regulations.get_version(rollout_id, version_id)[1], request.form.get("sha256", "")
    regulations.acknowledge(version, rollout_id, sha256=sha256, by=current_user, now=utc_now())
    db.session.commit()
    flash(_("Noted, with your name, the time and the hash of the text."), "success")
    return redirect(url_for("regulations.show_version", rollout_id=rollout_id, version_id=version_id))
