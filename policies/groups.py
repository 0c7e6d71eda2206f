"""How several people come with one matter: the shape of `groups.toml`."""

from policies.periods import Sourced
from policies.rules import PositiveInt


class GroupRules(Sourced):
    """The rules of one house. `most_people` can be in one matter; a code to join it can be used for `code_days` calendar days."""

    most_people: PositiveInt
    code_days: PositiveInt
