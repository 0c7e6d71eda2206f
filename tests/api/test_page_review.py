"""What a form sent by somebody who means harm, or damaged on its way, does not do."""

import json
from urllib.parse import urlencode

import pytest

from api.pages.forms import local
from tests.api.test_page_bridge import PAGE, browser, form
from tests.fixtures.doors import PASSPHRASE, CouncilDoor
from web.forms.reading import value_of
from web.forms.schema import Document

ABSENCE = "/act/v1/absences"


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_s21_no_form_of_another_site_is_read_not_even_to_sign_in(council_door: CouncilDoor, site: str):
    client = council_door.client()
    client.headers.update(PAGE | {"sec-fetch-site": site})
    typed = {"form": "f-post-absences", "typed": {"until": ["2016-01-01"]}}
    told = {"name": "mission", "passphrase": PASSPHRASE, "totp": council_door.code("mission"), "_typed": json.dumps(typed)}
    for path, fields in (("/sign-in", told), ("/sign-out", {}), (ABSENCE, {"until": "PLANTED"})):
        refused = client.post(path, data=fields, follow_redirects=False)
        assert refused.status_code == 403
        assert "set-cookie" not in refused.headers
        assert "PLANTED" not in refused.text
    assert council_door.stage.rows("SELECT * FROM session") == []


@pytest.mark.parametrize("page", ["/v1/absences", "/v1/due", "/openapi.json", "/healthz", "/style.css"])
def test_s09_nothing_but_a_page_is_shown_as_the_page_a_form_stood_on(council_door: CouncilDoor, page: str):
    client = browser(council_door, "mission")
    fields = form(client.get("/").text, ABSENCE) | {"from": "never", "_page": page}
    del fields["_form"]
    refused = client.post(ABSENCE, data=fields)
    assert refused.status_code in (404, 422)
    assert "<h1>" in refused.text


@pytest.mark.parametrize(
    "damaged",
    [
        {"_page": "//["},
        {"_key": "€"},
        {"_version": "\r\nX-Other: 1"},
        {"_typed": "[" * 100_000},
    ],
)
def test_a_damaged_form_is_refused_and_no_error(council_door: CouncilDoor, damaged: dict[str, str]):
    client = browser(council_door, "mission")
    fields = form(client.get("/").text, ABSENCE) | {"from": "never"} | damaged
    refused = client.post(ABSENCE, content=urlencode(fields), headers={"content-type": "application/x-www-form-urlencoded"})
    assert refused.status_code in (400, 409, 412, 422)


def test_what_waits_for_a_sign_in_may_be_anything_and_is_no_error(council_door: CouncilDoor):
    client = council_door.client()
    client.headers.update(PAGE)
    told = {"name": "mission", "passphrase": PASSPHRASE, "totp": council_door.code("mission"), "_typed": "[" * 100_000}
    assert client.post("/sign-in", data=told | {"_next": "//["}, follow_redirects=False).headers["location"] == "/"


@pytest.mark.parametrize("address", ["//[", "//x", "/\\x", "https://x", "/a\nb", "x", ""])
def test_s21_a_form_leads_nowhere_else(address: str):
    assert local(address) == "/"


def test_s17_a_place_in_a_list_drives_no_allocation_and_a_number_that_is_none_stays_text():
    document = Document(
        {
            "components": {
                "schemas": {
                    "One": {"type": "object", "properties": {"what": {"type": "string"}}},
                    "Body": {
                        "type": "object",
                        "properties": {
                            "number": {"type": "integer"},
                            "rows": {"type": "array", "items": {"$ref": "#/components/schemas/One"}},
                        },
                    },
                }
            }
        }
    )
    schema = {"$ref": "#/components/schemas/Body"}
    for number in ("--5", "9" * 5000):
        assert value_of(document, schema, {"number": [number]}) == {"number": number}
    typed = {"rows.0.what": ["a"], "rows.999999999.what": ["b"], "rows.².what": ["c"]}
    assert value_of(document, schema, typed) == {"rows": [{"what": "a"}]}
