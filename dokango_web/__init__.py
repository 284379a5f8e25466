"""The site: which page stands where, who may pass the gate, and the HTTP API."""
