import { FAMILIES } from "../../src/classifiers/families.js";
import { PLOTS } from "../../src/plots/plots.js";

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
