"""Forms: shape of what is typed in, read as the reader's language writes it."""

from implement.web.forms.base import BaseForm, init_app, new_key
from implement.web.forms.fields import (
    DayField,
    LocalDecimalField,
    MoneyField,
    ShareField,
    TickList,
    UploadField,
    WholeField,
)
from implement.web.forms.reading import NotReadable, read_day, read_number

__all__ = [
    "BaseForm",
    "DayField",
    "LocalDecimalField",
    "MoneyField",
    "NotReadable",
    "ShareField",
    "TickList",
    "UploadField",
    "WholeField",
    "init_app",
    "new_key",
    "read_day",
    "read_number",
]
