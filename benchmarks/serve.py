"""The site as `python -m dokango_web` serves it, on pages that were built before: `python -m benchmarks.serve`."""

from __future__ import annotations

import os

from dokango.settings import ROOT
from dokango_web.__main__ import serve
from dokango_web.build import BUILT, ensure_built

if __name__ == "__main__":
    os.chdir(ROOT)
    if not (BUILT / "index.html").exists():
        ensure_built()
    serve()
