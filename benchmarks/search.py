"""What the search of a built site costs: to index its documents, and to ask a first question.

    python benchmarks/search.py SITE [WORDS…]

SITE is a built site, such as that of `generate.py 10000`. Its documents are read from its index and
indexed again by one process; each question is a first one, in a browser that has nothing yet, from
a server that compresses with `gzip -9`.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from weight import served

from club.publish.data.search_index import Document, Index, Part, entry
from tests import chromium

WORDS = ("cahier", "eleve", "absences", "abscences", "cahier de texte élèves internes")
ASK = """async words => {
  const { find, shown } = await import(new URL("assets/club/search.js", location));
  const start = performance.now();
  const { ranked } = await find(words);
  await Promise.all(ranked.slice(0, 12).map(shown));
  const first = performance.now() - start, again = performance.now();
  await find(words);
  return [first, performance.now() - again, ranked.length];
}"""


def documents(site: Path) -> list[Document]:
    """What the index of *site* shows, as it was given to it."""
    files = sorted((site / "search/texts").iterdir(), key=lambda file: int(file.stem))
    return [
        Document(url, title, tuple(Part(*each) for each in parts), mark)
        for file in files
        for url, title, mark, parts in json.loads(file.read_text("utf-8"))
    ]


def main() -> None:
    """Prints both tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("site", type=Path)
    parser.add_argument("words", nargs="*", default=WORDS)
    options = parser.parse_args()
    found = documents(options.site)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    entries = [entry(each) for each in found]
    made = time.process_time()
    index = Index()
    index.add("documents", entries)
    files = [content for _, content in index.files({}, {})]
    done = time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    sections = sum(len(each.parts) for each in found)
    print(f"{len(found):,} documents, {sections:,} sections, {len(files):,} files")
    print(f"entries {made - start:.2f} s, files {done - made:.2f} s, {peak / 1024:.0f} MiB more")
    print(
        "\n| question | results | first | again | files | bytes |\n|---|---:|---:|---:|---:|---:|"
    )
    with served(options.site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=chromium.ARGUMENTS
        )
        for words in options.words:
            context = browser.new_context()
            page = context.new_page()
            sizes: list[int] = []
            page.goto(address, wait_until="networkidle")
            network = context.new_cdp_session(page)
            network.send("Network.enable")
            network.on(
                "Network.loadingFinished",
                lambda said, sizes=sizes: sizes.append(said["encodedDataLength"]),
            )
            first, again, count = page.evaluate(ASK, words)
            page.wait_for_load_state("networkidle")
            context.close()
            times = f"{first:.0f} ms | {again:.0f} ms"
            print(f"| {words} | {count:,} | {times} | {len(sizes)} | {sum(sizes):,} |")
        browser.close()


if __name__ == "__main__":
    main()
