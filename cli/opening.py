"""What must hold before a house opens on a pack, the catalogues included: rules and procedures know no sentences."""

from collections.abc import Iterator

from policies.pack import Pack, PolicyRefused
from states.check_findings import Finding, found
from states.opening import refuse_contradictions
from web.messages import LANGUAGES, Messages


def refuse_unusable(pack: Pack) -> None:
    """Raise PolicyRefused for the first contradiction between pack and procedures, or for what we cannot say."""
    refuse_contradictions(pack)
    for finding in _unsaid(pack):
        raise PolicyRefused(finding.file, finding.key, finding.rule, finding.said)


def _unsaid(pack: Pack) -> Iterator[Finding]:
    for language in pack.house.languages:
        if language not in LANGUAGES:
            yield found("language_without_words", f"{pack.code}/office.toml", "languages", name=language)
    english = Messages(LANGUAGES[0])  # the others have the same keys: web.messages
    for name, limit in pack.limits.items():
        wanted = {"title": limit.title, "starts_from": f"limit.from.{limit.starts_from}", "who": f"limit.who.{limit.who}"}
        for key, sentence in wanted.items():
            if sentence not in english:
                yield found("limit_without_words", f"{pack.code}/limits.toml", f"{name}.{key}", name=sentence)
