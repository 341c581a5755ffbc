"""Runs the program over many articles at once, and says what it found in each."""

from __future__ import annotations

import json
import pathlib
import shutil
import subprocess
from dataclasses import dataclass, field

from workspace import Article


@dataclass
class Answer:
    """What the program says of one article."""

    findings: list[dict] = field(default_factory=list)

    def kinds(self) -> set[str]:
        return {f["kind"] for f in self.findings}

    def contradictions(self) -> list[dict]:
        return [f for f in self.findings if f["kind"] == "contradiction"]


def write(folder: pathlib.Path, articles: list[Article]) -> None:
    (folder / "claims").mkdir(parents=True)
    (folder / "rules").mkdir()
    (folder / "addup.toml").write_text('claims = ["claims"]\nrules = ["rules"]\n')
    for article in articles:
        (folder / "claims" / f"{article.id}.toml").write_text(article.claim_file())
        (folder / "rules" / f"{article.id}.toml").write_text(article.rule_file())


def ask(binary: str, folder: pathlib.Path, articles: list[Article]) -> dict[str, Answer]:
    """The answers for articles that are written into a folder of their own, which is made and removed."""
    shutil.rmtree(folder, ignore_errors=True)
    write(folder, articles)
    command = [binary, "check", "--format", "json"]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if run.returncode not in (0, 1):
        raise RuntimeError(f"the program refused {folder} (exit {run.returncode}):\n{run.stderr[:3000]}")
    report = json.loads(run.stdout)
    answers = {article.id: Answer() for article in articles}
    for finding in report["findings"]:
        if finding["kind"] == "nothing-checked":
            continue
        owners = {name.split("/")[0] for name in finding["claims"]}
        owners |= {name.split("/")[0] for name in finding["rules"] if "/" in name}
        owners |= {name.split("/")[0] for name in finding["leans-on"] if "/" in name}
        if not owners:
            owners = {rule.split("-")[0] for rule in finding["rules"]}
        for owner in owners & set(answers):
            answers[owner].findings.append(finding)
        if not owners & set(answers):
            raise RuntimeError(f"a finding about no article in {folder}: {finding}")
    shutil.rmtree(folder)
    return answers
