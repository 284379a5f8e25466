"""Products in a browser: found, added, given a picture, imported from a file with a report."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from state.kit.session import COOKIE
from tests.pages.looks import assert_looks_right
from tests.pages.site import Site, Tabs, walk

CSV = """ID,Type,SKU,Name,Published,Stock,Sale price,Regular price,Parent,Attribute 1 name,Attribute 1 value(s)
1,variable,page-tee,Page tee,1,,,,,Size,"S, M"
2,variation,page-tee-s,Page tee - S,1,4,,300,page-tee,Size,S
3,grouped,page-set,Page set,1,,,,,,
4,simple,page-cap,Page cap,1,,,ninety,,,
"""


def png(row: bytes = b"\0\xff\0\0") -> bytes:
    """The smallest picture: one dot, red unless said otherwise."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(row)) + chunk(b"IEND", b"")


def test_the_pages_pass_axe_and_fit_a_phone(tabs: Tabs) -> None:
    page = tabs.open("/products", "manager")
    for path in ("/products", "/products/new", "/products/1", "/products/import"):
        walk(page, path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert_looks_right(page)


def test_a_product_is_found_by_its_sku(tabs: Tabs) -> None:
    page = tabs.open("/products?q=jam-mrn", "manager")
    expect(page.get_by_role("link", name="Dhakai jamdani")).to_be_visible()
    expect(page.get_by_role("link", name="Cotton lungi")).to_be_hidden()


def test_a_product_is_added_given_a_picture_and_stands_on_the_storefront(tabs: Tabs, tmp_path: Path) -> None:
    picture = tmp_path / "dot.png"
    picture.write_bytes(png())
    page = tabs.open("/products/new", "manager")
    page.get_by_label("Title", exact=True).fill("Page test rug")
    page.get_by_label("Picture", exact=True).set_input_files(picture)
    expect(page.locator(".sh-first-picture")).to_be_visible()
    expect(page.get_by_label("SKU")).to_have_value("PAGE-TEST-RUG")
    page.get_by_label("SKU").fill("PAGE-RUG")
    page.get_by_label("Price, ৳", exact=True).fill("1,250")
    page.get_by_label("Units on the shelf").fill("3")
    page.get_by_label("Cost each, ৳").fill("700")
    page.get_by_role("button", name="Add product").click()
    expect(page.get_by_role("heading", name="Page test rug")).to_be_visible()
    expect(page.get_by_text("Available: 3")).to_be_visible()
    expect(page.locator(".sh-pictures img")).to_be_visible()
    picture.write_bytes(png(b"\0\0\xff\0"))
    page.get_by_label("Add a picture").set_input_files(picture)
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".sh-pictures img")).to_have_count(2)
    image = page.locator(".sh-pictures img").last
    assert image.evaluate("image => image.complete && image.naturalWidth") == 1
    stranger = tabs.open("/p/page-test-rug")
    expect(stranger.get_by_role("heading", name="Page test rug")).to_be_visible()


def test_what_is_no_picture_is_refused_with_a_sentence(tabs: Tabs, tmp_path: Path) -> None:
    program = tmp_path / "picture.png"
    program.write_bytes(b"MZ\x90\x00 not a picture at all")
    page = tabs.open("/products/1", "manager")
    page.get_by_label("Add a picture").set_input_files(program)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert").filter(has_text="not one of")).to_be_visible()


def test_a_file_is_imported_and_every_row_not_taken_is_listed(tabs: Tabs, tmp_path: Path) -> None:
    file = tmp_path / "products.csv"
    file.write_text(CSV)
    page = tabs.open("/products", "manager")
    page.get_by_role("button", name="Import").click()
    page.get_by_label("The CSV that WooCommerce exported").set_input_files(file)
    page.get_by_role("dialog").get_by_role("button", name="Import").click()
    expect(page.get_by_text("1 new product with 1 new variant, 4 units of opening stock.")).to_be_visible()
    expect(page.get_by_role("row", name="page-set")).to_contain_text("not sold here")
    expect(page.get_by_role("row", name="page-cap")).to_contain_text("is not a price")
    expect(page.get_by_role("row", name="page-tee-s")).to_contain_text("cost 0")


BANGLA_CSV = """পণ্যের নাম,কোড,দাম,মন্তব্য
পাতার শাড়ি,page-bn-1,"২,৫০০",নতুন
পাতার মধু,page-bn-2,অনেক,
"""


def test_columns_with_other_headings_are_named_once_with_a_preview(tabs: Tabs, tmp_path: Path) -> None:
    file = tmp_path / "পণ্য.csv"
    file.write_text(BANGLA_CSV)
    page = tabs.open("/products", "manager")
    page.get_by_role("button", name="Import").click()
    page.get_by_label("The CSV that WooCommerce exported").set_input_files(file)
    page.get_by_role("dialog").get_by_role("button", name="Import").click()
    expect(page.get_by_role("status").filter(has_text="Say first which columns")).to_be_visible()
    expect(page.get_by_role("button", name="Import")).to_be_disabled()
    page.get_by_label("What is পণ্যের নাম?").select_option("Name")
    page.get_by_label("What is কোড?").select_option("SKU")
    page.get_by_label("What is দাম?").select_option("SKU")
    expect(page.get_by_role("alert").filter(has_text="cannot both be SKU")).to_be_visible()
    page.get_by_label("What is দাম?").select_option("Price")
    expect(page.get_by_text("1 product with 1 variant can be taken, 1 row cannot.")).to_be_visible()
    expect(page.get_by_role("row", name="পাতার শাড়ি page-bn-1")).to_contain_text("৳2,500")
    assert_looks_right(page)
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_text("1 new product with 1 new variant. 1 row was not taken.")).to_be_visible()
    expect(page.get_by_role("row", name="page-bn-2")).to_contain_text("is not a price")

    page.get_by_role("button", name="Import").click()
    page.get_by_label("The CSV that WooCommerce exported").set_input_files(file)
    page.get_by_role("dialog").get_by_role("button", name="Import").click()
    expect(page.get_by_text("columns were read as last time")).to_be_visible()


@pytest.mark.parametrize(
    "path", ["/upload/products", "/upload/product-columns", "/upload/product-pictures/1", "/upload/pictures"]
)
@pytest.mark.parametrize("role", ["", "packer", "viewer"])
def test_nobody_else_sends_files(site: Site, path: str, role: str) -> None:
    cookies = {COOKIE: site.signed_in(role)} if role else {}
    answer = httpx.post(f"{site.url}{path}", files={"file": ("x.png", png())}, cookies=cookies)
    assert answer.status_code in (401, 403)


@pytest.mark.parametrize("name", ["../installation.key", "..%2finstallation.key", "installation.key", "x.png"])
def test_only_pictures_are_served_under_media(site: Site, name: str) -> None:
    assert httpx.get(f"{site.url}/media/{name}").status_code == 404
