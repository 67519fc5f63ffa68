"""What is typed in an audit, by subject."""

from implement.stages.audit.forms.answers import AnswerForm, EvidenceForm, plain_words, say_file_fault
from implement.stages.audit.forms.findings import FindingForm, NoteForm
from implement.stages.audit.forms.lists import (
    ListForm,
    MonthListForm,
    WithdrawForm,
    make_columns_form,
    make_stages_form,
)
from implement.stages.audit.forms.packs import OwnPackForm, PacksForm
from implement.stages.audit.forms.people import LINK_DAYS, AskForm, NamedForm, PersonForm, PlanForm

__all__ = [
    "LINK_DAYS",
    "AnswerForm",
    "AskForm",
    "EvidenceForm",
    "FindingForm",
    "ListForm",
    "MonthListForm",
    "NamedForm",
    "NoteForm",
    "OwnPackForm",
    "PacksForm",
    "PersonForm",
    "PlanForm",
    "WithdrawForm",
    "make_columns_form",
    "make_stages_form",
    "plain_words",
    "say_file_fault",
]
