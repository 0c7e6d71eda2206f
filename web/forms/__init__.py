"""Forms made of the JSON schemas of a door: which fields a request has, and how what was typed becomes that request."""
