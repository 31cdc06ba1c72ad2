/* Material's script does much more than these pages ask of it and weighs more than all the rest.
   This one opens, closes, follows and paints. Where that script was there from the start, it is left
   to its work. The words come from the templates. */
(() => {
  "use strict";
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const component = (name) => document.querySelector(`[data-md-component=${name}]`);
  const toggle = (name) => document.querySelector(`[data-md-toggle=${name}]`);
  const later = JSON.parse(document.getElementById("club-later")?.textContent ?? "null");
  const search = toggle("search");
  const here = document.currentScript?.src;
  /* A fragment that nobody escaped right names itself. */
  const named = (hash) => {
    let id = hash.slice(1);
    try { id = decodeURIComponent(id); } catch { /* as it is */ }
    return document.getElementById(id);
  };
  const set = (box, value) => { if (box && box.checked !== value) box.click(); };

  /* ---- The search: nothing of it comes before somebody asks. Without scripts it is a link. */
  const finders = all("a[data-club-find]");
  const finding = () => import(new URL("search.js", here));
  const searching = document.querySelector("[data-club-search]");
  const mounted = searching && here
    ? finding().then(({ mount }) => mount(searching, { isPage: true })).catch(() => { searching.hidden = true; })
    : null;
  const ask = () => (mounted ? mounted.then((input) => input?.focus()) : finding().then(({ open }) => open()))
    .catch(() => location.assign(finders[0].href));
  for (const link of here ? finders : []) link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    ask();
  });

  /* WCAG 2.1.4: single-letter shortcuts answer to dictated words, so those of the theme are kept from
     it, and the two that open the search can be turned off on its page. */
  addEventListener("keydown", (event) => {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const isAsking = finders.length && here && (isPlain
      ? ["/", "s"].includes(event.key) && localStorage.getItem("club-keys") !== "off"
      : event.key === "k" && event.ctrlKey !== event.metaKey && !event.altKey);
    if (event.target.closest?.("input, select, textarea, [contenteditable], dialog") && isPlain) return;
    if (isAsking) { event.preventDefault(); ask(); }
    if (isAsking || (isPlain && event.key.length === 1)) event.stopImmediatePropagation();
  }, true);

  /* The theme opens its drawer, and its search where it is the one, by labels: no key reaches them. */
  for (const button of all("[data-club-toggle]")) {
    const box = document.getElementById(button.dataset.clubToggle);
    const isDrawer = box.id === "__drawer";
    button.addEventListener("click", () => {
      box.click();
      if (!isDrawer) document.querySelector(".md-search__input").focus();
    });
    if (!isDrawer) continue;
    const panel = document.querySelector(".md-sidebar--primary");
    box.addEventListener("change", () => {
      button.setAttribute("aria-expanded", box.checked);
      if (box.checked) panel.querySelector("a").focus();
    });
    const close = () => { if (box.checked) { box.click(); button.focus(); } };
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
    panel.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !panel.contains(event.relatedTarget)) close();
    });
  }
  const palette = component("palette");
  for (const button of palette ? all("[data-club-palette]") : []) {
    const next = () => palette.querySelector("label:not([hidden])") ?? palette.querySelector("label");
    const name = () => {
      button.title = next().title;
      button.setAttribute("aria-label", button.title);
    };
    button.addEventListener("click", () => next().click());
    new MutationObserver(name).observe(palette, { subtree: true, attributeFilter: ["hidden"] });
    name();
  }

  if (!later) return;
  document.documentElement.classList.replace("no-js", "js");
  const asked = new URLSearchParams(location.search);

  /* ---- Colours: what was chosen, as the theme remembers it; until then, what the reader prefers. */
  const inputs = palette ? all("input", palette) : [];
  const KEYS = ["media", "scheme", "primary", "accent"];
  const [tint, scheme] = ["theme-color", "color-scheme"].map((name) =>
    document.head.appendChild(Object.assign(document.createElement("meta"), { name })));
  const colours = (input) =>
    Object.fromEntries(KEYS.map((key) => [key, input.getAttribute(`data-md-color-${key}`)]));
  const paint = (input) => {
    const { media } = colours(input);
    const isLight = matchMedia("(prefers-color-scheme: light)").matches;
    const like = media === "(prefers-color-scheme)"
      ? inputs.find((each) => colours(each).media === `(prefers-color-scheme: ${isLight ? "light" : "dark"})`)
      : input;
    document.body.setAttribute("data-md-color-switching", "");
    for (const [key, value] of Object.entries({ ...colours(like ?? input), media }))
      document.body.setAttribute(`data-md-color-${key}`, value);
    for (const each of inputs) if (each.nextElementSibling) each.nextElementSibling.hidden = each !== input;
    const style = getComputedStyle(component("header"));
    [tint.content, scheme.content] = [style.backgroundColor, style.colorScheme];
    setTimeout(() => document.body.removeAttribute("data-md-color-switching"));
  };
  const preferred = () => {
    const index = __md_get("__palette")?.index
      ?? inputs.findIndex((each) => matchMedia(colours(each).media).matches);
    return inputs[Math.max(0, Math.min(index, inputs.length - 1))];
  };
  if (inputs.length) {
    paint(preferred());
    for (const input of inputs) input.addEventListener("change", () => {
      __md_set("__palette", { index: inputs.indexOf(input), color: colours(input) });
      paint(input);
    });
    matchMedia("(prefers-color-scheme: light)").addEventListener("change", () => paint(preferred()));
  }

  /* ---- Where the reader is: in the contents, and whether there is a way back to the top. */
  const header = component("header");
  const list = component("toc");
  const entries = (list ? all(".md-nav__link", list) : [])
    .map((link) => [link, named(link.hash)])
    .filter(([, target]) => target);
  const height = (target) => {
    while (!target.getClientRects().length && target.parentElement) target = target.parentElement;
    return target.getBoundingClientRect().top;
  };
  let active = null;
  const follow = () => {
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const line = header.offsetHeight + 1.2 * rem + 1;
    const isLast = scrollY + innerHeight >= Math.floor(document.body.offsetHeight);
    const passed = entries.filter(([, target]) => isLast || height(target) < line);
    const link = passed.at(-1)?.[0];
    if (link === active) return;
    active = link;
    for (const [each] of entries) {
      each.classList.toggle("md-nav__link--passed", passed.some(([other]) => other === each));
      each.classList.toggle("md-nav__link--active", each === link);
    }
    const wrap = link?.closest(".md-sidebar__scrollwrap");
    if (wrap) wrap.scrollTo({ top: link.offsetTop - wrap.offsetTop - wrap.clientHeight / 2 });
  };
  const top = component("top");
  let before = scrollY;
  const offer = () => {
    const isShown = scrollY < before && scrollY > header.offsetHeight;
    before = scrollY;
    top.hidden = !isShown;
    isShown ? top.removeAttribute("tabindex") : top.setAttribute("tabindex", "-1");
  };
  top?.addEventListener("click", (event) => { event.preventDefault(); scrollTo({ top: 0 }); });
  let isDue = false;
  const due = () => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      if (entries.length) follow();
      if (top) offer();
    });
  };
  addEventListener("scroll", due, { passive: true });
  addEventListener("resize", due);
  due();

  /* ---- Text: wide tables scroll by themselves, with a name, and for who has no mouse too. */
  const content = component("content");
  const scrolling = new ResizeObserver((seen) => {
    for (const { target } of seen) {
      const doesScroll = target.scrollWidth > target.clientWidth;
      const named = target.querySelector("table").getAttribute("aria-label") ?? document.querySelector("h1")?.textContent.trim();
      const said = { tabindex: "0", role: named && "region", "aria-label": named };
      for (const [name, value] of Object.entries(said))
        doesScroll && value ? target.setAttribute(name, value) : target.removeAttribute(name);
    }
  });
  for (const table of content ? all("table:not([class])", content) : []) {
    const wrap = document.createElement("div");
    const inner = document.createElement("div");
    [wrap.className, inner.className] = ["md-typeset__scrollwrap", "md-typeset__table"];
    table.replaceWith(wrap);
    inner.append(table);
    wrap.append(inner);
    scrolling.observe(wrap);
  }
  addEventListener("hashchange", () => {
    set(toggle("drawer"), false);
    set(search, false);
  });

  /* ---- What was searched for is marked in the page it led to, which asks for no search. */
  const fold = (text) => {
    const plain = text.normalize("NFD").replace(/\p{M}/gu, "");
    return (plain.length === text.length ? plain : text).toLowerCase();
  };
  const words = fold(asked.get("h") ?? "").match(/[\p{L}\p{N}]+/gu);
  const article = document.querySelector("article");
  if (words && article) {
    const found = new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join("|")})`, "gu");
    const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    for (const text of texts) {
      if (text.parentElement.closest("script, style, select, textarea")) continue;
      for (const { index, 0: word } of [...fold(text.data).matchAll(found)].reverse()) {
        const said = text.splitText(index);
        said.splitText(word.length);
        const mark = document.createElement("mark");
        said.replaceWith(mark);
        mark.append(said);
      }
    }
  }
})();
