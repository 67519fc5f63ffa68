"""Start a program, wait for it, and print on a last line: exit code, CPU seconds, seconds, peak of memory in kB."""

import os
import sys
import time

if __name__ == "__main__":
    began = time.monotonic()
    started = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
    _, status, spent = os.wait4(started, 0)
    cpu, wall = spent.ru_utime + spent.ru_stime, time.monotonic() - began
    print(f"\n{os.waitstatus_to_exitcode(status)} {cpu:.3f} {wall:.3f} {spent.ru_maxrss}", end="")
