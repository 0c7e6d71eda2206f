"""Somebody comes back with her words on a phone, without script, and does everything there is to do."""

from pathlib import Path

from tests.fixtures.browser import Pages
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
    at_desk(intake_door.stage, handler, guest.matter, "ask_consent", to="Human Resources", text="One sentence.")
    address = serve(intake_door.app)
    page = open_page(address, "/", language="pt", narrow=True)

    page.click("main a[href^='/back']")
    page.fill("#words", guest.words.upper())
    page.click("main button")
    assert page.title().startswith("Página")
    assert page.url.startswith(f"{address}/here")
    assert page.inner_text("#a-read") == SAID.say_key("intake.asks_read")

    page.click("details.why summary")
    page.click("nav.jump a[href='#write']")
    page.fill("#f-post-complaint-messages-text", "Mais uma coisa.")
    page.click("#f-post-complaint-messages button")
    assert page.inner_text(".done") == SAID.say_key("done.here")
    assert "Mais uma coisa." in page.inner_text("main")

    letter = tmp_path / "carta de maio.txt"
    letter.write_bytes(b"Querida,")
    page.set_input_files("#f-file", letter)
    page.click("#f-files button")
    with page.expect_download() as saved:
        page.click("text=carta de maio.txt")
    assert (saved.value.suggested_filename, saved.value.path().read_bytes()) == ("carta de maio.txt", b"Querida,")

    page.click(f"text={SAID.say_key('move.complaint.consent')}")
    assert SAID.say_key("intake.consent_given") in page.inner_text("main")

    page.click("a[href$='way=b']")
    assert SAID.say_key("back.way.withdraw_stop") in page.inner_text("main")
    page.click("main button.danger")
    assert SAID.say_key("back.not.withdraw_stop") in page.inner_text("main")
    assert guest.sees().matter.state == "withdrawn"

    page.click("form[action='/leave'] button")
    page.go_back()
    assert "Mais uma coisa." not in page.content()
    assert page.locator("#words").count() == 1
    assert page.context.cookies() == []


def test_a_visit_that_ended_while_she_wrote_is_gone_on_with_where_it_was(intake_door: IntakeDoor, serve: Serve, open_page: Pages):
    guest = come(intake_door.stage, language="pt")
    page = open_page(serve(intake_door.app), "/back", language="pt")
    page.fill("#words", guest.words)
    page.click("main button")
    page.fill("#f-post-complaint-messages-text", "Demorei muito a escrever.")
    page.context.clear_cookies()
    page.click("#f-post-complaint-messages button")
    page.fill("#words", guest.words)
    page.click("main button")
    assert page.input_value("#f-post-complaint-messages-text") == "Demorei muito a escrever."
    page.click("#f-post-complaint-messages button")
    assert [one.text for one in guest.sees().messages][1:] == ["Demorei muito a escrever."]
