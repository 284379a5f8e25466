"""The production build of the pages: made when their sources changed, else taken as it is."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from dokango.settings import ROOT, settings

WEB = ROOT / ".web"
BUILT = WEB / "build" / "client"
LOG = WEB / "build.log"  # what Reflex says while it builds: its hints name commands that are not this project's
_LAST_LINES = 30
_STAMP = WEB / "built-from"
_FOLDERS = ("dokango_web", "components", "state", "dokango", "assets", "reflex.lock")
_FILES = ("rxconfig.py", "requirements.txt")


class BuildFailed(RuntimeError):
    """The pages could not be built; the sentence ends with the last lines of the log."""

    def __init__(self, log: Path) -> None:
        self.log = log
        said = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
        last = "\n".join(said.splitlines()[-_LAST_LINES:])
        super().__init__(
            f"The pages could not be built, and nothing else was changed. All of it is in {log}; "
            f"its last lines:\n{last}"
        )


def ensure_built() -> bool:
    """Build unless nothing changed since the last build; whether it built. Raises BuildFailed.

    Several may ask at once: one builds, the others wait and find it done.
    """
    WEB.mkdir(exist_ok=True)
    with (WEB / ".build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return _build_if_changed()


def _build_if_changed() -> bool:
    if _STAMP.exists() and _STAMP.read_text() == fingerprint() and (BUILT / "index.html").exists():
        return False
    _STAMP.unlink(missing_ok=True)
    print("Building the pages (a minute or two, the first time) …", flush=True)
    export([sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip", "--env", "prod"], LOG)
    make_origin_relative(BUILT, settings().port)
    _settle_lock()
    _STAMP.write_text(fingerprint())
    return True


def export(command: Sequence[str], log: Path) -> None:
    """Run the command that builds, all that it says kept in `log`. Raises BuildFailed when it fails."""
    with log.open("wb") as said:
        done = subprocess.run(
            command, cwd=ROOT, env=_environment(), stdout=said, stderr=subprocess.STDOUT, check=False
        )  # fmt: skip
    if done.returncode:
        raise BuildFailed(log)


def _settle_lock() -> None:
    """Write the committed package.json as it was: Reflex puts it on one line when it sets up a fresh folder."""
    packages = ROOT / "reflex.lock" / "package.json"
    packages.write_text(json.dumps(json.loads(packages.read_text()), indent=2))


def fingerprint() -> str:
    """A hash of all that the build is made from. The port is not part of it: see `make_origin_relative`."""
    digest = hashlib.sha256(sys.version.encode())
    for path in _sources():
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def make_origin_relative(built: Path, port: int) -> None:
    """Let the built scripts find the server where the page came from, instead of at the address of the build.

    Reflex writes `http://localhost:<port>` into the scripts. With this one build serves any port, host name and proxy.
    The compressed copies beside changed files are made again by nobody, so they are removed.
    """
    for script in built.rglob("*.js"):
        text = script.read_text(encoding="utf-8")
        changed = text
        for scheme in ("http", "ws"):
            for quote in ("`", '"', "'"):
                address = f"{quote}{scheme}://localhost:{port}"
                changed = changed.replace(address, f"location.origin.replace(/^http/,`{scheme}`)+{quote}")
        if changed != text:
            script.write_text(changed, encoding="utf-8")
            for copy in script.parent.glob(script.name + ".*"):
                copy.unlink()


def _sources() -> Iterator[Path]:
    for name in _FILES:
        yield ROOT / name
    for folder in _FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                yield path


def _environment() -> dict[str, str]:
    """Node and bun of the virtual environment first, and npm's own registry: no speed probe of several."""
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    environment = {
        **os.environ,
        "PATH": path,
        "REFLEX_TELEMETRY_ENABLED": "false",
        "REFLEX_CHECK_LATEST_VERSION": "false",
    }
    npm = shutil.which("npm", path=path)
    if npm and "NPM_CONFIG_REGISTRY" not in os.environ:
        asked = subprocess.run(
            [npm, "config", "get", "registry"], env=environment, capture_output=True, text=True, check=False
        )
        if asked.stdout.strip().startswith("http"):
            environment["NPM_CONFIG_REGISTRY"] = asked.stdout.strip()
    return environment
