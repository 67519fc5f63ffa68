"""What must happen without anybody asking: escalations, mail, backups, disposals; any number of workers may do it."""

import fcntl
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import Flask

from implement.commands.archive import is_backup_due, name_backup, remove_old_backups, sweep_folder
from implement.commands.backup import back_up
from implement.control.regulations.service.overdue import remind_overdue
from implement.db import db, utc_now, writing
from implement.rollout.registries import Registries
from implement.rollout.service.files import delete_doomed_files
from implement.rollout.service.outbox import send_mails
from implement.rollout.service.retention import ask_for_disposals
from implement.rollout.service.tasks import escalate_overdue_tasks
from implement.settings import Settings
from implement.stages.pilot.service import following
from implement.stages.pilot.service.support.reminding import remind_of_questions
from implement.stages.pilot.service.telling import tell_heads
from implement.stages.pilot.service.training.enrolling import enrol_newcomers, remind_learners

CHORE_SECONDS = 30.0
LONG = timedelta(days=1)

log = logging.getLogger(__name__)


def start_housekeeping(app: Flask) -> None:
    """Do the chores now and every half minute, beside the jobs."""
    threading.Thread(target=_keep_house, args=(app,), daemon=True).start()


def keep_house_once(app: Flask) -> None:
    """Do each chore; one that fails is noted and keeps no other from being done."""
    for chore in (escalate, follow, tell, remind, train, send, take_backup, clear_away, keep_periods):
        _do(chore, app)


def escalate(app: Flask) -> None:
    """Tell the second person of overdue tasks (M44)."""
    now = utc_now()
    today = now.astimezone(ZoneInfo(_settings(app).timezone)).date()
    with app.app_context(), writing():
        escalate_overdue_tasks(today=today, now=now)
        db.session.commit()


def follow(app: Flask) -> None:
    """Let new events of the CRM move the clocks of orders that are followed (M76–M82)."""
    found: Registries = app.extensions["implement_registries"]
    with app.app_context():
        for log in found.order_logs:
            for due in following.list_due(log):
                orders = log.find_orders(due.rollout_id, due.asked, app.extensions["implement_store"])
                db.session.rollback()
                with writing():
                    following.catch_up(due, orders, now=utc_now())
                    db.session.commit()


def tell(app: Flask) -> None:
    """Tell heads of steps whose time is over (M77)."""
    with app.app_context(), writing():
        tell_heads(now=utc_now())
        db.session.commit()


def remind(app: Flask) -> None:
    """Write to whoever is late in acknowledging a regulation, at most once a day (M113)."""
    address = _settings(app).base_url.rstrip("/")
    with app.app_context(), writing():
        remind_overdue(now=utc_now(), address=address)
        db.session.commit()


def train(app: Flask) -> None:
    """Let newcomers learn the lessons of their role; remind of late lessons and of questions, each once (M108, M22)."""
    with app.app_context(), writing():
        enrol_newcomers(now=utc_now())
        remind_learners(now=utc_now())
        remind_of_questions(now=utc_now())
        db.session.commit()


def send(app: Flask) -> None:
    """Send the mail that waits."""
    settings = _settings(app)
    with app.app_context(), writing():
        send_mails(settings.outbox, sender=settings.mail_from, now=utc_now())


def take_backup(app: Flask) -> None:
    """Take a backup when one is due (M56); of several workers one does."""
    settings = _settings(app)
    if not is_backup_due(settings.backup_folder, every_hours=settings.backup_every_hours, now=utc_now()):
        return
    with _alone_in(settings.backup_folder) as is_alone:
        if is_alone and is_backup_due(settings.backup_folder, every_hours=settings.backup_every_hours, now=utc_now()):
            back_up(app, name_backup(settings.backup_folder, utc_now()))
            remove_old_backups(settings.backup_folder, keep=settings.backups_kept)


def clear_away(app: Flask) -> None:
    """Remove what was left half written by processes that ended long ago."""
    long_ago = utc_now() - LONG
    app.extensions["implement_presence"].forget_gone()
    app.extensions["implement_store"].sweep(before=long_ago)
    sweep_folder(_settings(app).backup_folder, before=long_ago)


def keep_periods(app: Flask) -> None:
    """Have what outlived its period deleted, once a day, and the files of what was deleted before."""
    with app.app_context(), writing():
        ask_for_disposals(now=utc_now())
        delete_doomed_files(app.extensions["implement_store"], now=utc_now())
        db.session.commit()


def _keep_house(app: Flask) -> None:
    pause = threading.Event()
    while True:
        keep_house_once(app)
        pause.wait(CHORE_SECONDS)


def _do(chore: Callable[[Flask], None], app: Flask) -> None:
    try:
        chore(app)
    except Exception:
        log.exception("chore %s failed", chore.__name__)


@contextmanager
def _alone_in(folder: Path) -> Iterator[bool]:
    """True for one of those who ask at the same time; the lock goes with its process."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def _settings(app: Flask) -> Settings:
    settings: Settings = app.extensions["implement_settings"]
    return settings
