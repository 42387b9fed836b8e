"""
What a container's health check runs: `python -m clusterportal.probe web|beat`.

The portal answers only to its own host names, so the question must carry one of them.
"""

import os
import sys
import time
import urllib.error
import urllib.request

from clusterportal.beat import ALIVE

PATIENCE = 10
BEAT_SILENCE = 60


def web() -> str:
    """Ask this container's web process whether it is ready; give what is wrong, or nothing."""
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].lstrip(".*") or "localhost"
    request = urllib.request.Request(
        f"http://127.0.0.1:{os.environ.get('PORT', '8000')}/health/ready",
        headers={"Host": host, "X-Forwarded-Proto": "https"},
    )
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE):  # noqa: S310  (the address is fixed above)
            return ""
    except urllib.error.HTTPError as problem:
        return problem.read().decode("utf-8", "replace")
    except OSError as problem:
        return str(problem)


def beat() -> str:
    """See that beat, leading or waiting, has moved lately; give what is wrong, or nothing."""
    try:
        silence = time.time() - ALIVE.stat().st_mtime
    except FileNotFoundError:
        return "beat has not started"
    return f"beat has been silent for {silence:.0f} s" if silence > BEAT_SILENCE else ""


def main() -> None:
    """Exit with the complaint, if there is one."""
    sys.exit({"web": web, "beat": beat}[sys.argv[1]]() or None)


if __name__ == "__main__":
    main()
