"""What the payroll office says about its program."""

from wtforms import SelectChoice, StringField
from wtforms.validators import Length

from implement.control.incentives.words import PROGRAMS
from implement.web.forms import BaseForm, TickList
from implement.web.texts import lazy


class OfficeForm(BaseForm):
    """Wage types by part and the keys of the program; nothing is guessed, what is not needed stays empty."""

    programs = TickList(
        lazy("Files the office takes"), choices=[SelectChoice(kind, name) for kind, name in PROGRAMS.items()]
    )
    wage_plan = StringField(lazy("Wage type of the variable part"), [Length(max=40)])
    wage_commission = StringField(lazy("Wage type of commission"), [Length(max=40)])
    wage_kicker = StringField(lazy("Wage type of extra sums"), [Length(max=40)])
    adviser_number = StringField(lazy("DATEV: adviser number"), [Length(max=7)])
    client_number = StringField(lazy("DATEV: client number"), [Length(max=5)])
    processing_key = StringField(lazy("LODAS: processing key for amounts"), [Length(max=2)])
    code_heading = StringField(lazy("Optima: heading of the column with the employee's code"), [Length(max=60)])
    kind_heading = StringField(lazy("Optima: heading of the column with the kind of addition"), [Length(max=60)])
