"""Statements of wallets and banks: files whose columns are said once, each line kept as evidence, once."""
