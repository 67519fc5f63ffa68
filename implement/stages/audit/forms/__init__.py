"""What is typed in an audit, by subject."""

from implement.stages.audit.forms.answers import AnswerForm, EvidenceForm, plain_words
from implement.stages.audit.forms.findings import FindingForm
from implement.stages.audit.forms.packs import OwnPackForm, PacksForm
from implement.stages.audit.forms.people import LINK_DAYS, AskForm, NamedForm, PersonForm, PlanForm

__all__ = [
    "LINK_DAYS",
    "AnswerForm",
    "AskForm",
    "EvidenceForm",
    "FindingForm",
    "NamedForm",
    "OwnPackForm",
    "PacksForm",
    "PersonForm",
    "PlanForm",
    "plain_words",
]
