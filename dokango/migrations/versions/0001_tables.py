"""The tables of the shop."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_UNPAID = (
    "status = 'pending' AND due_poisha > 0 AND payment_method <> 'cod' AND claim_waits = 0 AND held_reason IS NULL"
)
_TO_CONFIRM = (
    "status = 'pending' AND claim_waits = 0 AND (due_poisha = 0 OR payment_method = 'cod') AND held_reason IS NULL"
)


def upgrade() -> None:
    op.create_table(
        "api_key",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("key_hash", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("used_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("revoked_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("role IN ('owner', 'manager', 'packer', 'viewer')", name="api_key_role_known"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key_hash"),
        sqlite_strict=True,
    )
    op.create_table(
        "counter",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("name"),
        sqlite_strict=True,
    )
    op.create_table(
        "customer",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("phone"),
        sqlite_strict=True,
    )
    op.create_table(
        "product",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_bn", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("images", sa.Text(), nullable=False),
        sa.Column("active", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("source_ref", sa.Text(), nullable=True),
        sa.Column("created_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("active IN (0, 1)", name="product_active_flag"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("slug"),
        sa.UniqueConstraint("source_ref"),
        sqlite_strict=True,
    )
    op.create_index("product_listed", "product", ["active", "id"], unique=False)
    op.create_table(
        "shop_setting",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        sqlite_strict=True,
    )
    op.create_table(
        "user",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("active", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("role IN ('owner', 'manager', 'packer', 'viewer')", name="user_role_known"),
        sa.CheckConstraint("active IN (0, 1)", name="user_active_flag"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("login"),
        sqlite_strict=True,
    )
    op.create_table(
        "notice_read",
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("message_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user.id"],
        ),
        sa.PrimaryKeyConstraint("user_id"),
        sqlite_strict=True,
    )
    op.create_table(
        "order",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("money", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("held_reason", sa.Text(), nullable=True),
        sa.Column("held_note", sa.Text(), nullable=False),
        sa.Column("packed", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("fragile", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("assigned_to", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("address_line", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("district", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("payment_method", sa.Text(), nullable=False),
        sa.Column("subtotal_poisha", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("delivery_poisha", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("total_poisha", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("paid_poisha", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("due_poisha", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("refund_due_poisha", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("refunded_poisha", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("courier_due_poisha", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("delivery_returned", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("claim_waits", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("units", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("placed_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("changed_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "money IN ('unpaid', 'claimed', 'part_paid', 'paid', "
            "'cod_due', 'cod_with_courier', 'refund_due', 'refunded')",
            name="order_money_known",
        ),
        sa.CheckConstraint(
            "status IN ('pending', 'confirmed', 'shipped', 'delivered', 'cancelled', 'returned')",
            name="order_status_known",
        ),
        sa.CheckConstraint("claim_waits IN (0, 1)", name="order_claim_waits_flag"),
        sa.CheckConstraint("delivery_returned IN (0, 1)", name="order_delivery_returned_flag"),
        sa.CheckConstraint("fragile IN (0, 1)", name="order_fragile_flag"),
        sa.CheckConstraint("packed IN (0, 1)", name="order_packed_flag"),
        sa.CheckConstraint(
            "paid_poisha >= 0 AND due_poisha >= 0 AND refund_due_poisha >= 0", name="order_balances_not_negative"
        ),
        sa.CheckConstraint("subtotal_poisha >= 0 AND delivery_poisha >= 0", name="order_amounts_not_negative"),
        sa.CheckConstraint("total_poisha = subtotal_poisha + delivery_poisha", name="order_total_is_sum"),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
        sa.UniqueConstraint("token"),
        sqlite_strict=True,
    )
    op.create_index("order_customer", "order", ["customer_id", "id"], unique=False)
    op.create_index(
        "order_unpaid",
        "order",
        ["placed_at", "id"],
        unique=False,
        sqlite_where=sa.text(_UNPAID),
        postgresql_where=sa.text(_UNPAID),
    )
    op.create_index(
        "order_to_verify",
        "order",
        ["placed_at", "id"],
        unique=False,
        sqlite_where=sa.text("claim_waits = 1"),
        postgresql_where=sa.text("claim_waits = 1"),
    )
    op.create_index(
        "order_to_confirm",
        "order",
        ["placed_at", "id"],
        unique=False,
        sqlite_where=sa.text(_TO_CONFIRM),
        postgresql_where=sa.text(_TO_CONFIRM),
    )
    op.create_index(
        "order_to_pack",
        "order",
        ["placed_at", "id"],
        unique=False,
        sqlite_where=sa.text("status = 'confirmed' AND packed = 0 AND held_reason IS NULL"),
        postgresql_where=sa.text("status = 'confirmed' AND packed = 0 AND held_reason IS NULL"),
    )
    op.create_index(
        "order_to_ship",
        "order",
        ["placed_at", "id"],
        unique=False,
        sqlite_where=sa.text("status = 'confirmed' AND packed = 1 AND held_reason IS NULL"),
        postgresql_where=sa.text("status = 'confirmed' AND packed = 1 AND held_reason IS NULL"),
    )
    op.create_index(
        "order_in_transit",
        "order",
        ["placed_at", "id"],
        unique=False,
        sqlite_where=sa.text("status = 'shipped'"),
        postgresql_where=sa.text("status = 'shipped'"),
    )
    op.create_index(
        "order_done",
        "order",
        ["placed_at", "id"],
        unique=False,
        sqlite_where=sa.text("status IN ('delivered', 'cancelled', 'returned')"),
        postgresql_where=sa.text("status IN ('delivered', 'cancelled', 'returned')"),
    )
    op.create_index(
        "order_held",
        "order",
        ["placed_at", "id"],
        unique=False,
        sqlite_where=sa.text("held_reason IS NOT NULL"),
        postgresql_where=sa.text("held_reason IS NOT NULL"),
    )
    op.create_index(
        "order_refund_due",
        "order",
        ["placed_at", "id"],
        unique=False,
        sqlite_where=sa.text("money = 'refund_due'"),
        postgresql_where=sa.text("money = 'refund_due'"),
    )
    op.create_index(
        "order_open",
        "order",
        ["status", "placed_at", "id"],
        unique=False,
        sqlite_where=sa.text("status IN ('pending', 'confirmed', 'shipped')"),
        postgresql_where=sa.text("status IN ('pending', 'confirmed', 'shipped')"),
    )
    op.create_index(
        "order_money",
        "order",
        ["money", "placed_at", "id"],
        unique=False,
        sqlite_where=sa.text("money <> 'paid'"),
        postgresql_where=sa.text("money <> 'paid'"),
    )
    op.create_index(
        "order_assigned",
        "order",
        ["assigned_to", "placed_at", "id"],
        unique=False,
        sqlite_where=sa.text("assigned_to <> ''"),
        postgresql_where=sa.text("assigned_to <> ''"),
    )
    op.create_index("order_district", "order", ["district", "placed_at", "id"], unique=False)
    op.create_index("order_phone", "order", ["phone", "id", "status"], unique=False)
    op.create_index("order_placed", "order", ["placed_at", "id"], unique=False)
    op.create_table(
        "session",
        sa.Column("id_hash", sa.Text(), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seen_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ends_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user.id"],
        ),
        sa.PrimaryKeyConstraint("id_hash"),
        sqlite_strict=True,
    )
    op.create_index("session_user", "session", ["user_id"], unique=False)
    op.create_table(
        "variant",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("product_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("attributes", sa.Text(), nullable=False),
        sa.Column("price_poisha", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("regular_price_poisha", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("image", sa.Text(), nullable=False),
        sa.Column("weight_g", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("low_stock_level", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("tracks_stock", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("active", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("active IN (0, 1)", name="variant_active_flag"),
        sa.CheckConstraint("low_stock_level >= 0", name="variant_low_stock_not_negative"),
        sa.CheckConstraint("price_poisha >= 0", name="variant_price_not_negative"),
        sa.CheckConstraint("tracks_stock IN (0, 1)", name="variant_tracks_stock_flag"),
        sa.CheckConstraint("weight_g >= 0", name="variant_weight_not_negative"),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("sku"),
        sqlite_strict=True,
    )
    op.create_index("variant_of_product", "variant", ["product_id", "position"], unique=False)
    op.create_table(
        "claim",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("trx_id", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("claimed_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("decided_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'verified', 'rejected', 'replaced')", name="claim_state_known"),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["order.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index("claim_order", "claim", ["order_id", "id"], unique=False)
    op.create_index("claim_trx", "claim", ["method", "trx_id"], unique=False)
    op.create_table(
        "command_key",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("body_hash", sa.Text(), nullable=False),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("answer_status", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("used_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["order.id"],
        ),
        sa.PrimaryKeyConstraint("key"),
        sqlite_strict=True,
    )
    op.create_table(
        "courier_news",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("courier", sa.Text(), nullable=False),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("received_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("handled_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["order.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
        sqlite_strict=True,
    )
    op.create_index("courier_news_order", "courier_news", ["order_id"], unique=False)
    op.create_table(
        "event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("from_status", sa.Text(), nullable=True),
        sa.Column("to_status", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("happened_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("written_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["order.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
        sqlite_strict=True,
    )
    op.create_index("event_action", "event", ["action", "happened_at"], unique=False)
    op.create_index("event_order", "event", ["order_id", "id"], unique=False)
    op.create_table(
        "job",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("lease_until", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("leased_by", sa.Text(), nullable=False),
        sa.Column("tries", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("most_tries", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ended_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'running', 'done', 'failed')", name="job_state_known"),
        sa.CheckConstraint("tries >= 0 AND tries <= most_tries", name="job_tries_bounded"),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["order.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
        sqlite_strict=True,
    )
    op.create_index("job_due", "job", ["state", "due_at"], unique=False)
    op.create_table(
        "order_line",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("variant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("variant_title", sa.Text(), nullable=False),
        sa.Column("image", sa.Text(), nullable=False),
        sa.Column("tracks_stock", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("quantity", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_price_poisha", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("cost_poisha", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("returned_quantity", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("returned_cost_poisha", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("quantity > 0", name="order_line_quantity_positive"),
        sa.CheckConstraint(
            "returned_quantity >= 0 AND returned_quantity <= quantity", name="order_line_returned_within"
        ),
        sa.CheckConstraint("unit_price_poisha >= 0", name="order_line_price_not_negative"),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["order.id"],
        ),
        sa.ForeignKeyConstraint(
            ["variant_id"],
            ["variant.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index("order_line_order", "order_line", ["order_id", "variant_id"], unique=True)
    op.create_index("order_line_variant", "order_line", ["variant_id"], unique=False)
    op.create_table(
        "pack_tick",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("quantity", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("ticked_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["order.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index("pack_tick_item", "pack_tick", ["order_id", "item"], unique=True)
    op.create_table(
        "resolution",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("taken_by", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("closed_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["order.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
        sqlite_strict=True,
    )
    op.create_index("resolution_open", "resolution", ["closed_at", "id"], unique=False)
    op.create_index("resolution_order", "resolution", ["order_id"], unique=False)
    op.create_table(
        "shipment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("live", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("courier", sa.Text(), nullable=False),
        sa.Column("carrier", sa.Text(), nullable=False),
        sa.Column("booking", sa.Text(), nullable=False),
        sa.Column("invoice", sa.Text(), nullable=False),
        sa.Column("consignment_id", sa.Text(), nullable=False),
        sa.Column("tracking_code", sa.Text(), nullable=False),
        sa.Column("tracking_link", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("raw_status", sa.Text(), nullable=False),
        sa.Column("return_leg", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("cod_poisha", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("estimated_delivery", sa.Text(), nullable=False),
        sa.Column("requested_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("booked_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("status_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("synced_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "booking IN ('requested', 'booked', 'refused', 'uncertain', 'superseded')", name="shipment_booking_known"
        ),
        sa.CheckConstraint("cod_poisha >= 0", name="shipment_cod_not_negative"),
        sa.CheckConstraint("live IS NULL OR live = 1", name="shipment_live_flag"),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["order.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("invoice"),
        sqlite_strict=True,
    )
    op.create_index("shipment_consignment", "shipment", ["courier", "consignment_id"], unique=False)
    op.create_index("shipment_one_live", "shipment", ["order_id", "live"], unique=True)
    op.create_index("shipment_status", "shipment", ["live", "status"], unique=False)
    op.create_index(
        "shipment_problem",
        "shipment",
        ["order_id"],
        unique=False,
        sqlite_where=sa.text("live = 1 AND problem <> ''"),
        postgresql_where=sa.text("live = 1 AND problem <> ''"),
    )
    op.create_index("shipment_tracking", "shipment", ["tracking_code"], unique=False)
    op.create_table(
        "stock_level",
        sa.Column("variant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("on_hand", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reserved", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("value_poisha", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("on_hand > 0 OR value_poisha = 0", name="stock_level_nothing_is_worth_nothing"),
        sa.CheckConstraint("on_hand >= 0", name="stock_level_on_hand_not_negative"),
        sa.CheckConstraint("reserved <= on_hand", name="stock_level_never_oversold"),
        sa.CheckConstraint("reserved >= 0", name="stock_level_reserved_not_negative"),
        sa.CheckConstraint("value_poisha >= 0", name="stock_level_value_not_negative"),
        sa.ForeignKeyConstraint(
            ["variant_id"],
            ["variant.id"],
        ),
        sa.PrimaryKeyConstraint("variant_id"),
        sqlite_strict=True,
    )
    op.create_table(
        "taken_trx_id",
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("trx_id", sa.Text(), nullable=False),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("taken_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["order.id"],
        ),
        sa.PrimaryKeyConstraint("method", "trx_id", name="taken_trx_id_pk"),
        sqlite_strict=True,
    )
    op.create_table(
        "message",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sent_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("audience IN ('customer', 'staff')", name="message_audience_known"),
        sa.CheckConstraint("state IN ('waiting', 'sent', 'kept', 'failed')", name="message_state_known"),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
        ),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["order.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index("message_audience", "message", ["audience", "id"], unique=False)
    op.create_index("message_order", "message", ["order_id"], unique=False)
    op.create_index("message_state", "message", ["state", "id"], unique=False)
    op.create_table(
        "payment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("trx_id", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("amount_poisha", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("received_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("amount_poisha > 0", name="payment_amount_positive"),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
        ),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["order.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index("payment_order", "payment", ["order_id"], unique=False)
    op.create_index("payment_trx", "payment", ["method", "trx_id"], unique=True)
    op.create_table(
        "posting",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("debit", sa.Text(), nullable=False),
        sa.Column("credit", sa.Text(), nullable=False),
        sa.Column("amount_poisha", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reverses", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("happened_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("written_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("amount_poisha > 0", name="posting_amount_positive"),
        sa.CheckConstraint("debit <> credit", name="posting_two_accounts"),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
        ),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["order.id"],
        ),
        sa.ForeignKeyConstraint(
            ["reverses"],
            ["posting.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
        sqlite_strict=True,
    )
    op.create_index("posting_event", "posting", ["event_id"], unique=False)
    op.create_index("posting_order", "posting", ["order_id", "id"], unique=False)
    op.create_index("posting_time", "posting", ["happened_at", "event_id"], unique=False)
    op.create_index("posting_accounts", "posting", ["debit", "credit", "happened_at", "amount_poisha"], unique=False)
    op.create_table(
        "refund",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("amount_poisha", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("paid_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("amount_poisha > 0", name="refund_amount_positive"),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
        ),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["order.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index("refund_order", "refund", ["order_id"], unique=False)
    op.create_table(
        "stock_movement",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("variant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("quantity", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("on_hand_delta", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reserved_delta", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("value_delta_poisha", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("happened_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("written_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
        ),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["order.id"],
        ),
        sa.ForeignKeyConstraint(
            ["variant_id"],
            ["variant.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
        sqlite_strict=True,
    )
    op.create_index("stock_movement_order", "stock_movement", ["order_id"], unique=False)
    op.create_index(
        "stock_movement_time",
        "stock_movement",
        ["happened_at", "variant_id", "on_hand_delta", "value_delta_poisha"],
        unique=False,
    )
    op.create_index("stock_movement_variant", "stock_movement", ["variant_id", "id"], unique=False)


def downgrade() -> None:
    op.drop_index("stock_movement_variant", table_name="stock_movement")
    op.drop_index("stock_movement_time", table_name="stock_movement")
    op.drop_index("stock_movement_order", table_name="stock_movement")
    op.drop_table("stock_movement")
    op.drop_index("refund_order", table_name="refund")
    op.drop_table("refund")
    op.drop_index("posting_accounts", table_name="posting")
    op.drop_index("posting_time", table_name="posting")
    op.drop_index("posting_order", table_name="posting")
    op.drop_index("posting_event", table_name="posting")
    op.drop_table("posting")
    op.drop_index("payment_trx", table_name="payment")
    op.drop_index("payment_order", table_name="payment")
    op.drop_table("payment")
    op.drop_index("message_state", table_name="message")
    op.drop_index("message_order", table_name="message")
    op.drop_index("message_audience", table_name="message")
    op.drop_table("message")
    op.drop_table("taken_trx_id")
    op.drop_table("stock_level")
    op.drop_index("shipment_problem", table_name="shipment")
    op.drop_index("shipment_tracking", table_name="shipment")
    op.drop_index("shipment_status", table_name="shipment")
    op.drop_index("shipment_one_live", table_name="shipment")
    op.drop_index("shipment_consignment", table_name="shipment")
    op.drop_table("shipment")
    op.drop_index("resolution_order", table_name="resolution")
    op.drop_index("resolution_open", table_name="resolution")
    op.drop_table("resolution")
    op.drop_index("pack_tick_item", table_name="pack_tick")
    op.drop_table("pack_tick")
    op.drop_index("order_line_variant", table_name="order_line")
    op.drop_index("order_line_order", table_name="order_line")
    op.drop_table("order_line")
    op.drop_index("job_due", table_name="job")
    op.drop_table("job")
    op.drop_index("event_order", table_name="event")
    op.drop_index("event_action", table_name="event")
    op.drop_table("event")
    op.drop_index("courier_news_order", table_name="courier_news")
    op.drop_table("courier_news")
    op.drop_table("command_key")
    op.drop_index("claim_trx", table_name="claim")
    op.drop_index("claim_order", table_name="claim")
    op.drop_table("claim")
    op.drop_index("variant_of_product", table_name="variant")
    op.drop_table("variant")
    op.drop_index("session_user", table_name="session")
    op.drop_table("session")
    op.drop_index("order_unpaid", table_name="order")
    op.drop_index("order_to_verify", table_name="order")
    op.drop_index("order_to_confirm", table_name="order")
    op.drop_index("order_to_pack", table_name="order")
    op.drop_index("order_to_ship", table_name="order")
    op.drop_index("order_in_transit", table_name="order")
    op.drop_index("order_done", table_name="order")
    op.drop_index("order_held", table_name="order")
    op.drop_index("order_refund_due", table_name="order")
    op.drop_index("order_open", table_name="order")
    op.drop_index("order_money", table_name="order")
    op.drop_index("order_assigned", table_name="order")
    op.drop_index("order_district", table_name="order")
    op.drop_index("order_phone", table_name="order")
    op.drop_index("order_placed", table_name="order")
    op.drop_index("order_customer", table_name="order")
    op.drop_table("order")
    op.drop_table("notice_read")
    op.drop_table("user")
    op.drop_table("shop_setting")
    op.drop_index("product_listed", table_name="product")
    op.drop_table("product")
    op.drop_table("customer")
    op.drop_table("counter")
    op.drop_table("api_key")
