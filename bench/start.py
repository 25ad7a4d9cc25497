"""How soon `sacho --help` answers, in both languages, beside the start of Python alone: medians of processor and clock time.

    .venv/bin/python bench/start.py [--rounds 9]
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from statistics import median

_CALLS = {
    "python alone": ("-c", "pass"),
    "sacho --help": ("-m", "sacho", "--help"),
    "sacho --lang ko --help": ("-m", "sacho", "--lang", "ko", "--help"),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    rounds = parser.parse_args().rounds
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in _CALLS}
    for _ in range(rounds + 1):
        for name, words in _CALLS.items():
            found[name].append(measured(words))
    for name, times in found.items():
        cpu, clock = (median(t[i] for t in times[1:]) * 1000 for i in (0, 1))
        print(f"{name:24} processor {cpu:6.0f} ms, clock {clock:6.0f} ms")


def measured(words: tuple[str, ...]) -> tuple[float, float]:
    """Seconds of processor and clock time of one call."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([sys.executable, *words], check=True, capture_output=True)
    after, ended = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, ended - began


if __name__ == "__main__":
    main()
