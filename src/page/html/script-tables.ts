/**
 * Tables that are sorted by their heads and filtered by a text. Numbers are compared by `data-v`, or by what the text reads as (`1,234`,
 * `12.3%`, `0.84–0.87` by its first number); texts by the rules of the language; dashes are last, equal rows keep their order. A first
 * click shows the largest number, or the first text. Only tables that scroll are a stop of the tab key, and only heads of tables that do not
 * can stay in view.
 */
export const TABLE_SCRIPT = String.raw`
const number = text => {
  const [, sign, digits] = /^([−–+-]?)[¥$€£]?([\d,]*\.?\d+) ?[%×]?(?:[–( ].*)?$/.exec(text) ?? [];
  return digits && (/[−–-]/.test(sign) ? -1 : 1) * digits.replaceAll(",", "");
};
const key = ({ dataset, textContent }) => {
  const text = textContent.replace("▲", "").trim(), { v } = dataset;
  return v ? +v : v === "" || text === "" || text === "–" ? null : number(text) ?? text;
};
const { compare } = new Intl.Collator(page.documentElement.lang, { numeric: true });
for (const table of all("table")) {
  const body = table.tBodies[0], rows = [...body.rows], heads = all("thead th", table);
  if (rows.length > 1) heads.forEach((head, column) => {
    const button = make("button", {}, ...head.childNodes);
    head.append(button);
    head.ariaSort = "none";
    button.onclick = () => {
      const keys = new Map([...body.rows].map(row => [row, key(row.cells[column])]));
      const isNumeric = [...keys.values()].every(each => typeof each !== "string");
      const falls = head.ariaSort === "none" ? isNumeric : head.ariaSort === "ascending";
      for (const each of heads) each.ariaSort = each === head ? falls ? "descending" : "ascending" : "none";
      body.append(...[...keys.keys()].sort((first, second) => {
        const a = keys.get(first), b = keys.get(second);
        if (a === null || b === null) return (a === null) - (b === null);
        return (isNumeric ? a - b : compare(a, b)) * (falls ? -1 : 1);
      }));
    };
  });
  if (rows.length > 10) {
    const said = make("span", { role: "status" }), input = make("input", { type: "search" });
    input.oninput = () => {
      const wanted = input.value.trim().toLowerCase();
      for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
      const shown = rows.filter(row => !row.hidden).length;
      said.textContent = wanted && countText.replace("{shown}", shown).replace("{rows}", rows.length);
    };
    table.parentNode.before(make("div", { className: "filter" }, make("label", {}, filterText, input), said));
  }
}
const regions = new ResizeObserver(seen => {
  for (const { target } of seen) {
    const fits = target.scrollWidth <= target.clientWidth + 1;
    target.classList.toggle("fits", fits);
    target.tabIndex = fits ? -1 : 0;
  }
});
for (const region of all("[role=group]")) regions.observe(region);
`;
