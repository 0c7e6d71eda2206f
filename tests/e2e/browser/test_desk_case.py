"""A case from the first reading to a pause by clicking alone, on a screen and on a phone, with no script at all."""

from playwright.sync_api import Page, expect
from pydantic import SecretStr

from actions.kinds.sealed import Told
from tests.fixtures.axe import axe_problems
from tests.fixtures.browser import Pages
from tests.fixtures.clicking import click
from tests.fixtures.desk_door import DeskDoor, come, send_file, she
from tests.fixtures.keyboard import keyboard_problems
from tests.fixtures.reflow import reflow_problems
from tests.fixtures.serving import Serve

pytest_plugins = ("tests.fixtures.desk_door",)


def act(page: Page, opened: str, **typed: str) -> None:
    """Open a form by its line, fill it in by its labels, send it by its button, and read that it was done."""
    place = page.locator("details").filter(has=page.locator("summary", has_text=opened)).first
    place.locator("summary").first.click()
    for label, value in typed.items():
        field = place.get_by_label(label.replace("_", " "))
        field.select_option(label=value) if field.evaluate("one => one.tagName") == "SELECT" else field.fill(value)
    click(page, place.locator("form button"))
    expect(page.get_by_role("status")).to_contain_text("Done.")


def test_a_case_is_worked_on_by_clicking(desk_door: DeskDoor, serve: Serve, open_page: Pages):
    stage = desk_door.stage
    came = come(stage, about="Compras", identity="Ana", must_not_see="el primo")
    send_file(stage, came, "acta.txt", b"plain")
    page = open_page(serve(desk_door.app), f"/complaints/{came.id}", token=desk_door.session("head"))
    act(page, "Confirm that you have read it", Words_to_the_person_who_came="Lo hemos leído.")
    act(page, "Start the first look")
    she(stage, came, "message", Told(text=SecretStr("¿Hay alguien?")))
    page.reload()
    act(page, "Look into it")
    act(page, "Write to the person who came", Your_words_to_the_person_who_came="Seguimos.")
    act(page, "Keep a note in the office", Your_note="Llamar a la alterna.")
    act(page, "Begin a pause", Which_pause="paused by decision", **{"Why,_or_the_question": "Licitación."})
    click(page, page.get_by_role("button", name="End this pause"))
    expect(page.locator("main")).to_contain_text("Seguimos.")
    expect(page.locator(".due-first")).to_contain_text("Being looked into")
    for narrow in (False, True):
        page.set_viewport_size({"width": 320 if narrow else 1280, "height": 640})
        assert [*axe_problems(page), *keyboard_problems(page), *reflow_problems(page)] == []
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert [*axe_problems(page), *keyboard_problems(page), *reflow_problems(page)] == []


def test_what_was_typed_stays_where_it_was_refused(desk_door: DeskDoor, serve: Serve, open_page: Pages):
    came = come(desk_door.stage)
    page = open_page(serve(desk_door.app), f"/complaints/{came.id}", token=desk_door.session("head"), narrow=True)
    colleague = desk_door.client("alternate")
    colleague.get(came.path)
    assert colleague.post(f"{came.path}/messages", json={"to": "office", "text": "x"}).status_code == 201
    place = page.locator("details").filter(has=page.locator("summary", has_text="Keep a note in the office"))
    place.locator("summary").click()
    place.get_by_label("Your note").fill("Una nota.")
    click(page, place.get_by_role("button", name="Keep a note in the office"))
    expect(page.locator("#since")).to_contain_text("Alternate kept a note")
    expect(place.get_by_label("Your note")).to_have_value("Una nota.")
    assert [*axe_problems(page), *keyboard_problems(page), *reflow_problems(page)] == []
    click(page, place.get_by_role("button", name="Keep as a draft"))
    expect(page.get_by_role("status")).to_contain_text("Your draft is kept")
    expect(place.get_by_label("Your note")).to_have_value("Una nota.")
    assert axe_problems(page) == []
