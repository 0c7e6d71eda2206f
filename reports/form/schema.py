"""The JSON schema of `report.json`, for programs that read releases without ours."""

import json

from reports.shape import Report


def schema() -> str:
    """The schema's text: the same bytes for the same shape."""
    found = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Report.model_json_schema(mode="serialization")}
    return json.dumps(found, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
