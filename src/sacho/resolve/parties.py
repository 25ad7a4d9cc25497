"""How resolution writes a party: its state, and who of the state it is.

`PRK/` is the state itself, `PRK/kim-jong-un` a person by name, `PRK/=prk-mofa` an institution, `PRK/~role:PRK:대사` somebody
whom the text does not name (a delegation, an ambassador). Only people by name can be other people; an institution or a
delegation may be the same side told less exactly.
"""

from __future__ import annotations

import re
from functools import lru_cache
from sys import intern

from sacho.records import Participant

_ORGANISATIONS = ("un-", "igo-", "eu-", "ngo-", "sun-")
_UNNAMED = re.compile(
    r"(?:대표단|사절단|방문단|참관단|의원단|특사단|시찰단|실무단|일행|선발대|실무진|지도부|당국자?들?|관계자들?|소식통|대변인|담당자|참석자)$"
    r"|\s(?:\S*(?:대사|공사|영사|총리|대통령|주석|장관|차관|부상|외무상|위원장|국장|실장|의원|정부|측|대표|특사|주민|시민|국민|선수단|외교관|군인|노동자)들?)$"
)
_INSTITUTION = re.compile(
    r"(?:외무성|외교부|외무부|국방부|국방성|국무부|통일부|위원회|총참모부|총정치국|사령부|적십자회|적십자사|대사관|대표부|인민군|노동당|로동당|공산당|혁명당)$"
    r"|\s\S+(?:부|성|청|처|원|국|회|군|당|사|단|서|소|은행|협회|연맹)$"
)


def key_of(party: Participant) -> str:
    """The key of a party: `PRK/`, `PRK/kim-jong-un`, `PRK/=prk-mofa`, `PRK/~group:북한 대표단`."""
    return intern(_key(party.country, party.id))


@lru_cache(maxsize=1 << 16)
def _key(state: str, identity: str) -> str:
    if identity == state:
        return f"{state}/"
    return f"{state}/{mark_of(identity, state)}{identity}"


@lru_cache(maxsize=1 << 16)
def mark_of(identity: str, state: str) -> str:
    """`=` for an institution, `~` for somebody unnamed, nothing for a person by name."""
    if identity.startswith(("group:", "role:")):
        return "~"
    if identity.startswith("name:"):
        name = identity.removeprefix("name:")
        return "~" if _UNNAMED.search(name) else "=" if _INSTITUTION.search(name) else ""
    return "=" if identity.startswith((f"{state.lower()}-", *_ORGANISATIONS)) else ""


def person(key: str) -> bool:
    """Whether the key is that of a person by name."""
    return not key.endswith("/") and key[key.index("/") + 1] not in "=~"


def institution(key: str) -> bool:
    """Whether the key is that of an institution."""
    return not key.endswith("/") and key[key.index("/") + 1] == "="
