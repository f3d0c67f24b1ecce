"""How long it takes to make the pages of the project, beside what stock tools take.

Makes them in five ways, says how a run grows with the number of pages, and where its time goes; all
of it as Markdown. Run it with

    .venv/bin/python benchmarks/reports.py

which takes minutes; `--quick` measures less, `--pages` and `--scale` say how much.
"""

import argparse
import os
import platform
import statistics
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import methods
import scale
import steps
from measuring import Worker, copied

from caoan_stats.datafolder import processed_files
from caoan_stats.publish.plan import make_plan

SIZES = (10, 100, 300, 1000)


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--pages", type=int, metavar="N", help="measure (a) and (b) on so many pages, not all"
    )
    parser.add_argument(
        "--scale",
        type=int,
        nargs="*",
        default=SIZES,
        metavar="N",
        help=f"sizes of runs, in pages ({', '.join(map(str, SIZES))}); none leaves them out",
    )
    parser.add_argument(
        "--quick", action="store_true", help="one year, (a) and (b) on two pages, no sizes"
    )
    return parser.parse_args()


def main() -> None:
    """Measure everything, and print it as it comes."""
    asked = options()
    with TemporaryDirectory(prefix="caoan-stats-") as name:
        folder = Path(name).resolve()
        data = copied(folder / "built" / "data")
        with Worker("build", data) as worker:
            builds = [worker.ask("") for _ in range(2)]
        figures = Counter(
            int(row["year"]) for row in processed_files.read_built(data).rows("observations")
        )
        fullest = max(figures, key=lambda year: figures[year])
        planned = make_plan(data, folder / "exports", [fullest] if asked.quick else ())
        jobs = planned.asked
        count = asked.pages or (2 if asked.quick else len(jobs))
        sample, rounds = methods.spread(jobs, count), 1 if asked.quick else 4
        print(f"{_machine()}; {len(jobs)} pages; (a) and (b) measured on {len(sample)} of them\n")
        times = methods.measure(folder / "methods", jobs, sample, rounds)
        print(methods.report(times, len(jobs)), flush=True)
        if sizes := () if asked.quick else asked.scale:
            by_commands = statistics.mean(times.commands)
            every = sorted(planned.every, key=lambda job: job.year != fullest)
            print(f"\n{scale.report(folder, every, sizes, by_commands)}", flush=True)
        timed = [job for job in jobs if job.year == fullest and (job in sample or not asked.quick)]
        print(f"\n{steps.report(timed, builds)}")


def _machine() -> str:
    return f"Python {platform.python_version()}, {os.cpu_count()} processors"


if __name__ == "__main__":
    main()
