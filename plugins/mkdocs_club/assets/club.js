/* What scripts add to pages that work without them; the words come from the templates. */
(() => {
  "use strict";
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const make = (tag, values, ...children) => {
    const element = Object.assign(document.createElement(tag), values);
    element.append(...children);
    return element;
  };
  const action = (textContent, more = "") =>
    make("button", { type: "button", className: `club-action ${more}`, textContent });
  const saved = (name, value) => {
    try {
      if (value !== undefined) localStorage.setItem(name, value);
      return localStorage.getItem(name) ?? "";
    } catch { return ""; }
  };
  const root = document.documentElement;
  root.classList.add("club-live");
  const choices = new URLSearchParams(location.search);
  const remember = (key, value) => {
    value ? choices.set(key, value) : choices.delete(key);
    const query = choices.toString();
    history.replaceState(history.state, "", location.pathname + (query && `?${query}`) + location.hash);
  };

  const { compare } = new Intl.Collator("fr", { numeric: true });
  const key = (row, column) => row.cells[column]?.dataset.sort ?? "";

  all("table[data-club-sortable]").forEach((table, index) => {
    const heads = all("thead th", table);
    const body = table.tBodies[0];
    const name = index ? `sort${index + 1}` : "sort";
    const sort = (column, down) => {
      for (const each of heads) each.ariaSort = null;
      heads[column].ariaSort = down ? "descending" : "ascending";
      // Empty cells stay last both ways: they say nothing.
      body.append(...[...body.rows].sort((a, b) => {
        const [x, y] = [key(a, column), key(b, column)];
        return !x - !y || (down ? compare(y, x) : compare(x, y));
      }));
    };
    heads.forEach((head, column) => {
      // Beside a link, the button is but its sign.
      const ariaLabel = head.querySelector("a") && head.textContent;
      const button = make("button", { type: "button", className: "club-sort", ariaLabel }, ...(ariaLabel ? [] : head.childNodes));
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.ariaSort === "ascending";
        sort(column, down);
        remember(name, `${down ? "-" : ""}${column + 1}`);
      });
    });
    // As the address says: the number of a column, with a minus downwards.
    const [, minus, number] = /^(-?)(\d{1,3})$/.exec(choices.get(name)) ?? [];
    if (heads[number - 1]) sort(number - 1, !!minus);
  });

  const labelled = (textContent, input) => make("label", {}, make("span", { textContent }), input);
  for (const block of all("[data-club-filters]")) {
    const region = block.nextElementSibling;
    if (!region?.querySelector("tbody")) continue;
    const rows = all("tbody tr", region);
    const status = make("p", { className: "club-shown", role: "status" });
    const reset = action(block.dataset.reset);
    const selects = all("[data-facet]", block).map((filter) => {
      const { facet, label } = filter.dataset;
      const select = make("select", { name: facet, autocomplete: "off" }, new Option(block.dataset.all, ""));
      for (const link of all("[data-choice]", filter)) {
        const count = link.querySelector(".club-count").textContent;
        const name = link.textContent.trim().slice(0, -count.length).trim();
        select.add(new Option(`${name} (${count})`, link.dataset.choice));
      }
      const wanted = choices.get(facet);
      if (all("option", select).some((each) => each.value === wanted)) select.value = wanted;
      filter.replaceChildren(labelled(label, select));
      return select;
    });
    const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    const words = make("input", { type: "search", name: "words", autocomplete: "off" });
    const textOf = (row) => row.folded ??= folded(row.textContent + (row.dataset.words ?? ""));
    const inputs = [...selects];
    if (block.dataset.words) {
      inputs.unshift(words);
      words.value = choices.get("words") ?? "";
      block.prepend(make("div", { className: "club-filter" }, labelled(block.dataset.words, words)));
    }
    for (const each of inputs)
      each.addEventListener("input", () => { remember(each.name, each.value.trim()); update(); });
    const isExample = (row) => row.hasAttribute("data-example");
    const counted = (some, quiet) => {
      const examples = quiet ? 0 : some.filter(isExample).length;
      const { every, one, some: many } = block.dataset;
      const words = examples === some.length ? every : examples === 1 ? one : many;
      return (examples ? words : "{count}").replace("{count}", some.length).replace("{examples}", examples);
    };
    const update = () => {
      const wanted = folded(words.value).match(/\S+/g) ?? [];
      for (const row of rows) {
        row.hidden = !selects.every(({ name, value }) =>
          !value || (row.getAttribute(`data-f-${name}`) ?? "").split(" ").includes(value))
          || !wanted.every((each) => textOf(row).includes(each));
      }
      reset.hidden = inputs.every((each) => !each.value.trim());
      const shown = rows.filter((row) => !row.hidden);
      status.textContent = shown.length === rows.length
        ? block.dataset.whole.replace("{count}", counted(rows))
        : block.dataset.shown.replace("{count}", counted(shown, rows.every(isExample)))
          .replace("{total}", rows.every(isExample) ? counted(rows) : rows.length);
    };
    reset.addEventListener("click", () => {
      for (const each of inputs) { each.value = ""; remember(each.name, ""); }
      update();
      inputs[0].focus();
    });
    block.classList.add("club-filters--live");
    block.append(make("div", { className: "club-filters__state" }, status, reset));
    update();
  }

  /* Links to the page without some rows become switches of this one, which combine. */
  const KEYS = { same: "differences", unknown: "known" };
  for (const holder of all(".club-switches")) {
    const table = holder.nextElementSibling;
    const rows = all("tbody tr:not(.club-group)", table);
    const buttons = all("[data-club-switch]", holder).map((link) => {
      const hides = link.dataset.clubSwitch;
      const button = action(link.textContent, "club-toggle");
      button.dataset.hides = hides;
      button.setAttribute("aria-pressed", choices.get(KEYS[hides]) === "1");
      button.addEventListener("click", () => {
        const isOn = button.getAttribute("aria-pressed") !== "true";
        button.setAttribute("aria-pressed", isOn);
        remember(KEYS[hides], isOn ? "1" : "");
        update();
      });
      link.replaceWith(button);
      return button;
    });
    const update = () => {
      const hidden = buttons.filter((each) => each.getAttribute("aria-pressed") === "true")
        .map((each) => each.dataset.hides);
      for (const row of rows) row.hidden = hidden.some((each) => each in row.dataset);
      for (const head of all(".club-group", table))
        head.hidden = all("tr:not(.club-group)", head.parentElement).every((row) => row.hidden);
    };
    update();
  }

  if (all("[data-club-whatif]")[0]) {
    document.head.append(make("script", { src: new URL("whatif.js", document.currentScript.src) }));
  }

  /* One's own page, kept by this browser: one for each club of a host. */
  for (const holder of all("[data-club-root]")) {
    const { clubRoot, desk, mine, forget, kept, gone, refused } = holder.dataset;
    const name = `club-desk ${new URL(clubRoot, location).pathname}`;
    const wanted = saved(name);
    const isMine = (element) => element.dataset.desk.split(" ").includes(saved(name));
    const chosen = all("li[data-desk]", holder).find(isMine);
    const button = action(desk ? mine : forget, desk && "club-toggle");
    const said = make("p", { className: "club-desks__mine", role: "status" });
    if (desk) {
      const show = () => {
        button.setAttribute("aria-pressed", isMine(holder));
        said.textContent = isMine(holder) ? kept : "";
      };
      button.addEventListener("click", () => {
        const next = isMine(holder) ? "" : desk.split(" ")[0];
        saved(name, next);
        show();
        if (saved(name) !== next) said.textContent = refused;
      });
      holder.append(button, said);
      holder.hidden = false;
      show();
      continue;
    }
    // On the way back, a page that the browser kept may tell of another choice.
    addEventListener("pageshow", () => { if (saved(name) !== wanted) location.reload(); });
    if (chosen) {
      button.addEventListener("click", () => {
        saved(name, "");
        said.remove();
        for (const each of holder.children) each.hidden = false;
        holder.querySelector("a").focus();
      });
      if ("brief" in holder.dataset) {
        for (const each of holder.children) each.hidden = true;
        holder.closest(".club-board").prepend(holder.parentElement);
      }
      said.append(mine, " ", ...chosen.cloneNode(true).childNodes, " ", button);
      holder.prepend(said);
    } else if (wanted) {
      holder.prepend(gone);
    }
  }

  /* A table, or code, is in the keyboard's way only where it scrolls. */
  const scrollers = new ResizeObserver((seen) => {
    for (const { target } of seen)
      target.scrollWidth > target.clientWidth ? target.tabIndex = 0 : target.removeAttribute("tabindex");
  });
  for (const each of all(".club-table[tabindex], article pre > code")) scrollers.observe(each);

  /* Folded parts: whatever is linked to, printed or asked for opens. */
  const open = () => {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch { /* badly escaped */ }
    const target = id && document.getElementById(id);
    if (!target) return;
    const folds = [target.closest("details"), ...all(":scope > .club-fold", target.parentElement)];
    const shut = folds.filter((each) => each && !each.open);
    for (const each of shut) each.open = true;
    if (shut.length) target.scrollIntoView();
  };
  addEventListener("hashchange", open);
  open();
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = all("details:not([open])");
    for (const each of folded) each.open = true;
  });
  addEventListener("afterprint", () => { for (const each of folded) each.open = false; });

  /* One switch shows a pencil beside each value, named by what stands there. */
  const [holder] = all(".club-switch");
  const words = (element) => {
    const copy = element?.cloneNode(true);
    for (const each of copy?.querySelectorAll(".club-note, .club-asked, .club-badge--example") ?? []) each.remove();
    return copy?.textContent.trim().replace(/\s+/g, " ") ?? "";
  };
  const fieldOf = (mark) => {
    const cell = mark.closest("td, th");
    if (cell) {
      const head = cell.closest("table").querySelectorAll("thead th")[cell.cellIndex];
      return [cell.parentElement.cells[0], cell.cellIndex ? head : null].map(words).filter(Boolean).join(", ");
    }
    const term = words(mark.closest("dd")?.parentElement.querySelector("dt"));
    const value = words(mark.closest(".club-claim")?.querySelector(".club-claim__value"));
    return [term, value].filter(Boolean).join(", ") || words(mark.closest("li")?.querySelector(".club-card__title"));
  };
  const draw = () => {
    for (const mark of all("i[data-at]")) {
      const pencil = make("a", { className: "club-edit", href: holder.dataset.clubEdit + mark.dataset.at });
      pencil.title = holder.dataset.named.replace("{label}", fieldOf(mark));
      pencil.setAttribute("aria-label", pencil.title);
      mark.replaceWith(pencil);
    }
  };
  if (holder && document.querySelector("i[data-at], .club-modify")) {
    const button = action(holder.dataset.edit, "club-toggle");
    const show = (isOn) => {
      if (isOn) draw();
      root.classList.toggle("club-editing", isOn);
      button.setAttribute("aria-pressed", isOn);
    };
    button.addEventListener("click", () => {
      const isOn = button.getAttribute("aria-pressed") !== "true";
      saved("club-edit", isOn ? "1" : "");
      show(isOn);
    });
    holder.append(button);
    holder.hidden = false;
    show(saved("club-edit") === "1");
  }
})();
