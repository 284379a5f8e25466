"""How Reflex builds and runs the site. What the shop's operator sets is in dokango/settings.py."""

import reflex as rx

from components import theme
from dokango.settings import settings

_port = settings().port


class RadixThemes(rx.plugins.RadixThemesPlugin):
    """Radix as far as our pages import it: Reflex would load all of it, for components made at run time."""

    def get_frontend_dependencies(self, **_context: object) -> list[str]:
        """Nothing beside what pages import by themselves."""
        return []


config = rx.Config(
    app_name="dokango_web",
    api_url=f"http://localhost:{_port}",
    frontend_port=_port,
    backend_port=_port,
    cors_allowed_origins=[settings().site_url],
    trusted_proxy_hops=settings().trusted_proxy_hops,
    redis_url=None,  # a page's states live in the process that has its socket; another one begins them anew
    state_manager_mode="memory",
    telemetry_enabled=False,
    show_built_with_reflex=False,
    frontend_compression_formats=["brotli", "gzip"],
    plugins=[RadixThemes(theme=theme.radix_theme())],
    disable_plugins=[rx.plugins.SitemapPlugin],
)
