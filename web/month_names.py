"""A month as a language writes it, without a day: where the day is not known, or must not be."""

from datetime import date

from babel.dates import format_skeleton

from web.messages import LOCALES


def month_name(month: date, language: str) -> str:
    """The month and its year.

    >>> month_name(date(2016, 9, 1), "es")
    'septiembre de 2016'
    """
    return str(format_skeleton("yMMMM", month, locale=LOCALES[language]))
