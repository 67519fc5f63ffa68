"""Control totals in words: what the old system says, what the files hold, what arrived, and by how much they differ."""

from implement.stages.transfer.service.totals import TotalLine
from implement.web.texts import _, _n, number, plain_money


def say_totals(lines: list[TotalLine]) -> str:
    """The first line: how many figures of the old system do not agree."""
    open_lines = [one for one in lines if one.is_open]
    if not lines:
        return _("No figure of the old system itself was typed in yet.")
    if open_lines:
        return _n("One figure of the old system does not agree.", "%(num)d figures of the old system do not agree.",
                  len(open_lines))  # fmt: skip
    if any(one.held is None for one in lines):
        return _("These figures are held against the next comparison.")
    return _("Every figure of the old system agrees or is accepted.")


def say_total(line: TotalLine) -> str:
    """What was counted or summed, under which condition."""
    total = line.total
    known = {"table": total.table_name, "column": total.column_name, "value": total.equals or "–"}
    what = total.table_name
    if total.sum_column:
        what = _("Sum of %(column)s in %(table)s", column=total.sum_column, table=total.table_name)
    return _("%(what)s, where %(column)s is %(value)s", what=what, **known) if total.column_name else what


def say_figure(line: TotalLine, figure: int | None) -> str:
    """A count or an amount; what is not there is said so."""
    if figure is None:
        return _("not there")
    return plain_money(figure, line.total.currency) if line.total.sum_column else number(figure)


def say_difference(line: TotalLine) -> str:
    """By how much files and CRM differ from the old system's figure, in words."""
    held = line.held
    if held is None:
        return _("not compared yet")
    if not held.differs:
        return _("agrees")
    sides = ((_("files"), held.in_files), (_("CRM"), held.in_crm))
    return ", ".join(_say_side(line, name, figure) for name, figure in sides if figure != line.expected)


def _say_side(line: TotalLine, name: str, figure: int | None) -> str:
    if figure is None:
        return _("%(side)s: not there", side=name)
    gap = figure - line.expected
    shown = say_figure(line, abs(gap))
    if gap < 0:
        return _("%(side)s: %(gap)s too few", side=name, gap=shown)
    return _("%(side)s: %(gap)s too many", side=name, gap=shown)
