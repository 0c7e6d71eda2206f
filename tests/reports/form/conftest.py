"""The sample as a page, once for all tests of a process."""

from collections.abc import Callable
from functools import cache

import pytest

from reports.form.page import render_html
from tests.reports.form.sample import sample


@pytest.fixture(scope="session")
def page() -> Callable[[str], str]:
    """The sample's page in a language."""
    return cache(lambda language: render_html(sample(), language))
