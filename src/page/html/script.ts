import type { Translate } from "../../printing/translator.js";
import type { PageText } from "../words.js";
import { CHART_SCRIPT } from "./script-charts.js";
import { TABLE_SCRIPT } from "./script-tables.js";

/** What the script says on the page. */
const SPOKEN = [
  "Filter rows",
  "{shown} of {rows} rows",
  "Copy",
  "Copied",
] as const satisfies readonly PageText[];

/**
 * The script of a page, with its texts in the page's language. It makes all controls itself, so that a page without scripts shows none.
 * Its parts are texts and not functions: compilers add calls to functions that a page does not have.
 */
export function pageScript(words: Translate<PageText>): string {
  const texts = SPOKEN.map((text) => words(text, { shown: "{shown}", rows: "{rows}" }));
  // `</script>` in a text would end it.
  const safe = JSON.stringify(texts).replaceAll("<", "\\u003c");
  return `\n(([filterText, countText, copyText, copiedText]) => {${[TOOLS, TABLE_SCRIPT, CODE, CONTENTS, CHART_SCRIPT].join("")}})(${safe});\n`;
}

const TOOLS = `
const page = document, all = (selector, root = page) => [...root.querySelectorAll(selector)];
const make = (tag, properties, ...inside) => {
  const element = Object.assign(page.createElement(tag), properties);
  element.append(...inside);
  return element;
};
`;

/** Code that can be copied, where the browser allows it. */
const CODE = `
if (navigator.clipboard) for (const code of all("pre")) {
  const button = make("button", { ariaLive: "polite" }, copyText);
  button.onclick = async () => {
    await navigator.clipboard.writeText(code.textContent);
    button.textContent = copiedText;
    setTimeout(() => button.textContent = copyText, 2000);
  };
  code.after(button);
}
`;

/** The contents are folded on a telephone, and mark the part that is read; on paper everything is unfolded. */
const CONTENTS = `
const narrow = matchMedia("(max-width: 67.99rem)");
(narrow.onchange = () => all("nav details")[0].open = !narrow.matches)();
const parts = new IntersectionObserver(seen => {
  const read = seen.find(each => each.isIntersecting);
  if (read) for (const link of all("nav a")) link.ariaCurrent = link.hash === "#" + read.target.id || null;
}, { rootMargin: "-20% 0px -75%" });
for (const part of all("section")) parts.observe(part);
let folded = [];
addEventListener("beforeprint", () => { for (const each of folded = all("main details:not([open])")) each.open = true; });
addEventListener("afterprint", () => { for (const each of folded) each.open = false; });
`;
