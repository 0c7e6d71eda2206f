"""Handlers at the desk's door: they look at their queue, read what came, write, and move it."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx

from tests.chaos.load import Asked, AtWork

LISTS = ("urgent", "new_to_read", "owed_this_week", "waiting_for_her", "waiting_for_them", "late", "later")
ACTS = {
    "submitted": ("acknowledge",),
    "acknowledged": ("screen", "reply"),
    "screening": ("inquire", "reply"),
    "inquiry": ("draft", "reply"),
    "draft_findings": ("inquire_further", "reply"),
}
WITH_TEXT = {"reply", "draft"}


@dataclass
class Handler(AtWork):
    """Somebody at the desk. Each change is asked for as of the version that was read, so that nothing is done twice."""

    read: set[UUID] = field(default_factory=set)
    """What was opened: the answer came, so the reading is written down."""

    def act(self, door: httpx.Client) -> None:
        queue = self._get(door, "/v1/queue")
        if queue is None:
            return
        mine = [each for name in LISTS for each in queue[name] if each["kind"] == "complaint" and each["yours"]]
        if not mine:
            self.stop.wait(0.1)
            return
        seen = self._get(door, f"/v1/complaints/{self.random.choice(mine)['id']}")
        if seen is not None:
            self.read.add(UUID(seen["id"]))
            self._change(door, seen)

    def _change(self, door: httpx.Client, seen: dict[str, Any]) -> None:
        mark = f"{self.name}-{len(self.asked)}-"
        where = f"/v1/complaints/{seen['id']}"
        possible = ACTS.get(seen["state"], ())
        if not possible or self.random.random() < 0.2:
            asked, body = Asked(mark, f"{where}/messages", {"trigger": "complaint.noted"}), {"to": "office", "text": mark}
        else:
            trigger = self.random.choice(possible)
            payload = {"text": mark} if trigger in WITH_TEXT else {}
            asked, body = Asked(mark, f"{where}/moves", {"trigger": trigger}), {"trigger": trigger, "payload": payload}
        self.asked.append(asked)
        try:
            answer = door.post(asked.path, json=body, headers={"If-Match": f'"{seen["version"]}"'})
        except httpx.TransportError:
            self.wait_for(door)
            return
        if answer.is_server_error:
            self.wait_for(door)
        elif answer.is_success:
            asked.answer, asked.version = "accepted", answer.json()["version"]
        else:
            assert answer.status_code in {409, 412}, (asked, answer.status_code, answer.text)
            asked.answer = "refused"

    def _get(self, door: httpx.Client, path: str) -> Any:
        try:
            answer = door.get(path)
        except httpx.TransportError:
            self.wait_for(door)
            return None
        if answer.is_server_error:
            self.wait_for(door)
            return None
        assert answer.status_code == 200, (path, answer.status_code, answer.text)
        return answer.json()
