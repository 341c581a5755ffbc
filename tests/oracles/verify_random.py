#!/usr/bin/env python3
"""Checks random workspaces, and holds what the program certifies against `addup verify`.

    cargo build --release
    python3 tests/oracles/verify_random.py --binary target/release/addup --count 2000 --seed 1 [--keep FOLDER]

Every certificate has to be accepted, and every decided workspace has to have a witness that is. What is refused stays in the folder.
No solver is needed.
"""

from __future__ import annotations

import argparse
import multiprocessing
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from draw import draw_article  # noqa: E402
from program import write  # noqa: E402


def held(task: tuple[str, int, int, pathlib.Path]) -> tuple[int, str, bool]:
    """The number of a workspace, what `verify` refuses (or nothing), and whether there is a witness."""
    binary, seed, index, root = task
    folder = root / f"a{index}"
    shutil.rmtree(folder, ignore_errors=True)
    write(folder, [draw_article(seed, index)])
    check = [binary, "check", "--certificates", "certificates.json"]
    checked = subprocess.run(check, cwd=folder, capture_output=True, text=True, check=False)
    verified = subprocess.run([binary, "verify", "certificates.json"], cwd=folder, capture_output=True, text=True, check=False)
    if checked.returncode not in (0, 1) or verified.returncode != 0:
        return index, (checked.stderr + verified.stdout + verified.stderr).strip(), False
    witness = "the witness accepted" in verified.stdout
    if witness or "something is undecided" in checked.stderr:
        shutil.rmtree(folder)
        return index, "", witness
    return index, checked.stderr.strip(), witness


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--binary", default="target/release/addup")
    options.add_argument("--count", type=int, default=2000)
    options.add_argument("--first", type=int, default=0)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--jobs", type=int, default=1)
    options.add_argument("--keep", default="", help="where refused workspaces stay")
    chosen = options.parse_args()
    binary = str(pathlib.Path(chosen.binary).resolve())
    root = pathlib.Path(chosen.keep or tempfile.mkdtemp())
    root.mkdir(parents=True, exist_ok=True)
    tasks = [(binary, chosen.seed, index, root) for index in range(chosen.first, chosen.first + chosen.count)]
    refused = without = 0
    with multiprocessing.Pool(chosen.jobs) as pool:
        for index, why, witness in pool.imap(held, tasks, chunksize=20):
            if why:
                refused += 1
                print(f"a{index}: {why[:300]}", flush=True)
            elif not witness:
                without += 1
    print(f"{chosen.count} workspaces: {refused} refused, {without} without a witness (undecided)")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
