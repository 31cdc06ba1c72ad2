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
