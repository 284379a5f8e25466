"""What lists are made of: the table and its cells, tabs, filters, boxes that tick, and the pager."""
