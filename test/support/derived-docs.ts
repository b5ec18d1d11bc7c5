import { FAMILIES } from "../../src/classifiers/families.js";
import { DATASETS } from "../../src/datasets/catalogue.js";
import type { Dataset } from "../../src/datasets/dataset.js";
import { PLOTS } from "../../src/plots/plots.js";

/** A list of addresses as links, by host and last part. */
function links(addresses: readonly string[]): string {
  return addresses.map((each) => (each.startsWith("http") ? `<${each}>` : `\`${each}\``)).join(" ");
}

function labelOf({ label, positive, positives, rows, experiment }: Dataset): string {
  if (label !== null) return `\`${label}\` = ${positive}, ${((100 * Number(positives)) / rows).toFixed(1)}%`;
  return experiment === null ? "none" : `none; treatment \`${experiment.treatment}\``;
}

/** Where its rows come from. */
function obtained({ copies, reading }: Dataset): string {
  if (reading.form === "history") return "in the package";
  return copies.some(({ files }) => files.every(({ url }) => url !== null)) ? "downloaded" : "by hand";
}

/** The traps of every data set, as a list in a list. */
function traps(): string {
  return DATASETS.map(
    ({ name, title, traps: all }) =>
      `- \`${name}\`, ${title}\n${all.map((trap) => `  - ${trap}`).join("\n")}`,
  ).join("\n");
}

/** Parts of pages that derive from lists, by name; `npm run docs` writes them. */
export const DERIVED: Readonly<Record<string, string>> = {
  families: markdownTable(
    ["family", "classifier", "what it is for"],
    FAMILIES.map(({ name, functions, purpose }) => [
      `\`${name}\``,
      functions.map((each) => `\`${each}\``).join(", "),
      purpose,
    ]),
  ),
  datasets: markdownTable(
    ["name", "what", "rows", "label", "obtained", "licence, as stated there", "sources"],
    DATASETS.map((dataset) => [
      `\`${dataset.name}\``,
      dataset.title,
      dataset.rows.toLocaleString("en-US"),
      labelOf(dataset),
      obtained(dataset),
      dataset.licence,
      links(dataset.sources),
    ]),
  ),
  traps: traps(),
  plots: markdownTable(
    ["function", "what it shows", "what it takes"],
    Object.entries(PLOTS).map(([name, { shows, of }]) => [`\`${name}\``, shows, of]),
  ),
};

/** A text with those of the derived parts rewritten that it has. */
export function withDerived(text: string): string {
  return Object.entries(DERIVED).reduce((written, [name, part]) => {
    const begin = `<!-- begin ${name} -->`;
    const [from, to] = [written.indexOf(begin), written.indexOf(`<!-- end ${name} -->`)];
    if (from < 0 || to < from) return written;
    return `${written.slice(0, from + begin.length)}\n\n${part}\n\n${written.slice(to)}`;
  }, text);
}

/** Cells padded to one width, as the formatter leaves them. */
function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((name, c) => Math.max(name.length, ...rows.map((row) => row[c].length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, c) => cell.padEnd(widths[c])).join(" | ")} |`;
  return [line(header), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}
