import { count } from "../errors.js";
import { isPath } from "../formats/row-inputs.js";
import { shellWord } from "../printing/shell-word.js";
import type { CellFormat } from "../table/grammar/cell-format.js";
import type { ReadingNote } from "../table/grammar/column-reading.js";
import type { Column, Table } from "../table/table.js";
import type { DescribeOptions, NextStep, TableDescription } from "./description.js";

/** Options by their names in TypeScript; those of reading by column. */
interface StepOptions {
  readonly train?: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly columns?: Readonly<Record<string, string | CellFormat>>;
}

/** So many notes of reading become a step each. */
const MOST_READING_STEPS = 5;
/** Whole numbers with these names, and few values, are probably codes. */
const CODE =
  /code|zip|postal|plz|region|area|district|province|city|channel|型|编码|代码|区域|地区|省|市|渠道/iu;
const MOST_CODES = 100;

/**
 * What to do next, the first thing first.
 * @param words of the command that made the description, which others repeat.
 * @param from how commands name the source. Default: its path, if it has one.
 */
export function nextSteps(
  description: Omit<TableDescription, "next">,
  table: Table,
  options: DescribeOptions,
  words: readonly string[],
  from?: readonly string[],
): NextStep[] {
  const { rows, roles, label, leaks, columns, duplicates } = description;
  const source = description.source !== null && isPath(description.source) ? description.source : null;
  const named = from ?? (source === null ? undefined : [shellWord(source)]);
  if (rows === 0)
    return [{ what: "The table has no rows: is it the right file?", command: null, call: null }];
  const roleOf = (role: string) => roles.find((each) => each.role === role);
  const id = roleOf("id")?.column;
  const certain = leaks.filter(({ is }) => is === "certain").map(({ column }) => column);
  const given = { label: options.label, positive: options.positive, id: options.id };
  const commandOf = (command: string, { train = {}, columns: read = {} }: StepOptions) =>
    named === undefined
      ? null
      : [`holdfast ${command}`, ...named, ...words, ...wordsOf(train), ...wordsOfColumns(read)].join(" ");
  const step = (what: string, command: string, call: string, given: StepOptions): NextStep => ({
    what,
    command: commandOf(command, given),
    call: callOf(call, source, given),
  });

  const steps: NextStep[] = [];
  const asking = table.columns.flatMap(({ reading }) => reading?.notes ?? []).filter(asksForOption);
  for (const note of asking.slice(0, MOST_READING_STEPS)) {
    const read = { [note.column]: formatFor(note) };
    steps.push(
      step(`${note.column}: ${whatOf(note)}`, "describe", "describe", { train: given, columns: read }),
    );
  }
  if (asking.length > MOST_READING_STEPS) {
    const rest = count(asking.length - MOST_READING_STEPS, "further column");
    steps.push({ what: `${rest} of which the notes ask for an option`, command: null, call: null });
  }
  for (const [at, { name, kind, distinct, leftOut }] of columns.entries()) {
    const mayBeCode = kind === "numeric" && distinct > 2 && distinct <= MOST_CODES && CODE.test(name);
    if (!mayBeCode || leftOut !== null || !isOfWholeNumbers(table.columns[at])) continue;
    const what = `${name}: if its numbers are codes, read it as categories`;
    steps.push(step(what, "describe", "describe", { train: given, columns: { [name]: "categorical" } }));
  }
  if (duplicates.rows > 0) {
    const verb = duplicates.rows === 1 ? "equals" : "equal";
    const what = `${count(duplicates.rows, "row")} ${verb} an earlier row in all columns: remove them, unless they are different subscribers`;
    steps.push({ what, command: null, call: null });
  }
  const { label: labelRole, weights } = { label: roleOf("label"), weights: roleOf("weights") };
  if (label === null) {
    const what =
      labelRole === undefined
        ? "Name the column that says who churned"
        : `See what each column says about churn; the label is probably ${labelRole.column}`;
    const withLabel = { ...given, label: labelRole?.column ?? "COLUMN" };
    steps.push(step(what, "describe", "describe", { train: withLabel }));
    if (labelRole === undefined) return steps;
  }
  const doubtful = leaks.filter(({ is }) => is !== "certain").map(({ column }) => column);
  if (doubtful.length > 0) {
    const what = `Was ${doubtful.join(", ")} known before the churn? If not, train without`;
    steps.push(step(what, "train", "train", { train: { ...trainOf(), exclude: [...certain, ...doubtful] } }));
  }
  if (description.problems.length > 0) {
    steps.push({ what: "Mend what training refuses, as said above", command: null, call: null });
  }
  const without = certain.length === 0 ? "" : `, without ${certain.join(", ")}`;
  steps.push(
    step(`Train a model${without}`, "train", "train", { train: { ...trainOf(), ...outOf(source, named) } }),
  );
  if (weights?.by === "guessed") {
    const what = `If ${weights.column} holds weights of the rows, train with them`;
    steps.push(step(what, "train", "train", { train: { ...trainOf(), weights: weights.column } }));
  }
  const cutoff = columns.find(({ role }) => role === "cutoff");
  if (cutoff !== undefined && roleOf("cutoff")?.by === "known" && cutoff.distinct > 2) {
    steps.push(step("Measure what it would have predicted, month after month", "backtest", "backtest", {}));
  }
  return steps;

  function trainOf(): Record<string, string | readonly string[] | undefined> {
    const isKnown = (role: string) => roleOf(role)?.by === "known";
    return {
      label: isKnown("label") ? undefined : (label?.column ?? labelRole?.column),
      positive: options.positive,
      id: isKnown("id") ? undefined : id,
      exclude: certain.length === 0 ? undefined : certain,
    };
  }
}

