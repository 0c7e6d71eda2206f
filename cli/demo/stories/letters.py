"""What the stories share in which something is served as a letter: on whom, and what they do at the council's door."""

from datetime import date
from typing import Any

from cli.demo.scene import Scene
from cli.demo.script import Deed
from cli.demo.stories.desk import path

SG = "Secretary General"


def addressee(scene: Scene, who: str, name: str) -> str:
    """The id of somebody with a letter key, as the desk knows them."""
    keys: list[dict[str, Any]] = scene.get(who, "/v1/addressees")["keys"]
    return next(str(key["person"]) for key in keys if key["name"] == name and key["standing"] == "signed")


def reads_and_answers(name: str, text: str, answer: str) -> Deed:
    """Open the newest letter at the council's door, and answer it, once."""

    def deed(scene: Scene) -> str:
        lying: list[dict[str, Any]] = scene.get(name, "/v1/letters")["letters"]
        letter = next(str(each["id"]) for each in lying if each["answered_on"] is None)
        opened = scene.get(name, f"/v1/letters/{letter}")
        scene.post(name, f"/v1/letters/{letter}/answer", {"text": answer})
        again = scene.refused(name, f"/v1/letters/{letter}/answer", {"text": answer})
        return f"{'word for word' if opened['text'] == text else 'another text'}; answered; {again}"

    return deed


def letter_of(scene: Scene, who: str, key: str, kind: str) -> dict[str, Any]:
    """The newest letter of a matter, as somebody with a seat sees it."""
    found: dict[str, Any] = scene.get(who, path(scene, key, kind))["letters"][-1]
    return found


def told(letter: dict[str, Any]) -> str:
    """To whom a letter went, and by when an answer is asked for."""
    asked = "nothing asked" if letter["answer_by"] is None else f"answer by {date.fromisoformat(letter['answer_by'])}"
    return f"a letter to {letter['to']}, {asked}"
