"""Pictures as accessible SVG: drawn once per content, coloured by the theme, with the table behind them."""

from implement.web.charts.bars import Fate, bars, stacked_fates
from implement.web.charts.chart import Chart, ChartColumn
from implement.web.charts.curve import curve
from implement.web.charts.diverging import diverging_bars
from implement.web.charts.flow import flow
from implement.web.charts.gantt import Bar, gantt
from implement.web.charts.heat import heatmap
from implement.web.charts.lines import Goal, Line, lines
from implement.web.charts.multiples import Multiple, multiples
from implement.web.charts.ranges import Estimate, ranges

__all__ = [
    "Bar",
    "Chart",
    "ChartColumn",
    "Estimate",
    "Fate",
    "Goal",
    "Line",
    "Multiple",
    "bars",
    "curve",
    "diverging_bars",
    "flow",
    "gantt",
    "heatmap",
    "lines",
    "multiples",
    "ranges",
    "stacked_fates",
]
