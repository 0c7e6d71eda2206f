"""The ledger of posts: from when to when each stood in which unit, on which fund and grade, and where that is written."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from actions.office import Office
from actions.structure import may, require
from actions.structure_record import Whole, known
from structure.things import Post, Ref, Sort


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post as it was from `since` up to the day before `until`; None: it still is."""

    post: Post
    since: date
    until: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """The lines asked for. `holders`: whether the reader may know who holds a post, or only whether somebody does."""

    lines: tuple[PostLine, ...]
    holders: bool


def posts(
    office: Office, as_of: date | None, known_at: date | None, *, by: UUID, unit: str | None = None, fund: str | None = None
) -> Ledger:
    """Every post over all dates, or (`as_of`) as it stands on one, as known on a day (left out: today).

    `unit` and `fund` leave out lines of others. Raises NotAllowed.
    """
    with office.open() as books:
        require(books, by, "read")
        lines = _lines(known(books).whole(known_at or books.today))
        holders = may(books, by, "holders")
    wanted = (line for line in lines if unit in {None, line.post.unit} and fund in {None, line.post.fund})
    return Ledger(tuple(line for line in wanted if as_of is None or _stands(line, as_of)), holders)


def _stands(line: PostLine, on: date) -> bool:
    return line.since <= on and (line.until is None or on < line.until)


def _lines(whole: Whole) -> list[PostLine]:
    open_lines: dict[str, tuple[Post, date, str]] = {}
    done: list[PostLine] = []
    sources = dict(whole.sources)
    for on, org in zip(whole.timeline.dates, whole.timeline.states, strict=True):
        for ref in org.touched:
            if ref.sort is not Sort.POST:
                continue
            if ref.id in open_lines:
                before, since, source = open_lines.pop(ref.id)
                done.append(PostLine(before, since, on, source))
            post = org.posts[ref.id]
            if post.live:
                open_lines[ref.id] = (post, on, sources[on][Ref(Sort.POST, ref.id)])
    done += [PostLine(post, since, None, source) for post, since, source in open_lines.values()]
    return sorted(done, key=lambda line: (line.post.id, line.since))
