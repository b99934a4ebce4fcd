"""The workflow for GitHub: we cannot run it here, so its parts are held to what it promises."""

import os
import re
import subprocess
import sys
import tomllib
from typing import Any

import pytest
import yaml

from generator.content.load import load
from tests.conftest import ROOT, CopyKit
from tools.verbs import VERBS


@pytest.fixture(scope="module")
def jobs() -> dict[str, Any]:
    text = (ROOT / ".github" / "workflows" / "pages.yml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text)["jobs"])


def commands(job: dict[str, Any]) -> list[str]:
    return [step["run"] for step in job["steps"] if "run" in step and step.get("shell") != "python"]


def test_it_runs_the_two_commands_of_the_readme(jobs: dict[str, Any]) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    verbs = re.findall(r"^py tools\\make\.py (\w+)$", readme, re.MULTILINE)
    assert verbs == ["site", "test"]
    assert [commands(jobs[name]) for name in ("build", "test")] == [[f"python tools/make.py {verb}"] for verb in verbs]
    upload = next(step for step in jobs["build"]["steps"] if "upload-pages-artifact" in step.get("uses", ""))
    assert VERBS["site"].does.endswith(f" {upload['with']['path']}/")


def test_it_tests_on_three_systems_and_on_every_python_that_we_name(jobs: dict[str, Any]) -> None:
    matrix = jobs["test"]["strategy"]["matrix"]
    assert {name.split("-")[0] for name in matrix["os"]} == {"ubuntu", "macos", "windows"}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    oldest = int(project["requires-python"].removeprefix(">=3."))
    assert [int(python.removeprefix("3.")) for python in matrix["python"]] == list(range(oldest, 15))


def test_it_publishes_what_was_tested_from_the_default_branch_alone(jobs: dict[str, Any]) -> None:
    assert (jobs["build"]["needs"], jobs["deploy"]["needs"]) == ("test", "build")
    condition = jobs["build"]["if"]
    assert "github.ref_name == github.event.repository.default_branch" in condition
    assert "github.event_name != 'pull_request'" in condition
    assert [name for name, job in jobs.items() if job.get("permissions", {}).get("pages") == "write"] == ["deploy"]


@pytest.mark.parametrize("own", ["", "https://kit.example/"])
def test_it_writes_the_sites_address_unless_the_kit_has_one(own: str, jobs: dict[str, Any], copied: CopyKit) -> None:
    (step,) = (step for step in jobs["build"]["steps"] if step.get("shell") == "python")
    kit = copied(ROOT)
    settings = kit / "content" / "kit.yml"
    text = settings.read_text(encoding="utf-8").rstrip("\n")
    assert "\nsite_address:" not in text
    settings.write_text(f"{text}\nsite_address: {own}\n" if own else text, encoding="utf-8")
    address = {"ADDRESS": "https://somebody.example/kit"}
    subprocess.run([sys.executable, "-c", step["run"]], cwd=kit, env={**os.environ, **address}, check=True)
    found = load(kit / "content").kit.settings.site_address
    assert found == (own or "https://somebody.example/kit/")
