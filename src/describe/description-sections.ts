import { count, describeProblem } from "../errors.js";
import type { TrainingNote } from "../model-file/churn/training-note.js";
import { clipped } from "../printing/display-width.js";
import { decimal, percent, whole } from "../printing/numbers.js";
import type { TableText } from "../printing/text-table.js";
import { readingNotes } from "../training/rows/note-reading.js";
import type {
  Centre,
  ColumnChurn,
  ColumnDescription,
  DescribedKind,
  TableDescription,
} from "./description.js";
import { shownNumber } from "./number-bands.js";

/** A part of a description, for a terminal or a page. */
export interface Section {
  readonly heading: string;
  readonly table?: TableText;
  /** A sentence each. */
  readonly items?: readonly string[];
}

/** Columns of the terminal for values that differ in length. */
const VALUE_WIDTH = 28;
const EXAMPLE_WIDTH = 32;
const SHOWN_LEVELS = 4;

/** What the table is, heading and text of a line each. */
export function headLines(description: TableDescription): [heading: string, text: string][] {
  const { rows, columns, label, roles, panel, duplicates } = description;
  const lines: [string, string][] = [
    ["Table", `${count(rows, "row")} × ${count(columns.length, "column")}: ${kindsText(columns)}`],
  ];
  if (label !== null) {
    const { column, positive, negative, churned, churnRate } = label;
    lines.push([
      "Label",
      `${column}: ${positive} churned, ${negative} stayed; ${whole(churned)} of ${whole(rows)} churned, ${percent(churnRate)}`,
    ]);
  }
  for (const { role, column, by, reason } of roles) {
    if (role === "label" && label !== null) continue;
    const heading = role[0].toUpperCase() + role.slice(1);
    lines.push([heading, by === "guessed" ? `probably ${column} (${reason})` : `${column} (${reason})`]);
  }
  if (panel !== null) {
    const times = panel.least === panel.most ? `${panel.most}` : `${panel.least} to ${panel.most}`;
    lines.push([
      "Panel",
      `several rows for one ${panel.column}: ${whole(panel.subscribers)} values, ${times} rows each`,
    ]);
  }
  const { rows: repeated, butForId } = duplicates;
  const again = (number: number) => (number === 1 ? "1 row equals" : `${whole(number)} rows equal`);
  if (repeated > 0) lines.push(["Repeated", `${again(repeated)} an earlier row`]);
  if (butForId !== null && butForId > repeated)
    lines.push(["Repeated", `${again(butForId)} an earlier row in all columns but the id`]);
  return lines;
}

function kindsText(columns: readonly ColumnDescription[]): string {
  const kinds: readonly DescribedKind[] = ["numeric", "flag", "date", "categorical", "text"];
  const counted = kinds.flatMap((kind) => {
    const number = columns.filter((column) => column.kind === kind).length;
    return number === 0 ? [] : [`${number} ${kind}`];
  });
  return counted.length === 0 ? "none" : counted.join(", ");
}

/** All that follows, sections without content left out. */
export function sectionsOf(description: TableDescription): Section[] {
  const { columns, rows } = description;
  const of = (...kinds: DescribedKind[]) => columns.filter(({ kind }) => kinds.includes(kind));
  const sections: Section[] = [
    { heading: "Numbers", table: numbersTable(of("numeric"), rows) },
    { heading: "Dates", table: datesTable(of("date"), rows) },
    { heading: "Categories and flags", table: levelsTable(of("categorical", "flag"), rows) },
    { heading: "Text", table: textsTable(of("text"), rows) },
    { heading: "By churn, each column alone, what separates most first", table: churnTable(description) },
    { heading: "Odd", items: oddItems(description) },
  ];
  return sections.filter(({ table, items }) => (table?.rows ?? items ?? []).length > 0);
}

function missingText({ missing }: ColumnDescription, rows: number): string {
  if (missing.rows === 0) return "–";
  return rows === 0 ? "0" : `${whole(missing.rows)} (${percent(missing.share)})`;
}

function numbersTable(columns: readonly ColumnDescription[], rows: number): TableText {
  const head = "column,missing,distinct,minimum,25%,median,75%,maximum,mean,deviation,zeros,negative";
  return {
    head: head.split(","),
    rows: columns.map((column) => {
      const { numbers } = column;
      const cells =
        numbers === null
          ? Array<string>(9).fill("–")
          : [
              numbers.minimum,
              numbers.lowerQuartile,
              numbers.median,
              numbers.upperQuartile,
              numbers.maximum,
              numbers.mean,
              numbers.standardDeviation,
              numbers.zeros,
              numbers.negatives,
            ].map((value) => (value === null ? "–" : shownNumber(value)));
      return [nameOf(column), missingText(column, rows), whole(column.distinct), ...cells];
    }),
  };
}