function isOfWholeNumbers(column: Column): boolean {
  return (
    column.kind === "numeric" &&
    column.values.every((value) => Number.isInteger(value) || Number.isNaN(value))
  );
}

/** Notes of columns that may have been read otherwise than meant. */
function asksForOption({ kind }: ReadingNote): boolean {
  return kind === "odd-cells" || kind === "looks-like";
}

/** The options that a note asks for; the likeliest where there are several. */
function formatFor({ decidedBy: remedy }: ReadingNote): string | CellFormat {
  if (remedy === undefined || "keepMarkersOf" in remedy) return "categorical";
  if ("formats" in remedy) return remedy.formats[0];
  return "marker" in remedy ? { missing: [remedy.marker] } : remedy.kind;
}

function whatOf({ kind, cells, example, decidedBy: remedy }: ReadingNote): string {
  const shown = JSON.stringify(example);
  if (kind === "odd-cells") {
    const others = remedy !== undefined && "kind" in remedy && remedy.kind === "date" ? "dates" : "numbers";
    return `read as words, as ${count(cells, "cell")} (${shown}) ${cells === 1 ? "is" : "are"} no ${others}; if that means missing, say so`;
  }
  return `read as words (${shown}); to read what it looks like, say how it is written`;
}

/** `--label churn --exclude a --exclude b` */
function wordsOf(options: NonNullable<StepOptions["train"]>): string[] {
  return Object.entries(options).flatMap(([name, value]) => {
    const values = value === undefined ? [] : [value].flat();
    return values.map((each) => `${flag(name)} ${shellWord(each)}`);
  });
}

/** `--columns area=categorical`, `--missing fee=unknown` */
function wordsOfColumns(columns: NonNullable<StepOptions["columns"]>): string[] {
  return Object.entries(columns).flatMap(([column, how]) => {
    if (typeof how === "string") return [`${flag("columns")} ${shellWord(`${column}=${how}`)}`];
    return Object.entries(how).flatMap(([name, value]) => {
      if (value === true) return [flag(name)];
      return [value].flat().map((each) => `${flag(name)} ${shellWord(`${column}=${each}`)}`);
    });
  });
}

/** An option of the command line by its name in TypeScript. */
function flag(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

const CALLS: Readonly<Record<string, string>> = {
  describe: "describeTable",
  train: "await trainChurnModel",
  backtest: "await backtest",
};

function callOf(name: string, source: string | null, { train = {}, columns }: StepOptions): string | null {
  // A file is written by `model.save`.
  const { out, ...options } = train;
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const shown = given.length === 0 ? "" : `, ${objectText(Object.fromEntries(given))}`;
  const table =
    columns === undefined
      ? "table"
      : `await readTable(${source === null ? "source" : JSON.stringify(source)}, ${objectText({ columns })})`;
  return `${CALLS[name]}(${table}${shown})`;
}

/** As one writes an object: names without quotes where they need none. */
function objectText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(objectText).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, each]) => {
    const shown = /^[A-Za-z_$][\w$]*$/u.test(name) ? name : JSON.stringify(name);
    return `${shown}: ${objectText(each)}`;
  });
  return `{ ${members.join(", ")} }`;
}

/** The model beside the file, or rather where the command runs. */
function outOf(source: string | null, from: readonly string[] | undefined): { out?: string } {
  if (from === undefined) return {};
  if (source === null) return { out: "churn.model.json" };
  const name = source
    .replace(/^.*[\\/]/u, "")
    .replace(/\.(csv|tsv|parquet|json|ndjson|arrow|feather|ipc|txt)(\.gz)?$/iu, "");
  return { out: `${name}.model.json` };
}
