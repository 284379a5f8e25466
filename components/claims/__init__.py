"""Claims on couriers: their list, one of them, and the dialogs that open and end one."""
