"""The sample products' pictures, drawn here: `python -m dokango.sample.pictures` writes them into assets/pictures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from dokango.sample import drawing as s
from dokango.settings import ROOT

FOLDER = ROOT / "assets" / "pictures"

PICTURES: dict[str, Callable[[], str]] = {
    "tangail-cotton-sari": lambda: s.sari("#f6e9e4", "#b3352f", "#8c2321", "#f2c14e"),
    "dhakai-jamdani": lambda: s.sari("#efe9e0", "#6d1f35", "#54152a", "#ead9b0", buti=True),
    "rajshahi-silk-sari": lambda: s.sari("#f4efdd", "#d39b2a", "#b27d17", "#17665f", buti=True),
    "cotton-panjabi": lambda: s.panjabi("#e4eceb", "#f7f5ef", "#dcd8cb", "#8a8471"),
    "embroidered-panjabi": lambda: s.panjabi("#e9e6f0", "#2e3a5f", "#232d4c", "#e3b95b", embroidered=True),
    "block-print-three-piece": lambda: s.stack("#eae8f2", ("#35407a", "#e8e2d3", "#c8892b"), s.blocks),
    "khadi-shawl": lambda: s.shawl("#f0ebe4", "#c9b394", "#8d2f2b"),
    "gamcha-pair": lambda: s.stack("#f7ebe6", ("#c63d33", "#e8743b"), s.checks),
    "cotton-lungi": lambda: s.stack("#e3ecf2", ("#2f6690", "#3f7d5a"), s.checks),
    "nakshi-kantha-throw": lambda: s.kantha("#f1ebe2", "#fbf6ea", "#b3352f", "#2f6690"),
    "kantha-cushion-cover": lambda: s.cushion("#e6eee9", "#1f5f56", "#f2e6c9", "#e08e45"),
    "shital-pati": lambda: s.mat("#eef0e2", "#d8c487", "#a9873f", "#7d3b2a"),
    "jute-tote-bag": lambda: s.tote("#edf0e6", "#cfae77", "#a98550", "#3f6b3d"),
    "jute-basket-set": lambda: s.baskets("#f3ece1", "#c99f62", "#9c7439"),
    "clay-cup-set": lambda: s.cups("#f5e9e1", "#b9603c", "#8f4326"),
    "sundarban-honey": lambda: s.jar("#f8efd9", "#d98a12", "#b36a07", "#3f5d2a", s.bee),
    "mustard-flower-honey": lambda: s.jar("#f7f4d6", "#efcb62", "#d9ab34", "#6d7d1f", s.flower),
    "gawa-ghee": lambda: s.jar("#f6f1de", "#f0d27a", "#e0ba51", "#2e5b8c", s.drop),
    "hill-turmeric": lambda: s.pouch("#f9f0d8", "#e9a91b", "#7a4d12", s.flower),
    "bogura-chilli": lambda: s.pouch("#f8e6e0", "#c5321f", "#6e1a12", s.drop),
    "sreemangal-tea": lambda: s.pouch("#e6eee2", "#35552f", "#d7b86a", s.leaf),
    "gift-wrap": lambda: s.gift("#f1e8ee", "#a7527a", "#f3d9a4"),
}


def draw_all(folder: Path = FOLDER) -> int:
    """Write every picture; how many."""
    folder.mkdir(parents=True, exist_ok=True)
    for slug, draw in PICTURES.items():
        (folder / f"{slug}.svg").write_text(draw() + "\n", encoding="utf-8")
    return len(PICTURES)


if __name__ == "__main__":
    print(f"{draw_all()} pictures drawn into {FOLDER}.")
