"""Files for the payroll office: a closed run in, the same bytes out each time, or every reason why not."""

from implement.engine.payroll.checks import find_payroll_faults
from implement.engine.payroll.control import write_control
from implement.engine.payroll.faults import PayrollFault, UnusableRun
from implement.engine.payroll.generic import CsvStyle, write_payroll_csv, write_payroll_xlsx
from implement.engine.payroll.lexware import write_lexware
from implement.engine.payroll.lodas import LodasSettings, write_lodas
from implement.engine.payroll.lug import describe_lug, write_lug
from implement.engine.payroll.optima import OptimaSettings, write_optima
from implement.engine.payroll.reading_back import prove_file
from implement.engine.payroll.run import PayrollFile, PayrollRow, PayrollRun

__all__ = [
    "CsvStyle",
    "LodasSettings",
    "OptimaSettings",
    "PayrollFault",
    "PayrollFile",
    "PayrollRow",
    "PayrollRun",
    "UnusableRun",
    "describe_lug",
    "find_payroll_faults",
    "prove_file",
    "write_control",
    "write_lexware",
    "write_lodas",
    "write_lug",
    "write_optima",
    "write_payroll_csv",
    "write_payroll_xlsx",
]
