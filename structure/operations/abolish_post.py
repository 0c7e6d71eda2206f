"""A post ends, or an ending is taken back."""

from dataclasses import replace
from datetime import date
from typing import Literal

from structure.operation import Id, Name, Operation, OperationRefused, live_post, posts
from structure.organisation import Organisation
from structure.things import Ref


class AbolishPost(Operation):
    """End a post. `authority`: the decision that lets the number of posts of a fund shrink (I13)."""

    kind: Literal["abolish_post"] = "abolish_post"
    post: Id
    authority: Name | None = None

    def change(self, org: Organisation, id: str, on: date) -> Organisation:
        """Claim: the post is live."""
        return org.with_post(replace(live_post(org, self.post), live=False))

    def inverse(self, before: Organisation) -> tuple[Operation, ...]:
        """Bring it back, with its holder."""
        return (RestorePost(post=self.post),)

    def authority_class(self, org: Organisation) -> str:
        """`abolish_post`."""
        return "abolish_post"

    def ends(self) -> frozenset[Ref]:
        """The post."""
        return posts(self.post)


class RestorePost(Operation):
    """Bring an abolished post back under its own identity."""

    kind: Literal["restore_post"] = "restore_post"
    post: Id

    def change(self, org: Organisation, id: str, on: date) -> Organisation:
        """Claim: the post is there and abolished."""
        post = org.posts.get(self.post)
        if post is None or post.live:
            raise OperationRefused("post_is_abolished", self.post)
        return org.with_post(replace(post, live=True))

    def inverse(self, before: Organisation) -> tuple[Operation, ...]:
        """Abolish it again."""
        return (AbolishPost(post=self.post),)

    def authority_class(self, org: Organisation) -> str:
        """`create_post`."""
        return "create_post"

    def restores(self) -> bool:
        """It does."""
        return True

    def makes(self) -> frozenset[Ref]:
        """The post, again."""
        return posts(self.post)
