"""Somebody comes back with her words on a phone, without script, and does everything there is to do."""

from pathlib import Path

from playwright.sync_api import expect

from tests.fixtures.browser import Pages
from tests.fixtures.clicking import click
from tests.fixtures.intake_door import IntakeDoor
from tests.fixtures.serving import Serve
from tests.fixtures.visitors import at_desk, come, on_rung, opened_by
from web.messages import Messages

SAID = Messages("pt")


def test_she_comes_back_writes_sends_a_file_agrees_and_stops_without_script(
    intake_door: IntakeDoor, serve: Serve, open_page: Pages, tmp_path: Path
):
    guest = come(intake_door.stage, language="pt")
    handler = on_rung(intake_door.stage, guest.matter, 0)
    opened_by(intake_door.stage, handler, guest.matter)
    at_desk(intake_door.stage, handler, guest.matter, "acknowledge")
    at_desk(
        intake_door.stage,
        handler,
        guest.matter,
        "ask_consent",
        to="Human Resources",
        text="One sentence.",
        purpose="refer",
        audience="human_resources",
    )
    address = serve(intake_door.app)
    page = open_page(address, "/", language="pt", narrow=True)

    click(page, "main a[href^='/back']")
    page.fill("#words", guest.words.upper())
    click(page, "main button")
    assert page.title().startswith("Página")
    assert page.url.startswith(f"{address}/here")
    expect(page.locator("#a-read")).to_have_text(SAID.say_key("intake.asks_read"))

    page.click("details.why summary")
    page.click("nav.jump a[href='#write']")
    page.fill("#f-post-complaint-messages-text", "Mais uma coisa.")
    click(page, "#f-post-complaint-messages button")
    expect(page.locator(".done")).to_have_text(SAID.say_key("done.here"))
    expect(page.locator("main")).to_contain_text("Mais uma coisa.")

    letter = tmp_path / "carta de maio.txt"
    letter.write_bytes(b"Querida,")
    page.set_input_files("#f-file", letter)
    click(page, "#f-files button")
    with page.expect_download() as saved:
        page.click("text=carta de maio.txt")
    assert (saved.value.suggested_filename, saved.value.path().read_bytes()) == ("carta de maio.txt", b"Querida,")

    click(page, f"text={SAID.say_key('move.complaint.consent')}")
    expect(page.locator("main")).to_contain_text(SAID.say_key("intake.consent_given"))

    click(page, "a[href$='way=b']")
    expect(page.locator("main")).to_contain_text(SAID.say_key("back.way.withdraw_stop"))
    click(page, "main button.danger")
    expect(page.locator("main")).to_contain_text(SAID.say_key("back.not.withdraw_stop"))
    assert guest.sees().matter.state == "withdrawn"

    click(page, "form[action='/leave'] button")
    page.go_back()
    expect(page.locator("#words")).to_be_visible()
    assert "Mais uma coisa." not in page.content()
    assert page.context.cookies() == []


def test_a_visit_that_ended_while_she_wrote_is_gone_on_with_where_it_was(intake_door: IntakeDoor, serve: Serve, open_page: Pages):
    guest = come(intake_door.stage, language="pt")
    page = open_page(serve(intake_door.app), "/back", language="pt")
    page.fill("#words", guest.words)
    click(page, "main button")
    page.fill("#f-post-complaint-messages-text", "Demorei muito a escrever.")
    page.context.clear_cookies()
    click(page, "#f-post-complaint-messages button")
    page.fill("#words", guest.words)
    click(page, "main button")
    expect(page.locator("#f-post-complaint-messages-text")).to_have_value("Demorei muito a escrever.")
    click(page, "#f-post-complaint-messages button")
    assert [one.text for one in guest.sees().messages][1:] == ["Demorei muito a escrever."]
