"""Where the real documents stand: beside the checkout, or where SHARED_DIR says."""

import os
from pathlib import Path

SHARED = Path(os.environ.get("SHARED_DIR") or Path(__file__).resolve().parents[2] / "shared")
