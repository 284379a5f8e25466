"""The HTTP API under /api/v1, /healthz and /metrics."""
