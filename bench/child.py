"""The measuring process: runs one case, prints its seconds and peak memory as JSON.

Started with `-c`, so that processes which the program spawns do not import this module again.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from bench.inputs import Inputs


def main() -> None:
    """Arguments: source tree, folder of the inputs, sample workbook, case, count."""
    tree, folder, sample, name, count = sys.argv[1:]
    sys.path.insert(0, tree)
    inputs = Inputs(Path(folder), Path(sample))
    try:
        if ":" in name:
            from bench import engines

            seconds, cpu = engines.run(inputs, name, int(count))
        else:
            seconds, cpu = run(inputs, name, int(count)), 0.0
        answer: dict[str, object] = {"seconds": seconds, "cpu": cpu, "megabytes": peak()}
    except (ImportError, AttributeError) as error:
        answer = {"missing": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), flush=True)
    os._exit(0)  # what Qt and its threads would do at exit is not measured


def run(inputs: Inputs, name: str, count: int) -> float:
    """Seconds of a case, of a peer, or 0 for the making of inputs."""
    if name in ("book", "record"):
        from bench import record

        {"book": record.make_book, "record": record.record}[name](inputs)
        return 0.0
    if name in ("content", "most"):
        from bench import content

        {"content": content.make, "most": content.make_most}[name](inputs)
        return 0.0
    from bench.cases import CASES

    if name in CASES:
        return CASES[name](inputs, count)
    from bench.peers import PEERS

    return PEERS[name](inputs, count)


def peak() -> float:
    """Greatest memory of this process so far plus that of its largest finished child, in MiB."""
    if sys.platform == "win32":
        import psutil

        return float(psutil.Process().memory_info().peak_wset) / 2**20
    import resource

    unit = 2**20 if sys.platform == "darwin" else 2**10
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    status = Path("/proc/self/status")
    if status.exists():  # ru_maxrss may be that of the process which started this one
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        own = int(line.split()[1]) / 2**10
    return own + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / unit
