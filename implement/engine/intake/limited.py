"""The child process: limit itself, read one file, leave a manifest. Started by `child`, never imported."""

import json
import resource
import sys
from collections.abc import Sequence
from pathlib import Path

from implement.engine.backend import open_backend
from implement.engine.intake.faults import Fault
from implement.engine.intake.limits import MEBIBYTE, IntakeLimits
from implement.engine.intake.manifest import IntakeManifest, keep_intake, write_manifest
from implement.engine.intake.reading import read_file

SHARE_FOR_ENGINE = 4


def limit_process(limits: IntakeLimits) -> None:
    """Bound memory, time and the size of any file written; no core is dumped."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.child_memory_mb * MEBIBYTE,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (limits.child_seconds, limits.child_seconds + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.unpacked_bytes * 2,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(arguments: Sequence[str]) -> int:
    """Read the file named first into the folder named second."""
    path, into, shown, written = Path(arguments[0]), Path(arguments[1]), arguments[2], arguments[3]
    limits = IntakeLimits(**json.loads(written))
    limit_process(limits)
    memory_mb = limits.child_memory_mb // SHARE_FOR_ENGINE
    try:
        with open_backend(scratch=into, memory_mb=memory_mb) as backend:
            keep_intake(read_file(path, backend, name=shown, limits=limits), into)
    except MemoryError:
        write_manifest(IntakeManifest(faults=(Fault(shown, None, None, "reading_too_large"),)), into)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
