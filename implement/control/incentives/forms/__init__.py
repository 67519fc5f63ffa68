"""What is typed in about incentives, by subject."""

from implement.control.incentives.forms.in_kind import GrantForm, RewardRuleForm

__all__ = ["GrantForm", "RewardRuleForm"]
