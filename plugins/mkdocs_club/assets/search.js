/* The search of the site: files beside it, fetched when somebody asks (club/publish/data/search_index.py
   writes them). What is typed is folded as what was written; a test holds both together. */

const ELIDED = /^(?:[ldnsjcmt]|qu|jusqu|lorsqu|puisqu|quelqu)$/;
const BEFORE = /^(?:[ldnsjcmt]|qu|jusqu|lorsqu|puisqu|quelqu)['’‘ʼ`´]/i;
const RUN = /[\p{L}\p{N}]+(?:['\-‐][\p{L}\p{N}]+)*/gu;
const SHOWN = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’‘ʼ`´\-‐‑\u00ad]*/gu;
const LEVELS = 16, BASE = 1.4, OF_TITLES = 9, FIRST = 12, MORE = 10, EACH = 4, LONG = 240;
let stop = new Set();

export const fold = (text) => text.replace(/[’‘ʼ`´]/g, "'").normalize("NFKD")
  .replace(/[\u0300-\u036f\u00ad\u200b\u2060]/g, "").toLowerCase().replace(/œ/g, "oe").replace(/æ/g, "ae");
const stem = (word) => {
  if (word.length < 4 || /^\p{Nd}+$/u.test(word)) return word;
  if (word.endsWith("aux") && word.length > 4) return word.endsWith("eaux") ? word.slice(0, -1) : `${word.slice(0, -3)}al`;
  return /[sx]$/.test(word) ? word.slice(0, -1) : word;
};
const partsOf = (run) => {
  const parts = run.split(/['\-‐]/);
  return parts.length > 1 && ELIDED.test(parts[0]) ? parts.slice(1) : parts;
};
export const termsOf = (run, less = stop) => {
  const parts = partsOf(run);
  const joined = parts.slice(0, -1).map((_, at) => parts.slice(at).join(""));
  const said = [...parts, ...joined].filter((each) => ([...each].length > 1 || /^\p{N}$/u.test(each)) && !less.has(each));
  return [...new Set(said.map(stem))];
};
export const runsOf = (text) => fold(text).match(RUN) ?? [];

/* ---- What is fetched, once each. */
const root = new URL("../../", import.meta.url);
let start = null;
const got = new Map();
const fetched = async (path, cache) => {
  const answer = await fetch(new URL(`search/${path}`, root), { cache });
  if (!answer.ok) throw new Error(path);
  return answer.json();
};
const get = (path) => {
  if (!got.has(path)) got.set(path, fetched(`${path}?${start.version}`).catch((error) => { got.delete(path); throw error; }));
  return got.get(path);
};
let begun = null;
const begin = () => begun ??= fetched("start.json", "no-cache").then((said) => {
  stop = new Set(said.stop);
  return start = said;
}).catch((error) => { begun = null; throw error; });

/* The files whose terms may begin with `prefix`: few, for letters too common to be a question. */
const shards = (prefix, most) => {
  const last = `${prefix}\uffff`;
  const found = start.heads.flatMap((head, at) =>
    head <= last && (start.heads[at + 1] ?? last) >= prefix ? [at] : []);
  return Promise.all(found.slice(0, most).map((at) => get(`words/${at}.json`)));
};
const postings = async (term) => {
  for (const shard of await shards(term, 2)) if (Object.hasOwn(shard, term)) return shard[term];
  return null;
};
const beginning = async (prefix, most) =>
  (await shards(prefix, most)).flatMap((shard) => Object.entries(shard).filter(([term]) => term.startsWith(prefix)));

/* Letters put in, left out, changed or swapped (optimal string alignment), up to `most`. */
export const distance = (one, other, most) => {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before = [], row = [...Array(other.length + 1).keys()];
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const isSame = one[i - 1] === other[j - 1];
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + !isSame);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    if (Math.min(...next) > most) return most + 1;
    [before, row] = [row, next];
  }
  return row[other.length];
};

/* ---- What one word of a question finds: how much each document is about it, by which terms. */
const add = (found, term, numbers, weight) => {
  found.terms.add(term);
  let at = 0;
  for (const gap of numbers) {
    at += gap - gap % LEVELS;
    const number = at / LEVELS, said = weight * BASE ** (gap % LEVELS);
    if (said > (found.by.get(number) ?? 0)) found.by.set(number, said);
    if (gap % LEVELS >= OF_TITLES) found.titles.add(number);
  }
};
const matched = async (run, isLast, neighbours) => {
  const found = { by: new Map(), titles: new Set(), terms: new Set(), instead: "" };
  const parts = partsOf(run), whole = parts.join(""), exact = stem(whole);
  for (const term of new Set([exact, ...neighbours])) {
    const numbers = await postings(term);
    if (numbers) add(found, term, numbers, 1);
  }
  if (parts.length > 1) {
    const each = [];
    for (const part of parts.filter((one) => one.length > 1 && !stop.has(one))) each.push(await matched(part, false, []));
    for (const [number, said] of each[0]?.by ?? []) if (each.every(({ by }) => by.has(number))) {
      found.by.set(number, Math.max(said * .7, found.by.get(number) ?? 0));
      if (each.every(({ titles }) => titles.has(number))) found.titles.add(number);
    }
    for (const { terms } of each) for (const term of terms) found.terms.add(term);
  } else if (whole.length > 1 && (isLast || !found.by.size)) {
    const some = (await beginning(whole, 3)).sort(([, one], [, other]) => other.length - one.length).slice(0, 60);
    for (const [term, numbers] of some) if (term !== exact) add(found, term, numbers, .45);
  }
  if (!found.by.size && whole.length > 3) {
    const most = whole.length > 7 ? 2 : 1;
    const near = (await beginning(whole.slice(0, start.heads.length < 40 ? 1 : 2), 8))
      .map(([term, numbers]) => [distance(exact, term, most), term, numbers])
      .filter(([far]) => far <= most).sort(([a, , x], [b, , y]) => a - b || y.length - x.length);
    for (const [far, term, numbers] of near.slice(0, 4)) if (far === near[0][0]) add(found, term, numbers, .5);
    found.instead = near[0]?.[1] ?? "";
  }
  return found;
};

/* What `question` finds: the documents that say most of its words, the best first. */
export const find = async (question) => {
  await begin();
  const all = runsOf(question), isOpen = /[\p{L}\p{N}]$/u.test(question);
  const kept = all.map((_, at) => at).filter((at) => termsOf(all[at]).length);
  const asked = await Promise.all(kept.map((at) => {
    const neighbours = [at - 1, at].filter((one) => all[one] && all[one + 1]).map((one) => stem(all[one] + all[one + 1]));
    return matched(all[at], isOpen && at === all.length - 1, neighbours);
  }));
  const scores = new Map();
  for (const { by, titles } of asked) {
    const rare = Math.log(1 + start.size / Math.max(1, by.size));
    for (const [number, said] of by) {
      const [count, sum, named] = scores.get(number) ?? [0, 0, 0];
      scores.set(number, [count + 1, sum + said * rare, named + titles.has(number)]);
    }
  }
  const most = Math.max(0, ...new Set([...scores.values()].map(([count]) => count)));
  const ranked = [...scores].filter(([, [count]]) => count === most)
    .map(([number, [, sum, named]]) => [number, sum * (1 + named / kept.length) ** 3])  // a title that says all
    .sort(([a, x], [b, y]) => y - x || a - b).map(([number]) => number);
  return { ranked, terms: new Set(asked.flatMap(({ terms }) => [...terms])), isPart: most < kept.length,
    instead: asked.map(({ instead }) => instead).filter(Boolean), isAsked: kept.length > 0 };
};
export const kindOf = (number) => start.kinds.findIndex(([, end]) => number < end);
export const shown = async (number) =>
  (await get(`texts/${Math.floor(number / start.texts)}.json`))[number % start.texts];

/* ---- What is shown of a result. */
const hits = (text, terms) => [...text.matchAll(SHOWN)].filter(([run]) =>
  runsOf(run).some((each) => termsOf(each).some((term) => terms.has(term))));
const marked = (text, terms) => {
  const piece = document.createDocumentFragment();
  let at = 0;
  for (const { 0: run, index } of hits(text, terms)) {
    const from = index + (run.match(BEFORE)?.[0].length ?? 0), to = index + run.replace(/\P{L}+$/u, (end) => /\p{N}/u.test(end) ? end : "").length;
    piece.append(text.slice(at, from), Object.assign(document.createElement("mark"), { textContent: text.slice(from, to) }));
    at = to;
  }
  piece.append(text.slice(at));
  return piece;
};
const various = (text, terms) => new Set(hits(text, terms).flatMap(([run]) =>
  runsOf(run).flatMap((each) => termsOf(each)).filter((term) => terms.has(term)))).size;
export const excerpt = (text, terms) => {
  const sentences = text.match(/.+?(?:[.!?…]+(?=\s|$)|$)\s*/gsu) ?? [];
  const scores = sentences.map((each) => various(each, terms));
  let at = Math.max(0, scores.indexOf(Math.max(...scores))), said = sentences[at] ?? "";
  if (said.length > LONG) {
    const middle = hits(said, terms)[0]?.index ?? 0, from = Math.max(0, middle - LONG / 3);
    const cut = said.slice(from, from + LONG);
    return `${from ? `… ${cut.replace(/^\S*\s/u, "")}` : cut}`.replace(/\s\S*$/u, "") + (from + LONG < said.length ? " …" : "");
  }
  while (sentences[++at] && said.length + sentences[at].length < LONG) said += sentences[at];
  return said.trim();
};

/* ---- The form, its filters, its answers. */
const node = (name, about = {}, ...inside) => {
  const made = Object.assign(document.createElement(name), about);
  made.append(...inside);
  return made;
};
const words = (name, said = {}) => {
  const rule = new Intl.PluralRules(document.documentElement.lang).select(said.count ?? 0);
  const text = (said.count === 0 && start.words[`${name}-zero`]) || (start.words[`${name}-${rule}`] ?? start.words[name]);
  return text.replace(/\{(\w+)\}/g, (_, slot) => typeof said[slot] === "number" ? said[slot].toLocaleString(document.documentElement.lang) : said[slot]);
};
let forms = 0;

export const mount = async (place, { isPage = false } = {}) => {
  await begin();
  const id = `club-search-${forms++}`;
  const input = node("input", { type: "search", name: "q", id, autocomplete: "off", spellcheck: false, enterKeyHint: "search" });
  input.setAttribute("autocapitalize", "off");
  const form = node("form", { action: new URL("search/", root).href, className: "club-search__form" },
    node("label", { htmlFor: id, textContent: words("label") }),
    node("div", { className: "club-search__field" }, input, node("button", { className: "club-action", textContent: words("submit") })));
  form.setAttribute("role", "search");
  const filters = node("div", { className: "club-search__filters", hidden: true });
  const choice = (name, label, options) => {
    const select = node("select", { name, id: `${id}-${name}` }, node("option", { value: "", textContent: words("all") }), ...options);
    filters.append(node("label", { htmlFor: select.id }, node("span", { textContent: label }), select));
    return select;
  };
  const kind = choice("kind", words("kind"), []);
  const facets = start.facets.map(([name, label, titles]) =>
    [name, choice(name, label, titles.map((title, value) => node("option", { value, textContent: title })))]);
  form.append(filters);
  const status = node("p", { className: "club-search__status" });
  status.setAttribute("role", "status");
  const answers = node("div", { className: "club-search__answers" });
  place.append(form, status, answers);

  const result = async (number, terms, query) => {
    const [url, title, mark, parts] = await shown(number);
    const scores = parts.map(([, heading, text]) => 2 * various(heading, terms) + various(text, terms));
    const best = Math.max(0, scores.indexOf(Math.max(...scores)));
    const [section, heading, text] = parts[best] ?? ["", "", ""];
    const to = new URL(url || "./", root);
    to.searchParams.set("h", query);
    if (section) to.hash = section;
    const link = node("a", { href: to.href }, marked(title, terms));
    const item = node("li", {}, link);
    if (mark) item.append(" ", node("span", { className: "club-badge club-badge--example", textContent: mark }));
    if (heading) item.append(node("p", { className: "club-search__where" }, marked(heading, terms)));
    const said = excerpt(text, terms);
    if (said) item.append(node("p", { className: "club-search__text" }, marked(said, terms)));
    return item;
  };
  const list = async (numbers, said, query) =>
    node("ol", {}, ...await Promise.all(numbers.map((number) => result(number, said.terms, query))));

  /* Alone, a group shows all it has, ten by ten; among others, its first ones and the way to the rest. */
  const whole = async (numbers, said, query) => {
    const items = await list(numbers.slice(0, MORE), said, query);
    let at = MORE;
    const more = node("button", { type: "button", className: "club-action", textContent: words("more"), hidden: numbers.length <= at });
    more.addEventListener("click", async () => {
      const added = await list(numbers.slice(at, at += MORE), said, query);
      const first = added.querySelector("a");
      items.append(...added.children);
      more.hidden = numbers.length <= at;
      first?.focus();
    });
    return [items, more];
  };

  /* Who already goes through the links when the next ones come stays at the same page, if it is still there. */
  const redraw = (...drawn) => {
    const at = document.activeElement, isWithin = answers.contains(at), page = at?.pathname;
    answers.replaceChildren(...drawn);
    if (!isWithin) return;
    const links = [...answers.querySelectorAll("a")];
    (links.find((each) => each.pathname === page) ?? links[0] ?? input).focus();
  };

  let turn = 0;
  const answer = async () => {
    const mine = ++turn, query = input.value.trim();
    const chosen = facets.filter(([, select]) => select.value).map(([name, select]) => [name, +select.value]);
    if (isPage) {
      const address = new URL(location.href);
      address.search = new URLSearchParams([["q", query], ["kind", kind.value], ...facets.map(([name, { value }]) => [name, value])].filter(([, value]) => value));
      history.replaceState(null, "", address);
    }
    let said, numbers, drawn = [];
    try {
      said = await find(query);
      numbers = said.ranked;
      for (const [name, value] of chosen) {
        let at = 0;
        const among = new Set((await get("facets.json"))[name][value].map((gap) => at += gap));
        numbers = numbers.filter((number) => among.has(number));
      }
      if (mine !== turn) return;
      const counts = new Map();
      for (const number of numbers) counts.set(kindOf(number), (counts.get(kindOf(number)) ?? 0) + 1);
      const firsts = (at) => numbers.filter((number) => kindOf(number) === at);
      const before = kind.value;
      kind.replaceChildren(kind.options[0], ...[...counts].sort(([a], [b]) => a - b).map(([at, count]) =>
        node("option", { value: at, textContent: `${start.kinds[at][0]} (${count.toLocaleString(document.documentElement.lang)})` })));
      kind.value = counts.has(+before) && before ? before : "";
      const only = kind.value ? numbers.filter((number) => kindOf(number) === +kind.value) : numbers;
      if (kind.value || counts.size < 2) drawn = await whole(only, said, query);
      else {
        let left = FIRST;
        for (const [at, count] of counts) {
          if (left <= 0) break;
          const few = firsts(at).slice(0, Math.min(EACH, left));
          left -= few.length;
          const heading = node("h2", { id: `${id}-${at}`, textContent: start.kinds[at][0] });
          const group = node("section", {}, heading, await list(few, said, query));
          group.setAttribute("aria-labelledby", heading.id);
          if (count > few.length) {
            const all = node("button", { type: "button", className: "club-action", textContent: words("rest", { count, kind: start.kinds[at][0] }) });
            all.addEventListener("click", () => { kind.value = at; answer().then(() => answers.querySelector("a")?.focus()); });
            group.append(all);
          }
          drawn.push(group);
        }
        const others = [...counts.keys()].length - drawn.length;
        if (others > 0) drawn.push(node("p", { className: "club-search__others", textContent: words("others", { count: others }) }));
      }
      if (mine !== turn) return;
      numbers = only;
    } catch (error) {
      if (mine !== turn) return;
      redraw();
      status.textContent = words("failed");
      return;
    }
    filters.hidden = !said.isAsked || !(numbers.length || kind.value || chosen.length);
    redraw(...drawn);
    const written = (term) => [...answers.querySelectorAll("mark")].map((each) => each.textContent.toLowerCase())
      .find((each) => runsOf(each).some((run) => termsOf(run).includes(term))) ?? term;
    if (!said.isAsked) status.textContent = query ? words("vague") : "";
    else status.textContent = [
      words("count", { count: numbers.length, query }),
      said.instead.length && numbers.length ? words("instead", { words: said.instead.map(written).join(", ") }) : "",
      said.isPart && numbers.length ? words("part") : "",
    ].filter(Boolean).join(" ");
  };
  let waiting = 0;
  input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(answer, 120); });
  for (const [, select] of [["", kind], ...facets]) select.addEventListener("change", answer);
  form.addEventListener("submit", (event) => { if (isPage) { event.preventDefault(); answer(); } });

  /* Arrows go from the field to the links and back; each link is a link, for all that a link does. */
  place.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.target.localName === "select" || event.ctrlKey || event.metaKey || event.altKey) return;
    const stops = [input, ...answers.querySelectorAll("a")];
    const next = stops[stops.indexOf(event.target) + step];
    if (!next || !stops.includes(event.target)) return;
    event.preventDefault();
    next.focus();
  });
  if (isPage) {
    const box = node("input", { type: "checkbox", checked: localStorage.getItem("club-keys") !== "off" });
    box.addEventListener("change", () => localStorage.setItem("club-keys", box.checked ? "on" : "off"));
    place.append(node("p", { className: "club-search__keys" }, node("label", {}, box, ` ${words("keys")}`)));
    const asked = new URLSearchParams(location.search);
    input.value = asked.get("q") ?? "";
    for (const [name, select] of facets) select.value = asked.get(name) ?? "";
    const said = asked.get("kind");
    if (said) { kind.append(node("option", { value: said })); kind.value = said; }
    if (input.value) await answer();
  }
  return input;
};

/* ---- Above any page: a dialog, which the browser closes at Escape and keeps the focus in. */
let opened = null;
export const open = async () => {
  if (!opened) {
    opened = node("dialog", { className: "club-search club-search--above md-typeset" });
    document.body.append(opened);
    try {
      await begin();
      opened.setAttribute("aria-label", words("label"));
      const close = node("button", { type: "button", className: "club-action club-search__close", textContent: words("close") });
      close.addEventListener("click", () => opened.close());
      opened.addEventListener("click", (event) => { if (event.target === opened) opened.close(); });
      /* At once: a field that is not empty would first be emptied. */
      opened.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.preventDefault(); opened.close(); } });
      opened.field = await mount(opened);
      opened.append(close);
    } catch (error) {
      opened.remove();
      opened = null;
      throw error;
    }
  }
  if (!opened.open) opened.showModal();
  opened.field.focus();
  opened.field.select();
};
