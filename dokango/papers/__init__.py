"""What is printed: packing slips, invoices, labels and pick lists, as PDF by typst. No database in here."""
