"""One file a page; each is named in the site map of `dokango_web/dokango_web.py`."""
