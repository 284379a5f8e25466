"""What is looked at before an order goes on: the checks of the review, and the checklist of the packer."""
