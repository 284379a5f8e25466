"""What the ledger says: accounts by name, the journal, profit and the statements, and the orders behind them."""
