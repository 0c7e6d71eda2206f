"""What there is to see for somebody who comes back to the intake with her words."""

from collections.abc import Callable, Iterator

from playwright.sync_api import Page

from actions.offered_times import free_times
from actions.receiving import begin
from tests.fixtures.clicking import click
from tests.fixtures.intake_door import IntakeDoor
from tests.fixtures.visitors import REFERRAL, Guest, at_desk, come, on_rung, opened_by
from tests.screens.camera import Screen

Act = Callable[[Page], None]


def coming_back(door: IntakeDoor) -> Iterator[Screen]:
    """Every page, in the order in which she comes to it."""
    yield Screen("back", "/back")
    yield Screen("back-wrong", "/back", act=with_words("these words are wrong"))
    new = come(door.stage)
    yield Screen("here-new", "/back", act=with_words(new.words))
    asked = _asked(door)
    yield Screen("here-asked", "/back", act=with_words(asked.words))
    yield Screen("here-refused", "/back", act=with_words(asked.words, _write_nothing))
    yield Screen("here-stop", "/back", act=with_words(asked.words, _read_about("c")))
    yield Screen("here-decided", "/back", act=with_words(_decided(door).words))
    talk = come(door.stage, track="consultation")
    yield Screen("here-talk", "/back", act=with_words(talk.words))
    yield Screen("here-more", "/back", act=with_words(talk.words, _open("/here/more")))
    yield Screen("here-words", "/back", act=_new_words(talk.words))


def coming_to_talk(door: IntakeDoor) -> Iterator[Screen]:
    """Times are offered; she takes one, and what she sees of it then."""
    guest = come(door.stage)
    yield Screen("here-times", "/back#time", act=with_words(guest.words, lambda page: page.click("#time ~ details > summary")))
    guest.does("take_time", time=free_times(door.stage.intake)[0].row.id)
    yield Screen("here-time", "/back#time", act=with_words(guest.words))


def _asked(door: IntakeDoor) -> Guest:
    """Everything at once: opened, answered, asked a question and for a yes; a file, a yes that can be taken back."""
    guest = come(door.stage)
    handler = on_rung(door.stage, guest.matter, 0)
    opened_by(door.stage, handler, guest.matter)
    upload = begin(door.stage.intake, guest.visitor, "letter of 3 May.pdf")
    upload.take(b"a letter")
    upload.finish()
    at_desk(door.stage, handler, guest.matter, "acknowledge", text="Thank you for writing. I have read it.")
    at_desk(
        door.stage,
        handler,
        guest.matter,
        "ask_consent",
        to="The head of the unit",
        text="Somebody asks for a quiet room.",
        **REFERRAL,
    )
    guest.does("consent", consent=guest.sees().consents[0].id)
    at_desk(door.stage, handler, guest.matter, "ask", text="When was it?\n\nWas anybody else there?")
    at_desk(
        door.stage,
        handler,
        guest.matter,
        "ask_consent",
        to="Human Resources",
        text="She asks\n\nfor a transfer in June.",
        **REFERRAL,
    )
    return guest


def _decided(door: IntakeDoor) -> Guest:
    guest = come(door.stage)
    handler = on_rung(door.stage, guest.matter, 0)
    opened_by(door.stage, handler, guest.matter)
    for trigger in ("acknowledge", "screen"):
        at_desk(door.stage, handler, guest.matter, trigger)
    at_desk(door.stage, handler, guest.matter, "decline", ground="out_of_remit", text="We may not look into pensions.")
    return guest


def with_words(words: str, then: Act | None = None) -> Act:
    def act(page: Page) -> None:
        page.fill("#words", words)
        click(page, "main button")
        if then is not None:
            then(page)

    return act


def _open(path: str) -> Act:
    return lambda page: click(page, f"main a[href^='{path}']")


def _read_about(way: str) -> Act:
    return lambda page: click(page, f"main a[href$='way={way}']")


def _write_nothing(page: Page) -> None:
    """What the browser itself would not let through: blanks."""
    page.fill("#f-post-complaint-messages-text", "   ")
    click(page, "#f-post-complaint-messages button")


def _new_words(words: str) -> Act:
    """Get new words; the next time, it comes with those."""
    held = [words]

    def act(page: Page) -> None:
        with_words(held[0])(page)
        click(page, "form[action='/here/words'] button")
        held[0] = " ".join(page.locator(".twelve li").all_inner_texts())

    return act
