"""A post begins."""

from datetime import date
from typing import Literal

from structure.operation import Id, Name, Operation, OperationRefused, live_unit, posts, units
from structure.operations.abolish_post import AbolishPost
from structure.organisation import Organisation
from structure.things import UNKNOWN, Post, Ref


class CreatePost(Operation):
    """Create a post in a unit. Fund and grade in the words of the personnel tables; `unknown` when no source says."""

    kind: Literal["create_post"] = "create_post"
    post: Id
    title: Name
    unit: Id
    fund: Name = UNKNOWN
    grade: Name = UNKNOWN
    authority: Name | None = None
    """The decision that lets the number of posts of a fund grow (I13)."""

    def change(self, org: Organisation, id: str, on: date) -> Organisation:
        """Claims: the id is new; the unit is live."""
        if self.post in org.posts:
            raise OperationRefused("post_is_new", self.post)
        live_unit(org, self.unit)
        return org.with_post(Post(self.post, self.title, self.unit, self.fund, self.grade))

    def inverse(self, before: Organisation) -> tuple[Operation, ...]:
        """Abolish it."""
        return (AbolishPost(post=self.post),)

    def authority_class(self, org: Organisation) -> str:
        """`create_post`."""
        return "create_post"

    def makes(self) -> frozenset[Ref]:
        """The post."""
        return posts(self.post)

    def uses(self) -> frozenset[Ref]:
        """Its unit."""
        return units(self.unit)
