"""A proxy in front of a site, from the files of deploy/ as they are, but for the ports."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx

from dokango.settings import ROOT
from tests.pages.quiet import until

ANSWER_S = 20.0
PROXIES = ("nginx", "caddy")


@contextlib.contextmanager
def proxied(kind: str, port: int, upstream: str, folder: Path) -> Iterator[str]:
    """The address of a proxy of this `kind` in front of the site at `upstream`, "localhost:3000"."""
    command = {"nginx": _nginx, "caddy": _caddy}[kind](port, upstream, folder)
    environment = {**os.environ, "SHOP_ADDRESS": f"http://localhost:{port}", "SHOP_UPSTREAMS": upstream}
    environment |= {"XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with (folder / f"{kind}.log").open("wb") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait_for(f"http://localhost:{port}", folder / f"{kind}.log")
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait(timeout=ANSWER_S)


def _nginx(port: int, upstream: str, folder: Path) -> list[str]:
    ours = (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8")
    ours = ours.replace("listen 80;", f"listen {port};").replace("127.0.0.1:3000", upstream)
    whole = f"""
        daemon off; pid {folder}/nginx.pid; error_log stderr;
        events {{ worker_connections 256; }}
        http {{ access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; {ours} }}
    """
    (folder / "nginx.conf").write_text(whole, encoding="utf-8")
    return ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")]


def _caddy(_port: int, _upstream: str, folder: Path) -> list[str]:
    ours = "{\n\tadmin off\n}\n" + (ROOT / "deploy/Caddyfile").read_text(encoding="utf-8")
    (folder / "Caddyfile").write_text(ours, encoding="utf-8")
    return ["caddy", "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


def _wait_for(url: str, log: Path) -> None:
    until(lambda: _answers(url), lambda: f"The proxy was not up:\n{log.read_text()[-4_000:]}")


def _answers(url: str) -> bool:
    with contextlib.suppress(httpx.TransportError):
        return httpx.get(f"{url}/healthz", timeout=ANSWER_S).status_code == 200
    return False
