"""Tasks: one owner, one deadline, escalation; with the discussion beside each."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import SelectChoice

from implement.db import db, utc_now
from implement.rollout.forms.blocks import MessageForm, TaskForm
from implement.rollout.registries import registries
from implement.rollout.service import tasks as service
from implement.rollout.service.people import list_members
from implement.rollout.service.rollouts import local_day
from implement.rollout.service.threads import list_said, say
from implement.web.access import Permission, requires, standing
from implement.web.texts import _

pages = Blueprint("tasks", __name__, url_prefix="/rollouts/<int:rollout_id>/tasks")


@pages.route("", methods=["GET", "POST"])
@requires(Permission.KEEP_TASKS)
def list_tasks(rollout_id: int) -> ResponseReturnValue:
    """One's own open tasks, or everybody's; a form for a new one."""
    form = TaskForm()
    names = {user_id: name for user_id, name, *_rest in list_members(rollout_id)}
    form.owner_id.choices = [SelectChoice(user_id, name) for user_id, name in names.items()]
    form.escalate_to_id.choices = [SelectChoice("", _("nobody")), *form.owner_id.choices]
    if form.validate_on_submit():
        asked = {name: form[name].data for name in ("title", "owner_id", "due", "escalate_to_id")}
        service.give_task(rollout_id, **asked, by=current_user, now=utc_now())
        db.session.commit()
        flash(_("The task is given."), "success")
        return redirect(url_for("tasks.list_tasks", rollout_id=rollout_id))
    everybody = "all" in request.args and standing().may(Permission.SIGN)
    rows = service.list_tasks(rollout_id, owner_id=None if everybody else current_user.id)
    shown = {"rows": rows, "form": form, "everybody": everybody, "today": local_day(rollout_id, utc_now())}
    return render_template("tasks/tasks.html", **shown)


@pages.get("/<int:task_id>")
@requires(Permission.KEEP_TASKS)
def show_task(rollout_id: int, task_id: int) -> ResponseReturnValue:
    """One task with its discussion; one that belongs to a thing of a room is shown there."""
    task = service.get_task(rollout_id, task_id)
    kind, _colon, thing_id = task.subject.partition(":")
    if kind in registries().task_pages:
        return redirect(registries().task_pages[kind](rollout_id, int(thing_id)))
    said = list_said(rollout_id, f"task:{task_id}")
    shown = {"task": task, "said": said, "form": MessageForm(), "today": local_day(rollout_id, utc_now())}
    return render_template("tasks/task.html", **shown)


@pages.post("/<int:task_id>/done")
@requires(Permission.KEEP_TASKS)
def finish_task(rollout_id: int, task_id: int) -> ResponseReturnValue:
    """Tick a task off; the note carries the way back."""
    service.finish_task(service.get_task(rollout_id, task_id), roles=standing().roles, by=current_user, now=utc_now())
    db.session.commit()
    undo = {"text": _("The task is done."), "url": url_for("tasks.reopen_task", rollout_id=rollout_id, task_id=task_id)}
    flash(undo, "undo")  # type: ignore[arg-type]
    return redirect(url_for("tasks.list_tasks", rollout_id=rollout_id))


@pages.post("/<int:task_id>/open")
@requires(Permission.KEEP_TASKS)
def reopen_task(rollout_id: int, task_id: int) -> ResponseReturnValue:
    """Undo ticking a task off."""
    service.reopen_task(service.get_task(rollout_id, task_id), roles=standing().roles, by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for("tasks.show_task", rollout_id=rollout_id, task_id=task_id))


@pages.post("/<int:task_id>/messages")
@requires(Permission.DISCUSS)
def say_something(rollout_id: int, task_id: int) -> ResponseReturnValue:
    """Add to the discussion of a task."""
    form, task = MessageForm(), service.get_task(rollout_id, task_id)
    if form.validate_on_submit():
        say(rollout_id, f"task:{task.id}", form.text.data, by=current_user, now=utc_now())
        db.session.commit()
    return redirect(url_for("tasks.show_task", rollout_id=rollout_id, task_id=task_id))
