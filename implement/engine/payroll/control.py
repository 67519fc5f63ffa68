"""The file beside the file: how many rows it has, what they come to, and the hash of its bytes."""

import csv
import hashlib
import io

from implement.engine.payroll.run import PayrollFile, PayrollRun, write_amount

COLUMNS = ("run_id", "month", "file", "rows", "total", "currency", "sha256")


def write_control(run: PayrollRun, file: PayrollFile) -> PayrollFile:
    """Control total and row count of one exported file."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    total = write_amount(run.total_minor, run.minor_digits)
    digest = hashlib.sha256(file.content).hexdigest()
    writer.writerow([run.run_id, f"{run.month:%Y-%m}", file.name, len(run.rows), total, run.currency, digest])
    return PayrollFile(f"{file.name}.control.csv", text.getvalue().encode())
