"""Clerks at the council's door: they register mandates and move them."""

from dataclasses import dataclass, field

import httpx

from tests.chaos.load import Asked, AtWork

ACTS = {
    "in_force": ("assign",),
    "assigned": ("reassign", "deliver", "await_funds", "start"),
    "waiting_for_funds": ("receive_funds", "check_funds", "reassign"),
    "in_progress": ("report_progress", "reassign", "await_funds", "report_progress", "report_done"),
}


@dataclass
class Clerk(AtWork):
    """Somebody who registers mandates and moves them."""

    mine: dict[str, str] = field(default_factory=dict)

    def act(self, door: httpx.Client) -> None:
        asked = self._next()
        self.asked.append(asked)
        try:
            response = door.post(asked.path, json=asked.body)
        except httpx.TransportError:
            self.wait_for(door)
            return
        if response.is_success:
            told = response.json()
            asked.answer, asked.version = "accepted", told["version"]
            asked.path = f"/v1/mandates/{told['id']}"
            self.mine[told["id"]] = told["state"]
        elif response.is_client_error:
            asked.answer = "refused"
            assert response.status_code in {409, 412}, (response.status_code, response.text)
            self._look_again(door, asked)
        else:
            self.wait_for(door)

    def _next(self) -> Asked:
        mark = f"{self.name}-{len(self.asked)}"
        movable = [matter for matter, state in self.mine.items() if state in ACTS]
        if not movable or self.random.random() < 0.25:
            body: dict[str, object] = {"symbol": mark, "title": "t", "issued_by": "GA", "source": "s"}
            return Asked(mark, "/v1/mandates", body)
        matter = self.random.choice(movable)
        trigger = self.random.choice(ACTS[self.mine[matter]])
        payload = {"unit": mark} if trigger in {"assign", "reassign"} else {"document": mark} if "report" in trigger else {}
        return Asked(mark, f"/v1/mandates/{matter}/moves", {"trigger": trigger, "payload": payload})

    def _look_again(self, door: httpx.Client, asked: Asked) -> None:
        """A clock moved it, or an answer that was lost had been done: see where it is."""
        matter = asked.path.split("/")[3]
        try:
            response = door.get(f"/v1/mandates/{matter}")
        except httpx.TransportError:
            return
        if response.is_success:
            self.mine[matter] = response.json()["state"]
