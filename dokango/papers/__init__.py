"""What is printed: slips, invoices, labels and pick lists, as PDF by typst. `gathering` alone reads the database."""
