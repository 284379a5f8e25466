"""How Reflex builds and runs the site. What the shop's operator sets is in dokango/settings.py."""

import reflex as rx

from dokango.settings import settings

_site = settings().site_url

config = rx.Config(
    app_name="dokango_web",
    api_url=f"http://localhost:{settings().port}",
    frontend_port=settings().port,
    backend_port=settings().port,
    cors_allowed_origins=[_site, f"http://localhost:{settings().port}", f"http://127.0.0.1:{settings().port}"],
    trusted_proxy_hops=settings().trusted_proxy_hops,
    redis_url=settings().redis_url or None,
    state_manager_mode="redis" if settings().redis_url else "memory",
    telemetry_enabled=False,
    show_built_with_reflex=False,
    plugins=[rx.plugins.RadixThemesPlugin(theme=rx.theme(accent_color="jade", gray_color="slate", radius="medium"))],
    disable_plugins=[rx.plugins.SitemapPlugin],
)
