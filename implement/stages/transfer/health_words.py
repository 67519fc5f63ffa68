"""What a look through tables is doing, in the reader's language."""

from implement.web.texts import _


def say_health_step(step: str) -> str:
    """The step of the job: the columns of all tables first, then table by table."""
    name = step.removeprefix("health").strip()
    if name in ("", "profile"):
        return _("Looking at the columns of each table")
    return _("Looking through %(name)s", name=name)
