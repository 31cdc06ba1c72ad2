/* Weights that a reader moves: whole numbers throughout, so that ranks are those of the pages. The
  words come from the templates, which know the language; club.js sends for it where it is needed. */
(() => {
  "use strict";
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const make = (tag, values, ...children) => {
    const element = Object.assign(document.createElement(tag), values);
    element.append(...children);
    return element;
  };
  const action = (textContent) =>
    make("button", { type: "button", className: "club-action", textContent });
  for (const block of all("[data-club-whatif]")) {
    const said = block.dataset;
    const body = block.querySelector("tbody");
    const whole = BigInt(said.clubWhatif);
    const rows = [...body.rows];
    const options = said.values.split(";").map((each, index) => {
      const [place, values] = each.split(":");
      const known = values.split(" ").map((value) => value === "-" ? null : BigInt(value));
      return { row: rows[index], place: Number(place), known };
    });
    const { lang } = document.documentElement;
    const number = new Intl.NumberFormat(lang, { maximumFractionDigits: 1 });
    const list = new Intl.ListFormat(lang);
    // A share in tenths of a point, halves to the even one.
    const tenths = (part, of) => {
      const [found, rest] = [part * 1000n / of, part * 1000n % of * 2n];
      return number.format(Number(found + (rest > of || (rest === of && found % 2n) ? 1n : 0n)) / 10);
    };
    const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
    const status = make("p", { className: "club-whatif__first", role: "status" });
    const items = all("[data-weight]", block);
    const inputs = items.map((item) => {
      const input = make("input", { type: "range", min: 0, max: 100, step: 1, autocomplete: "off" });
      input.value = input.defaultValue = item.dataset.weight;
      const output = make("output", {});
      item.replaceChildren(make("label", {}, ...item.childNodes, input), output);
      item.querySelector("label span:last-of-type").remove();
      input.addEventListener("input", () => update());
      return input;
    });
    const sum = (values) => values.reduce((total, each) => total + each, 0n);
    const update = () => {
      const weights = inputs.map((each) => BigInt(each.value));
      const total = sum(weights);
      items.forEach((item, index) => {
        const share = total ? tenths(weights[index], total) : "0";
        item.querySelector("output").textContent = fill(said.share, { share });
        inputs[index].setAttribute("aria-valuetext", `${weights[index]}, ${fill(said.share, { share })}`);
      });
      for (const each of options) {
        each.low = sum(weights.map((weight, index) => weight * (each.known[index] ?? 0n)));
        each.high = sum(weights.map((weight, index) => weight * (each.known[index] ?? whole)));
      }
      for (const each of options) {
        const others = options.filter((other) => other !== each);
        each.first = 1 + others.filter((other) => other.low > each.high).length;
        each.last = 1 + others.filter((other) => other.high > each.low).length;
        const [, rank, points] = each.row.cells;
        const of = total * whole;
        const [low, high] = total ? [tenths(each.low, of), tenths(each.high, of)] : [];
        const { first, last } = each;
        rank.textContent = !total ? "–" : first === last ? first : fill(said.ranks, { best: first, worst: last });
        points.textContent = !total ? "–" : each.low === each.high ? low : fill(said.range, { low, high });
      }
      const sign = (value) => value > 0n ? 1 : value < 0n ? -1 : 0;
      const order = [...options].sort((a, b) => a.first - b.first || a.last - b.last
        || sign(b.low + b.high - a.low - a.high) || a.place - b.place);
      body.append(...order.map((each) => each.row));
      const ahead = order.filter((each) => each.first === 1);
      const names = list.format(ahead.map((each) => each.row.cells[0].textContent.trim()));
      const isSure = order.every((each) => each.low === each.high);
      const sentence = ahead.length === 1 && ahead[0].last === 1 ? (isSure ? said.first : said.sure)
        : order.every((each) => each.first === each.last) ? said.level : said.maybe;
      status.textContent = total ? fill(sentence, { name: names, names }) : said.nothing;
    };
    const set = (values) => {
      inputs.forEach((each, index) => { each.value = values[index]; });
      update();
    };
    const buttons = all("[data-preset]", block).map((link) => {
      const button = action(fill(said.weights, { name: link.textContent.trim() }));
      button.addEventListener("click", () => set(link.dataset.preset.split(" ")));
      return button;
    });
    const start = action(said.start);
    start.addEventListener("click", () => set(inputs.map((each) => each.defaultValue)));
    block.querySelector(".club-whatif__weights").after(
      make("p", { className: "club-whatif__buttons" }, start, ...buttons), status);
    block.querySelector("[data-club-live]").hidden = false;
    block.querySelector("[data-club-still]").hidden = true;
    block.classList.add("club-whatif--live");
    update();
  }
})();
