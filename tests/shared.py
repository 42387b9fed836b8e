"""Where the real documents stand, when they stand beside the checkout."""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("SHARED_DIR") or Path(__file__).resolve().parents[2] / "shared")

needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the real documents do not stand beside this checkout")
