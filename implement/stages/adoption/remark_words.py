"""How remarks on reasons are said: the mark beside a reason, who answered, until when an answer is due."""

from datetime import date

from implement.stages.adoption.service.remarks import CONTEST, WITHDRAWN, Mark
from implement.stages.adoption.tables import ReasonRemark
from implement.web.texts import _, day

TONES = {"": "watch", "stands": "neutral", "withdrawn": "good"}


def say_mark(mark: Mark | ReasonRemark) -> str:
    """The mark beside a reason."""
    if mark.outcome == WITHDRAWN:
        return _("withdrawn by %(name)s", name=mark.answered_by)
    if mark.outcome:
        return _("answered by %(name)s: it stands", name=mark.answered_by)
    said = _("contested") if mark.kind == CONTEST else _("commented on")
    return _("%(said)s, answer due on %(day)s", said=said, day=day(mark.answer_by))


def say_state(row: ReasonRemark, who: str, label: str) -> str:
    """The page's first line."""
    said = {"who": who, "label": label}
    if row.outcome:
        return _("%(who)s on “%(label)s”: answered.", **said)
    if row.kind == CONTEST:
        return _("%(who)s contests “%(label)s”.", **said)
    return _("%(who)s explains “%(label)s”.", **said)


def is_overdue(row: ReasonRemark, today: date) -> bool:
    """True when an answer should have been given."""
    return not row.outcome and row.answer_by < today
