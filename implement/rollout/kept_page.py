"""A page shown again as it was, to the same log-in, while nothing has been written and the day is the same."""

from collections.abc import Callable
from functools import wraps

from flask import request, session

from implement.db import utc_now
from implement.rollout.service.rollouts import local_day
from implement.rollout.service.unchanged import while_unchanged
from implement.web.texts import language
from implement.web.texts.languages import choose_theme

Page = Callable[..., str]
TAKEN_FROM_THE_COOKIE = ("login", "csrf_token")
NOTES = "_flashes"


def kept(view: Page) -> Page:
    """Keep what the view answers; it must depend on nothing but what the log keeps account of, and write nothing.

    Forms on it carry the token of the log-in it was made for, so another log-in gets its own page. Notes about what
    just happened are shown once.
    """

    @wraps(view)
    def shown(rollout_id: int, **arguments: object) -> str:
        whose = tuple(session.get(name) for name in TAKEN_FROM_THE_COOKIE)
        if NOTES in session or None in whose:
            return view(rollout_id=rollout_id, **arguments)
        how = (language(), choose_theme(), local_day(rollout_id, utc_now()))
        what = (view.__module__, request.full_path, *whose, *how)
        return while_unchanged(what, lambda: view(rollout_id=rollout_id, **arguments))

    return shown
