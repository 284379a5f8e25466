"""Every table, gathered for the migrations and the checks of the schema."""

from sqlmodel import SQLModel

from dokango import audit
from dokango.catalogue import models as catalogue
from dokango.couriers import models as couriers
from dokango.couriers.parcels import paid_out, told_models
from dokango.customers import models as customers
from dokango.jobs import models as jobs
from dokango.ledger import models as ledger
from dokango.notify import models as notify
from dokango.orders.approvals import models as approvals
from dokango.orders.book import models as orders
from dokango.orders.cases import models as cases
from dokango.orders.claims import models as claims
from dokango.payments import models as payments
from dokango.people import models as people
from dokango.shop import models as shop
from dokango.stock import models as stock

ROOMS = (
    approvals,
    audit,
    cases,
    catalogue,
    claims,
    couriers,
    customers,
    jobs,
    ledger,
    notify,
    orders,
    paid_out,
    payments,
    people,
    shop,
    stock,
    told_models,
)
METADATA = SQLModel.metadata
