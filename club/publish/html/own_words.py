"""What extensions of Markdown say by themselves, in English or by a look, in the club's words."""

from __future__ import annotations

import re
from html import escape

from markdown import Extension, Markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.postprocessors import Postprocessor

from club.model.message import N_, Message
from club.publish.words.language import Words

THEIRS = str(FootnoteExtension().getConfig("BACKLINK_TITLE"))
BACK = N_("Back to where note {number} is called")
DONE, TO_DO = N_("task done"), N_("task to do")
TASK = re.compile(
    r'(?:<label class="task-list-control">)?<input type="checkbox"(?: disabled)?( checked)?/>'
    r'(?:<span class="task-list-indicator"></span></label>)?'
)
"""What `pymdownx.tasklist` puts before a task: a box, which sanitising takes out."""
AFTER_RAW_HTML = 20


class OwnWords(Extension):
    """Says in the club's language where notes are called, and which tasks are done."""

    def __init__(self, words: Words) -> None:
        """*words* are those of the site."""
        super().__init__()
        self._words = words

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name Markdown calls
        """To be registered after the extensions whose words it changes."""
        for each in md.registeredExtensions:
            if isinstance(each, FootnoteExtension) and each.getConfig("BACKLINK_TITLE") == THEIRS:
                # The number is filled in by that extension, note by note.
                said = self._words.say(Message(BACK, {"number": "{}"}))
                each.setConfig("BACKLINK_TITLE", said)
        signs = _Signs(*(self._words.say(Message(each)) for each in (DONE, TO_DO)))
        md.postprocessors.register(signs, "club_tasks", AFTER_RAW_HTML)


class _Signs(Postprocessor):
    """Writes a sign for the eye, named for the ear, where a box says which tasks are done."""

    def __init__(self, done: str, to_do: str) -> None:
        super().__init__()
        self._done, self._to_do = _sign("☑", done), _sign("☐", to_do)

    def run(self, text: str) -> str:
        return TASK.sub(lambda box: self._done if box[1] else self._to_do, text)


def _sign(sign: str, name: str) -> str:
    return f'<span role="img" aria-label="{escape(name)}">{sign}</span>'
