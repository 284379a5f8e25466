"""How Reflex builds and runs the site. What the shop's operator sets is in dokango/settings.py."""

import reflex as rx

from components import theme
from dokango.settings import settings

_port = settings().port

config = rx.Config(
    app_name="dokango_web",
    api_url=f"http://localhost:{_port}",
    frontend_port=_port,
    backend_port=_port,
    cors_allowed_origins=[settings().site_url],
    trusted_proxy_hops=settings().trusted_proxy_hops,
    redis_url=settings().redis_url or None,
    state_manager_mode="redis" if settings().redis_url else "memory",
    telemetry_enabled=False,
    show_built_with_reflex=False,
    plugins=[rx.plugins.RadixThemesPlugin(theme=theme.radix_theme())],
    disable_plugins=[rx.plugins.SitemapPlugin],
)
