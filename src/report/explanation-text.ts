import type { Contribution, Explanation, ShownValue } from "../explain/explanation.js";
import { percent } from "../printing/numbers.js";
import { printable } from "../printing/printable.js";
import { textTable } from "./text-table.js";

/** Contributions that are shown one by one; the others are summed. */
const SHOWN = 12;
/** The widest bar, in characters. */
const BAR = 24;

/** An explanation for a terminal: reasons, what each column adds with a bar, families, and what would change it. */
export function explanationText(explanation: Explanation): string {
  const { id, probability, tier, reasons, change } = explanation;
  const name = id === null ? "This row" : printable(id);
  const parts = [`${name}: ${percent(probability)}, tier ${printable(tier)}`];
  if (explanation.contributions.every(({ contribution }) => contribution === 0)) {
    parts.push("No column matters to this model: it says the same of every row.");
    return parts.join("\n\n");
  }
  const told = reasons.map(({ text, actionable }, r) => {
    return `  ${r + 1}. ${printable(text)}${actionable ? " [can be acted on]" : ""}`;
  });
  parts.push(
    told.length === 0 ? "Nothing raises the risk beyond noise." : `What raises the risk\n${told.join("\n")}`,
  );
  parts.push(`What each column adds to the log-odds\n${contributionsText(explanation)}`);
  if (explanation.families.length > 0)
    parts.push(`By family\n${barTable("family", familyRows(explanation), ({ family }) => [family])}`);
  if (change !== null) parts.push(`What would change it: ${printable(change.text)}`);
  parts.push("This is what the model goes by, and no cause.");
  return parts.join("\n\n");
}

function contributionsText({ contributions, baseValue, baseProbability, margin }: Explanation): string {
  const shown = contributions.slice(0, SHOWN).filter(({ contribution }) => contribution !== 0);
  const rest = contributions.slice(shown.length).filter(({ contribution }) => contribution !== 0);
  const others = rest.reduce((sum, { contribution }) => sum + contribution, 0);
  const rows: Pick<Contribution, "column" | "value" | "contribution">[] = [
    ...shown,
    ...(rest.length === 0 ? [] : [{ column: `${rest.length} others`, value: "", contribution: others }]),
  ];
  const table = barTable("column", rows, ({ column, value }) => [column, shownCell(value)], ["value"]);
  const base = `base ${baseValue.toFixed(2)} (${percent(baseProbability)})`;
  return `${table}\n  ${base} and these make ${margin.toFixed(2)}`;
}

function familyRows({ families }: Explanation) {
  return families.filter(({ contribution }) => Math.abs(contribution) >= 0.005);
}

/** A table with a bar for each contribution, as long as it is large. */
function barTable<Row extends { readonly contribution: number }>(
  first: string,
  rows: readonly Row[],
  cellsOf: (row: Row) => readonly string[],
  more: readonly string[] = [],
): string {
  const largest = rows.reduce((most, { contribution }) => Math.max(most, Math.abs(contribution)), 0);
  const lines = rows.map((row) => {
    const { contribution } = row;
    const length = largest === 0 ? 0 : Math.max(1, Math.round((BAR * Math.abs(contribution)) / largest));
    const bar = (contribution < 0 ? "░" : "█").repeat(length);
    return [...cellsOf(row), signed(contribution), bar];
  });
  return textTable([first, ...more, "adds", ""], lines);
}

function signed(value: number): string {
  const text = Math.abs(value).toFixed(2);
  return Number(text) === 0 ? "0.00" : `${value < 0 ? "−" : "+"}${text}`;
}

/** Longer cells are cut. */
const CELL = 32;

function shownCell(value: ShownValue): string {
  if (value === null) return "missing";
  const text = typeof value === "number" ? String(Number(value.toPrecision(6))) : value;
  return text.length > CELL ? `${text.slice(0, CELL - 1)}…` : text;
}
