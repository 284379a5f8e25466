"""The catalogue: reading it, adding to it."""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from dokango import process
from dokango.catalogue.forms import ProductForm
from dokango.catalogue.listing import Listed, products
from dokango.catalogue.products import add
from dokango.db import Tx
from dokango.people.permissions import Permission
from dokango_web.api.kit.answers import read_response
from dokango_web.api.kit.idempotency import Outcome, once
from dokango_web.api.kit.json_route import Caller, JsonRoute, needs
from dokango_web.api.shapes.products import ProductShape, ProductsShape

router = APIRouter(route_class=JsonRoute, tags=["products"])


@router.get("/products", responses={200: {"model": ProductsShape}}, openapi_extra=needs(Permission.VIEW_STOCK))
async def list_products(caller: Caller) -> Response:
    """Every product with its variants, also those that are no longer sold (`active` false)."""
    return await read_response(lambda tx: {"products": [_product(one) for one in products(tx)]})


@router.post(
    "/products",
    status_code=201,
    responses={201: {"model": ProductShape}},
    openapi_extra=needs(Permission.EDIT_PRODUCTS),
)
async def create_product(request: Request, caller: Caller, wanted: ProductForm) -> Response:
    """Add a product with its variants. 409 when a SKU is in the catalogue already."""

    def create(tx: Tx) -> Outcome:
        return Outcome(201, _product(products(tx, add(tx, caller, process.clock(), wanted))[0]))

    return await once(request, caller, wanted, create)


def _product(listed: Listed) -> dict[str, Any]:
    product = listed.product
    return {
        "slug": product.slug,
        "title": product.title,
        "category": product.category,
        "active": bool(product.active),
        "variants": [
            {
                "sku": variant.sku,
                "title": variant.title,
                "attributes": json.loads(variant.attributes),
                "price_poisha": variant.price_poisha,
                "active": bool(variant.active),
                "tracks_stock": bool(variant.tracks_stock),
            }
            for variant in listed.variants
        ],
    }
