"""What a page may load and run: the directives of its Content-Security-Policy.

Source: W3C, Content Security Policy Level 3.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

SELF, NONE = "'self'", "'none'"
SCRIPTS = "script-src"
DIRECTIVES: Mapping[str, tuple[str, ...]] = {
    "default-src": (NONE,),
    SCRIPTS: (SELF,),
    "style-src": (SELF,),
    "img-src": (SELF, "data:"),  # the theme's style sheet holds its icons
    "font-src": (SELF,),
    "media-src": (SELF,),
    "connect-src": (SELF,),
    "worker-src": (SELF,),
    "manifest-src": (SELF,),
    "form-action": (SELF,),
    "frame-src": (NONE,),
    "object-src": (NONE,),
    "base-uri": (NONE,),
}
"""Each directive, with the sources that every site has."""
SOURCE = re.compile(r"[^\s;,\"<>&]+")
"""What a maintainer may add to a directive: an address, a scheme, a keyword."""
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
HOST = re.compile(
    r"(?:[a-z][a-z0-9+.-]*://)?(\*\.)?((?:[a-z0-9_-]+\.)*[a-z0-9_-]+)\.?(?::(?:\d+|\*))?(?:/.*)?"
)
"""One host, or those below it; whatever a browser reads otherwise is none."""
HASH = re.compile(r"'sha(?:256|384|512)-[a-z0-9+/_-]+={0,2}'")
OF_THE_PAGE = {"data:", "blob:", "filesystem:"}
"""The schemes of what a page makes itself, which names no host."""
RUNNING = {"default-src", SCRIPTS, "frame-src", "object-src", "base-uri"}
"""The directives of what runs: there, what a page makes itself could be anything."""
SCRIPTING = {"default-src", SCRIPTS}


def opens_everything(directive: str, source: str) -> bool:
    """Whether *source* lets in whatever anybody serves, or writes in a page."""
    name = source.lower()
    if SCHEME.fullmatch(name):
        return name not in OF_THE_PAGE or directive in RUNNING
    if name.startswith("'"):  # a keyword: most let scripts in that no address names
        is_closed = name in {SELF, NONE} or HASH.fullmatch(name) is not None
        return directive in SCRIPTING and not is_closed
    match = HOST.fullmatch(name)
    return match is None or (match[1] is not None and "." not in match[2])
