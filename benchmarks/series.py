"""Times the import of a national year of figures, then what a club makes of them.

    python benchmarks/series.py --years 1 10 --rounds 1

A year is 11,000 schools and 52 weeks, in two files as the ministry's are: a row for each school and
week, with visits, users and duration of everybody and of four profiles, then of eight services.
Every step is a process of its own: wall time, time of the cores (which other work on the machine
does not change as much) and peak memory (`ru_maxrss`), start to end.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from club.insight.aggregation import aggregate
from club.model.identifiers import uai_letter
from club.read.load import load
from tests.clubs import folder_at, write

RAM_DISK = Path("/dev/shm")
FIRST = date(2016, 9, 5)
WEEKS = 52
PROFILES = ("globales", "eleve", "parent", "enseignant", "admin_vie_scol_tech")
SERVICES = (
    "cahier_textes",
    "notes",
    "absences",
    "messagerie_instantanee",
    "courrier_electronique",
    "stockage_partage",
    "visioconference",
    "actualites",
)
KEYS = "academie;commune;departement;region;ministere;circonscription;nature_uai;secteur"
OF_A_SCHOOL = "Lyon;Saint-Étienne;042;Auvergne-Rhône-Alpes;MEN;;300;PU"
TAILS = 997
"""How many rows of figures there are, which schools and weeks take in turn."""
AIM = 1024
"""The most memory that a process may take, in MiB."""


def schools(count: int) -> list[str]:
    """UAIs that nobody has, whose letter is right."""
    numbers = [f"{9_000_000 + index}" for index in range(count)]
    return [number + uai_letter(number) for number in numbers]


def club(root: Path, uais: list[str], projects: int) -> None:
    """A club whose projects share all schools."""
    ids = [f"projet-{number:02}" for number in range(projects)]
    indicators = "".join(
        f"{id}:\n  label: {id}\n  definition: Ce qui est compté.\n  unit: {id}\n  period: week\n"
        f"  dimensions: [service, profile, device]\n  aggregation: {how}\n"
        for id, how in (("visites-dnma", "sum"), ("utilisateurs-dnma", "none"))
    )
    named = zip(SERVICES, [each.replace("_", "-") for each in SERVICES], strict=True)
    write(
        root,
        {
            "mkdocs.yml": "site_name: Mesure\n",
            "data/projects.yaml": "".join(f"{id}: {{name: {id}, state: rollout}}\n" for id in ids),
            "data/indicators.yaml": indicators,
            "data/sources.yaml": "n02-dnma: {title: Mesure}\n",
            "data/services.yaml": "".join(
                f"{id}: {{label: {id}, dnma_code: {code}}}\n" for code, id in named
            ),
            "schools.csv": "uai;project\n"
            + "".join(f"{uai};{ids[index % projects]}\n" for index, uai in enumerate(uais)),
        },
    )


def generated(file: Path, uais: list[str], parts: tuple[str, ...], first: date) -> None:
    """A year of figures from the Monday *first*; one cell in fifty is blank."""
    pick = random.Random(len(parts))
    head = [
        f"{measure}_{part}" for part in parts for measure in ("visites", "utilisateurs", "duree")
    ]
    tails = []
    for _ in range(TAILS):
        cells: list[str] = []
        for _ in parts:
            visits = pick.randrange(1, 20_000)
            duration = f"{visits // 60:02}:{visits % 60:02}:{pick.randrange(60):02}"
            cells += [str(visits), str(visits // 4 + 1), duration]
        tails.append(";".join("" if pick.random() < 0.02 else cell for cell in cells))
    with file.open("w", encoding="utf-8") as opened:
        opened.write(f"debutsemaine;uai;{KEYS};{';'.join(head)}\n")
        for week in range(WEEKS):
            monday = (first + timedelta(weeks=week)).isoformat()
            opened.writelines(
                f"{monday};{uai};{OF_A_SCHOOL};{tails[(index * 7 + week) % TAILS]}\n"
                for index, uai in enumerate(uais)
            )


def measure(command: list[str]) -> tuple[float, float, float]:
    """The wall time and the time of the cores in seconds, the peak memory in MiB of *command*."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} failed")
    seconds = time.perf_counter() - start
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def aggregated(root: Path) -> None:
    """Reads the figures of the club, and makes months and school years of them."""
    graph = load(folder_at(root)).graph
    rules = {"visites-dnma": "sum", "utilisateurs-dnma": "none"}
    start = time.perf_counter()
    found = {to: aggregate(graph.series, rules, to) for to in ("month", "school_year")}
    seconds = time.perf_counter() - start
    assert all(found.values())
    said = ", ".join(f"{len(points):,} points by {to}" for to, points in found.items())
    print(f"{len(graph.series):,} figures, {said}: {seconds:.1f} s", file=sys.stderr)


def measured(years: int, uais: list[str], projects: int, rounds: int) -> None:
    """Times everything of *years* years."""
    where = RAM_DISK if RAM_DISK.is_dir() else None
    with tempfile.TemporaryDirectory(dir=where) as place:
        root = Path(place)
        files: dict[str, list[Path]] = {"profils": [], "services": []}
        for year in range(years):
            first = FIRST + timedelta(weeks=WEEKS * year)
            for name, parts in (("profils", PROFILES), ("services", SERVICES)):
                files[name].append(root / f"{name}-{year}.csv")
                generated(files[name][-1], uais, parts, first)
        rows = years * WEEKS * len(uais)
        for name, paths in files.items():
            size = sum(path.stat().st_size for path in paths) / 2**20
            runs = []
            for _ in range(rounds):
                club(root, uais, projects)
                command = [sys.executable, "-P", "-m", "club", "--root", str(root), "series"]
                command += ["import", *map(str, paths), "--mapping", f"dnma-{name}"]
                runs.append(measure([*command, "--schools", str(root / "schools.csv")]))
            told(f"{years} × {name}: {rows:,} rows, {size:,.0f} MiB", runs)
        command = [sys.executable, __file__, "--aggregate", str(root)]
        told(f"{years} × read and aggregate", [measure(command) for _ in range(rounds)])


def told(what: str, runs: list[tuple[float, float, float]]) -> None:
    peak = max(each[2] for each in runs)
    verdict = "within" if peak <= AIM else "BEYOND"
    wall, cores = (median(each[index] for each in runs) for index in (0, 1))
    said = f"{wall:.1f} s, of the cores {cores:.1f} s, peak {peak:.0f} MiB"
    print(f"{what}: {said} ({verdict} {AIM} MiB)", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=int, nargs="+", default=[1])
    parser.add_argument("--schools", type=int, default=11_000)
    parser.add_argument("--projects", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--aggregate", type=Path, help="used by the script itself")
    options = parser.parse_args()
    if options.aggregate:
        aggregated(options.aggregate)
        return
    uais = schools(options.schools)
    for years in options.years:
        measured(years, uais, options.projects, options.rounds)


if __name__ == "__main__":
    main()
