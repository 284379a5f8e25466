"""What every report is made of: spans of days, the moment that is read, the places on the page, figures and sheets."""
