/* The search of the theme, for a site that asks for it (`extra.club.search: theme`): its script, which
   does much more, is sent for at the first search. */
(() => {
  "use strict";
  const all = (selector) => [...document.querySelectorAll(selector)];
  const search = document.querySelector("[data-md-toggle=search]");
  const find = document.querySelector("[data-club-toggle=__search]");
  const later = JSON.parse(document.getElementById("club-later")?.textContent ?? "null");
  const set = (box, value) => { if (box && box.checked !== value) box.click(); };
  const asked = new URLSearchParams(location.search);

  /* Escape closes the search: the focus goes back to what opened it, where there is such a button. */
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && search?.checked && find?.offsetParent) setTimeout(() => find.focus());
  }, true);

  if (!later) return;
  /* ---- The search: sent for when somebody searches. The theme then finds its search alone. */
  const query = document.querySelector(".md-search__input");
  let isSent = false, isThere = false;
  const send = () => {
    if (isSent) return;
    isSent = true;
    const ours = ["sidebar", "toc", "top", "palette", "content"];
    for (const name of ours) for (const each of all(`[data-md-component=${name}]`))
      each.removeAttribute("data-md-component");
    const script = Object.assign(document.createElement("script"), { src: later.script });
    script.addEventListener("load", () => { isThere = true; });
    script.addEventListener("error", () => { isSent = false; script.remove(); });
    const first = document.querySelector("link[rel=stylesheet][href*='assets/stylesheets/']");
    if (later.style) {
      const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: later.style });
      for (const event of ["load", "error"]) style.addEventListener(event, () => document.body.append(script));
      first.after(style);
    } else document.body.append(script);
  };
  if (query) {
    for (const event of ["pointerdown", "click"]) query.addEventListener(event, send);
    find?.addEventListener("click", send);
    query.addEventListener("click", () => { if (!isThere) set(search, true); });
    query.addEventListener("input", () => { send(); if (!isThere) set(search, true); });
    addEventListener("keydown", (event) => {
      if (isThere || !search.checked || !["Escape", "Tab"].includes(event.key)) return;
      set(search, false);
      query.blur();
    }, true);
    query.form.addEventListener("submit", (event) => event.preventDefault());
    query.form.addEventListener("reset", () => query.focus());
    if (query.value || asked.has("q")) send();
  }
})();
