"""What is typed in about incentives, by subject."""

from implement.control.incentives.forms.first_hour import SheetColumnsForm, SheetFileForm
from implement.control.incentives.forms.in_kind import GrantForm, RewardRuleForm
from implement.control.incentives.forms.rules import (
    AmountForm,
    BandForm,
    DraftForm,
    GateForm,
    ItemForm,
    KickerForm,
    PolicyForm,
    RuleForm,
)

__all__ = [
    "AmountForm",
    "BandForm",
    "DraftForm",
    "GateForm",
    "GrantForm",
    "ItemForm",
    "KickerForm",
    "PolicyForm",
    "RewardRuleForm",
    "RuleForm",
    "SheetColumnsForm",
    "SheetFileForm",
]
