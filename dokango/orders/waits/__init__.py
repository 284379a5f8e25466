"""The clocks over orders: how long each may stand where it stands before somebody is told."""