function datesTable(columns: readonly ColumnDescription[], rows: number): TableText {
  return {
    head: ["column", "missing", "distinct", "first", "25%", "median", "75%", "last"],
    rows: columns.map((column) => {
      const { dates } = column;
      const cells =
        dates === null
          ? Array<string>(5).fill("–")
          : [dates.minimum, dates.lowerQuartile, dates.median, dates.upperQuartile, dates.maximum];
      return [nameOf(column), missingText(column, rows), whole(column.distinct), ...cells];
    }),
  };
}

function levelsTable(columns: readonly ColumnDescription[], rows: number): TableText {
  return {
    head: ["column", "missing", "distinct", "most frequent"],
    rows: columns.map((column) => {
      const levels = column.levels ?? [];
      const shown = levels
        .slice(0, SHOWN_LEVELS)
        .map(({ value, share }) => `${clipped(value, VALUE_WIDTH)} ${percent(share)}`);
      const text = `${shown.join(", ")}${levels.length > shown.length ? ", …" : ""}`;
      return [nameOf(column), missingText(column, rows), whole(column.distinct), text];
    }),
  };
}

function textsTable(columns: readonly ColumnDescription[], rows: number): TableText {
  return {
    head: ["column", "missing", "distinct", "such as"],
    rows: columns.map((column) => [
      nameOf(column),
      missingText(column, rows),
      whole(column.distinct),
      (column.examples ?? []).map((text) => clipped(text, EXAMPLE_WIDTH)).join(", "),
    ]),
  };
}

function churnTable({ columns }: TableDescription): TableText {
  const measured = columns.flatMap(({ name, churn, leftOut, kind }) =>
    churn === null || leftOut !== null ? [] : [{ name, churn, kind }],
  );
  const strength = ({ churn }: { churn: ColumnChurn }) => churn.rocAuc ?? (churn.cramersV ?? 0) / 2 + 0.5;
  measured.sort((a, b) => strength(b) - strength(a));
  return {
    head: ["column", "ROC AUC", "p (Holm)", "information", "median churned", "stayed", "churn rates"],
    rows: measured.map(({ name, churn, kind }) => [
      clipped(name, EXAMPLE_WIDTH),
      decimal(churn.rocAuc, 3),
      pText(churn.adjustedPValue),
      decimal(churn.informationValue, 3),
      // The median of a flag says less than its rates.
      kind === "flag" ? "" : centreText(churn.churned),
      kind === "flag" ? "" : centreText(churn.stayed),
      ratesText(churn),
    ]),
  };
}

function pText(pValue: number | null): string {
  if (pValue === null) return "–";
  return pValue < 0.0001 ? "<0.0001" : pValue.toFixed(4);
}

function centreText(centre: Centre<number> | Centre<string> | null): string {
  if (centre === null) return "";
  const { median } = centre;
  return typeof median === "number" ? shownNumber(median) : median;
}

/** `Month-to-month 42.7%, One year 11.3%`; of numbers by quartiles. */
function ratesText({ groups }: ColumnChurn): string {
  const present = groups.filter(({ is }) => is !== "missing").slice(0, SHOWN_LEVELS);
  const missing = groups.filter(({ is }) => is === "missing");
  const rest = groups.length - present.length - missing.length;
  const shown = [...present, ...missing].map(
    ({ name, is, rate }) => `${is === "missing" ? "(missing)" : clipped(name, VALUE_WIDTH)} ${percent(rate)}`,
  );
  return `${shown.join(", ")}${rest > 0 ? ", …" : ""}`;
}

/** Everything that needs a look: how columns were read, leaks, what training leaves out, notes and refuses. */
function oddItems({ columns, leaks, notes, problems }: TableDescription): string[] {
  return [
    ...readingNotes(columns.flatMap((column) => column.notes)).map(itemOf),
    ...leaks.map(({ column, detail }) => `${column}: ${detail}`),
    ...columns.flatMap(({ name, leftOut, role }) =>
      leftOut === null || role !== null ? [] : [`${name}: no feature (${leftOut})`],
    ),
    ...columns.flatMap(({ name, numbers }) =>
      numbers === null || numbers.infinite === 0
        ? []
        : [`${name}: ${count(numbers.infinite, "infinite number")}`],
    ),
    ...notes.map(itemOf),
    ...problems.map(({ hint, path: { function: _, file, ...path }, ...problem }) => {
      const text = describeProblem({ ...problem, path });
      return `training refuses: ${text}`;
    }),
  ];
}

function itemOf({ column, detail }: TrainingNote): string {
  return column === null ? detail : `${column}: ${detail}`;
}

function nameOf({ name }: ColumnDescription): string {
  return clipped(name, EXAMPLE_WIDTH);
}
