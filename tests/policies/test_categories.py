"""The categories of the International Ombuds Association: complete, in four languages, and each code means one thing."""

import pytest

from policies.categories import Categories, NoSuchIssue, categories, label
from web.messages import LANGUAGES


def test_there_are_nine_categories_with_eighty_seven_sub_codes():
    each = [len(category.issues) for category in categories().categories.values()]
    assert each == [5, 19, 10, 12, 10, 10, 5, 11, 5]
    assert len(categories().codes) == len(set(categories().codes)) == sum(each) == 87
    assert (categories().codes[0], categories().codes[-1]) == ("1A", "9E")


def test_every_category_ends_with_other_and_names_are_told_apart_within_it():
    for number, category in categories().categories.items():
        for language in LANGUAGES:
            names = [label(number + letter, language) for letter in category.issues]
            assert len(set(names)) == len(names)
            assert names[-1] == label("1E", language)


@pytest.mark.parametrize("code", ["8E", "4J"])
def test_the_codes_that_tie_the_office_to_a_restructuring_are_there(code: str):
    assert "restruct" in label("8E", "en").lower()
    assert categories().require(code.lower()) == code


@pytest.mark.parametrize("code", ["", "2", "2Z", "0A", "10A", "H2"])
def test_what_is_no_sub_code_is_refused(code: str):
    with pytest.raises(NoSuchIssue):
        categories().require(code)


def test_a_list_with_a_letter_missing_is_no_list():
    content = categories().model_dump()
    del content["categories"]["2"]["issues"]["C"]
    with pytest.raises(ValueError, match="category 2"):
        Categories.model_validate(content)
