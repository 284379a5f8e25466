"""What is said when nothing was booked yet, because it is above what one person may book alone."""

ASKED = "#{n} waits for approval by another person. Nothing is booked until then."
