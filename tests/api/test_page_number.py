"""The page and the JSON for a number: two dates, a proof to save, in four languages; nothing of it in an address or a title."""

import json
import re

from records.ledger import read_proof, verify_proof
from tests.fixtures.intake_door import IntakeDoor
from tests.fixtures.ledgers import KEY, nights
from tests.fixtures.months import BEGAN, DAY, sweep_days
from tests.fixtures.visitors import come
from web.messages import LANGUAGES

GONE_ON = BEGAN + 7 * DAY


def test_a_number_is_checked_by_its_page_and_by_a_program_without_words(intake_door: IntakeDoor):
    stage, client = intake_door.stage, intake_door.client
    guest = come(stage)
    guest.does("withdraw_forget")
    said = intake_door.get(guest.words).json()["answers"][1]["said"]
    (number,) = (found[0] for line in said if (found := re.findall(r"(?:[0-9a-f]{4}-){4}[0-9a-f]{4}", line)))
    asked = client.get("/number")
    assert (asked.status_code, 'name="number"' in asked.text) == (200, True)
    early = client.post("/number", data={"number": number, "lang": "es"})
    assert (early.status_code, "Nada de lo destruido tiene este" in early.text, number in early.text) == (404, True, True)
    wrong = client.post("/v1/certificates", json={"number": "x" * 80})
    assert (wrong.status_code, wrong.json()["code"]) == (404, "certificate_unknown")
    assert client.post("/v1/certificates", json={"number": "0" * 81}).status_code == 422
    sweep_days(stage, BEGAN, GONE_ON)
    tomorrow = client.post("/v1/certificates", json={"number": number}).json()
    assert (tomorrow["proof"], tomorrow["proof_from"]) == (None, str(GONE_ON + DAY))
    assert "The proof can be had from Friday" in client.post("/number", data={"number": number}).text
    nights(stage)
    found = client.post("/v1/certificates", json={"number": number}).json()
    assert {"track": "formal", "destroyed_on": str(GONE_ON), "backups_gone_on": None}.items() <= found.items()
    assert verify_proof(read_proof(found["proof"]), KEY.verify_key) == ()
    for language, day in zip(LANGUAGES, ("8 September", "8 de septiembre", "8 de setembro", "8 septembre"), strict=True):
        sheet = client.post("/number", data={"number": number, "lang": language})
        assert (sheet.status_code, sheet.headers["content-language"]) == (200, language)
        assert {day in sheet.text, number in sheet.text, found["head"] in sheet.text, found["signature"] in sheet.text} == {True}
        title = re.findall("<title>(.*?)</title>", sheet.text)[0]
        assert number not in title
        assert "set-cookie" not in sheet.headers
    saved = client.post("/number", data={"number": number, "go": "proof"})
    assert saved.headers["content-disposition"] == 'attachment; filename="file.json"'
    assert (json.loads(saved.text), saved.text) == (json.loads(found["proof"]), found["proof"])
