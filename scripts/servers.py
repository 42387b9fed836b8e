"""PostgreSQL and Redis for tests and benchmarks: fresh, on free ports of this machine, gone afterwards."""

import contextlib
import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any


def free_port() -> int:
    """Give a port on which nobody listens just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def find(program: str) -> str:
    """Find a program on the path or among PostgreSQL's own, newest version first."""
    versions = sorted(
        (folder for folder in Path("/usr/lib/postgresql").glob("*/bin")),
        key=lambda folder: float(folder.parent.name),
        reverse=True,
    )
    path = os.pathsep.join([*map(str, versions), os.environ.get("PATH", os.defpath)])
    if found := shutil.which(program, path=path):
        return found
    sys.exit(f"{program} is missing; `make test` installs it where it may use apt")


def end_with_parent(sign: signal.Signals) -> Callable[[], None]:
    """Have the kernel end a server when its parent is killed and can no longer do so."""

    def prepare() -> None:
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(1, sign)

    return prepare


def stop(server: subprocess.Popen[bytes], sign: signal.Signals) -> None:
    """Stop a server by its pid, for good if it does not listen."""
    with contextlib.suppress(ProcessLookupError):
        server.send_signal(sign)
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def await_port(port: int, server: subprocess.Popen[bytes], log: Path, patience: float = 30.0) -> None:
    """Wait until someone listens on a port."""
    until = time.monotonic() + patience
    while time.monotonic() < until and server.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    sys.exit(f"A server did not start:\n{log.read_text(errors='replace')}")


@contextlib.contextmanager
def postgresql(**settings: str) -> Iterator[str]:
    """
    Run a PostgreSQL of our own and give its address.

    It is quick, because nothing has to outlive it: `fsync` is off unless a setting says otherwise.
    PostgreSQL refuses to run as root, so root hands it to the account that Debian made for it.
    """
    as_root = os.geteuid() == 0
    account = pwd.getpwnam("postgres") if as_root else None
    identity: dict[str, Any] = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
    with tempfile.TemporaryDirectory(prefix="portal-pg-") as name:
        folder = Path(name)
        if account:
            os.chown(folder, account.pw_uid, account.pw_gid)
        port, log = free_port(), folder / "log"
        initialize = [
            find("initdb"),
            "-D",
            f"{name}/data",
            "-U",
            "portal",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        ]
        subprocess.run([*initialize, "--no-sync"], check=True, stdout=subprocess.DEVNULL, cwd=name, **identity)
        options = {
            "listen_addresses": "127.0.0.1",
            "port": str(port),
            "unix_socket_directories": name,
            "fsync": "off",
            "full_page_writes": "off",
            "synchronous_commit": "off",
            "max_connections": "160",  # a test has a hundred clerks at once
            **settings,
        }
        command = [find("postgres"), "-D", f"{name}/data", *(f"--{key}={value}" for key, value in options.items())]
        with log.open("wb") as output:
            server = subprocess.Popen(
                command,
                cwd=name,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=end_with_parent(signal.SIGINT),
                **identity,
            )
        try:
            await_port(port, server, log)
            yield f"postgres://portal@127.0.0.1:{port}/postgres"
        finally:
            stop(server, signal.SIGINT)  # a fast shutdown: sessions are cut


@contextlib.contextmanager
def redis() -> Iterator[str]:
    """Run a Redis of our own, which keeps nothing on disk, and give its address."""
    with tempfile.TemporaryDirectory(prefix="portal-redis-") as name:
        port, log = free_port(), Path(name) / "log"
        options = ["--bind", "127.0.0.1", "--port", str(port), "--save", "", "--appendonly", "no", "--dir", name]
        with log.open("wb") as output:
            server = subprocess.Popen(
                [find("redis-server"), *options],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=end_with_parent(signal.SIGTERM),
            )
        try:
            await_port(port, server, log)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            stop(server, signal.SIGTERM)
