/* What scripts add to pages that work without them: sorting and filters in place. The words come
   from the templates, which know the language. */
(() => {
  "use strict";
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const make = (tag, values, ...children) => {
    const element = Object.assign(document.createElement(tag), values);
    element.append(...children);
    return element;
  };
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
      for (const each of heads) each.removeAttribute("aria-sort");
      heads[column].setAttribute("aria-sort", down ? "descending" : "ascending");
      // Empty cells stay last both ways: they say nothing, so they are neither first nor least.
      body.append(...[...body.rows].sort((a, b) => {
        const [x, y] = [key(a, column), key(b, column)];
        return !x - !y || (down ? compare(y, x) : compare(x, y));
      }));
    };
    heads.forEach((head, column) => {
      const button = make("button", { type: "button", className: "club-sort" }, ...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        sort(column, down);
        remember(name, `${down ? "-" : ""}${column + 1}`);
      });
    });
    // As the address says, on the way back too: the number of a column, with a minus downwards.
    const [, minus, number] = /^(-?)(\d{1,3})$/.exec(choices.get(name)) ?? [];
    if (heads[number - 1]) sort(number - 1, Boolean(minus));
  });

  for (const block of all("[data-club-filters]")) {
    const region = block.nextElementSibling;
    if (!region?.querySelector("tbody")) continue;
    const rows = all("tbody tr", region);
    const status = make("p", { className: "club-shown", role: "status" });
    const reset = make("button", { type: "button", className: "club-action", textContent: block.dataset.reset });
    const selects = all("[data-facet]", block).map((filter) => {
      const { facet, label } = filter.dataset;
      const select = make("select", { name: facet, autocomplete: "off" }, new Option(block.dataset.all, ""));
      for (const link of all("[data-choice]", filter)) {
        const count = link.querySelector(".club-count").textContent;
        select.add(new Option(`${link.firstChild.textContent.trim()} (${count})`, link.dataset.choice));
      }
      const wanted = choices.get(facet);
      if (all("option", select).some((each) => each.value === wanted)) select.value = wanted;
      select.addEventListener("change", () => { remember(facet, select.value); update(); });
      filter.replaceChildren(make("label", {}, make("span", { textContent: label }), select));
      return select;
    });
    const update = () => {
      let count = 0;
      for (const row of rows) {
        row.hidden = !selects.every(({ name, value }) =>
          !value || (row.getAttribute(`data-f-${name}`) ?? "").split(" ").includes(value));
        if (!row.hidden) count += 1;
      }
      reset.hidden = selects.every((each) => !each.value);
      status.textContent = block.dataset.shown.replace("{count}", count).replace("{total}", rows.length);
    };
    reset.addEventListener("click", () => {
      for (const each of selects) { each.value = ""; remember(each.name, ""); }
      update();
      selects[0].focus();
    });
    block.classList.add("club-filters--live");
    block.append(make("div", { className: "club-filters__state" }, status, reset));
    update();
  }

  for (const holder of all("[data-club-differences]")) {
    const same = all("tr[data-same]", holder.parentElement);
    if (!same.length) continue;
    const button = make("button", { type: "button", className: "club-action club-toggle" },
      holder.textContent.trim());
    const show = (only) => {
      button.setAttribute("aria-pressed", only);
      for (const row of same) row.hidden = only;
    };
    button.addEventListener("click", () => {
      const only = button.getAttribute("aria-pressed") !== "true";
      show(only);
      remember("differences", only ? "1" : "");
    });
    holder.replaceChildren(button);
    show(choices.get("differences") === "1");
  }
})();
