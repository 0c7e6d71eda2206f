"""A post goes to another unit, or to another holder."""

from dataclasses import replace
from datetime import date
from typing import Literal

from structure.operation import Id, Name, Operation, live_post, live_unit, posts, units
from structure.organisation import Organisation
from structure.things import Ref


class MovePost(Operation):
    """Move a post, and whoever holds it, to another unit."""

    kind: Literal["move_post"] = "move_post"
    post: Id
    to: Id

    def change(self, org: Organisation, id: str, on: date) -> Organisation:
        """Claims: post and unit are live."""
        live_unit(org, self.to)
        return org.with_post(replace(live_post(org, self.post), unit=self.to))

    def inverse(self, before: Organisation) -> tuple[Operation, ...]:
        """Back to the unit it was in."""
        return (MovePost(post=self.post, to=live_post(before, self.post).unit),)

    def authority_class(self, org: Organisation) -> str:
        """`move_post`."""
        return "move_post"

    def uses(self) -> frozenset[Ref]:
        """The post and the unit."""
        return posts(self.post) | units(self.to)


class AssignPost(Operation):
    """Give a post to somebody, by an opaque reference, or leave it vacant."""

    kind: Literal["assign_post"] = "assign_post"
    post: Id
    holder: Name | None

    def change(self, org: Organisation, id: str, on: date) -> Organisation:
        """Claim: the post is live."""
        return org.with_post(replace(live_post(org, self.post), holder=self.holder))

    def inverse(self, before: Organisation) -> tuple[Operation, ...]:
        """Back to who held it."""
        return (AssignPost(post=self.post, holder=live_post(before, self.post).holder),)

    def authority_class(self, org: Organisation) -> str:
        """`assign_post`."""
        return "assign_post"

    def uses(self) -> frozenset[Ref]:
        """The post."""
        return posts(self.post)
