"""What is typed in about regulations."""

from implement.control.regulations.forms.terms import CheckForm, GroundForm, KpiForm, MeetingForm
from implement.control.regulations.forms.texts import DraftForm, NewForm

__all__ = ["CheckForm", "DraftForm", "GroundForm", "KpiForm", "MeetingForm", "NewForm"]
