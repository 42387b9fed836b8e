"""The same document gives the same bytes, whatever the process around it."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import django; django.setup()
from documents.rendering import render
from scripts.samples import approved_plan, data_of
paper = approved_plan()
made = render(paper, data=data_of(paper))
print(made.sha256, made.html_sha256, len(made.pdf))
"""
SURROUNDINGS = [
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Vladivostok", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "77", "TZ": "America/New_York", "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "1"},
]


def test_hash_seed_time_zone_and_locale_do_not_show() -> None:
    told = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            cwd=ROOT,
            env={**os.environ, **around},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for around in SURROUNDINGS
    }
    assert len(told) == 1
