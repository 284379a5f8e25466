"""The customer's languages: English and Bangla. Staff read English."""

from dokango.language.bangla import said_amount, said_date, said_digits, said_moment
from dokango.language.catalogue import ENGLISH, LOCALES, in_language, say, words, written

__all__ = [
    "ENGLISH",
    "LOCALES",
    "in_language",
    "said_amount",
    "said_date",
    "said_digits",
    "said_moment",
    "say",
    "words",
    "written",
]
