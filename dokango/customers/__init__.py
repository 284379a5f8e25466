"""The customer as a person, by phone: their record in figures, notes, labels, and what they may not do."""
