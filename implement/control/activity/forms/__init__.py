"""What is typed in about activity plans."""

from implement.control.activity.forms.kpis import KpiForm

__all__ = ["KpiForm"]
