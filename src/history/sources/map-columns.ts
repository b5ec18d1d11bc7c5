import { optionText, type Problem, type ProblemPath, type Problems } from "../../errors.js";
import { didYouMean, nearestName } from "../../nearest-name.js";
import { columnName } from "../../table/column-name.js";
import { type CellFormat, formatOfKind, givenFormat } from "../../table/grammar/cell-format.js";
import { ALWAYS_THERE, type FactKind, type StandardTable } from "../standard-tables.js";
import { type FoundSource, OPENED_BY, type WantedColumns } from "./fact-source.js";

/** A column to be read: its standard name, and its name in the source. */
export interface MappedColumn {
  readonly name: string;
  /** Left out where the source has no such column, which is then NULL in every row. */
  readonly own?: string;
  /** Left out for attributes, whose kind is found from their type. */
  readonly kind?: FactKind;
  readonly isRequired: boolean;
  /** Whether it must be read, because it is a standard column or was mapped. Others may be skipped. */
  readonly isAsked: boolean;
  /** How its cells are written, where that is said. */
  readonly format?: CellFormat;
}

/** How many names an error lists. */
const NAMES_SHOWN = 30;

/** The source's names of columns and how their cells are written, by standard name. */
export interface ColumnMapping {
  /** Standard name → own name. */
  readonly names: Readonly<Record<string, string>>;
  /** How the cells of a column are written, by its standard and its own name. */
  formatOf(name: string, own: string): CellFormat | undefined;
}

/**
 * Finds the columns of a standard table in a source, by the mapping or else by their standard names. A required column
 * that is missing, and a mapping to a column that does not exist, is a problem.
 */
export function mapColumns(
  table: StandardTable,
  { label, names }: Pick<FoundSource, "label" | "names">,
  { names: mapping, formatOf }: ColumnMapping,
  problems: Problems,
  excluded: ReadonlySet<string> = new Set(),
): MappedColumn[] {
  const place = { function: OPENED_BY, file: label, argument: table.name };
  const standardNames = table.columns.map(({ name }) => name);
  const hasOthers = table.otherColumns !== "ignored";
  checkMapping(mapping, names.map(columnName), standardNames, hasOthers, place, problems);
  // Files that are read in place have names as they were written, composed or not.
  const writtenOf = new Map(names.map((name) => [columnName(name), name]));
  const ownOf = (name: string) => {
    const own = Object.hasOwn(mapping, name) ? mapping[name] : name;
    return writtenOf.get(own) ?? own;
  };

  const columns: MappedColumn[] = [];
  for (const { name, kind, isRequired } of table.columns) {
    const own = ownOf(name);
    if (names.includes(own)) columns.push({ name, own, kind, isRequired, isAsked: true });
    else if (isRequired ? names.length === 0 : ALWAYS_THERE.has(name) && !Object.hasOwn(mapping, name)) {
      columns.push({ name, kind, isRequired, isAsked: true });
    } else if (isRequired && !Object.hasOwn(mapping, name)) {
      problems.add({
        code: "data.missing-column",
        path: { ...place, column: name },
        expected: `must be there, or be mapped to one of ${listed(names)}`,
        received: undefined,
        hint: excluded.has(name)
          ? `it is excluded: take it out of ${optionText("exclude", [name])}`
          : `name its column: ${optionText("columns", { [name]: nearestName(name, names) ?? "the source's name" })}`,
      });
    }
  }
  if (hasOthers) {
    const kind = table.otherColumns === "measures" ? { kind: "number" as const } : {};
    const used = new Set([...columns.map(({ own }) => own), ...Object.keys(mapping).map(ownOf)]);
    for (const name of Object.keys(mapping)) {
      if (standardNames.includes(name) || !names.includes(ownOf(name))) continue;
      columns.push({ name, own: ownOf(name), ...kind, isRequired: false, isAsked: true });
    }
    for (const name of names) {
      if (used.has(name)) continue;
      columns.push({ name: columnName(name), own: name, ...kind, isRequired: false, isAsked: false });
    }
  }
  checkDistinct(columns, place, problems);
  const { about } = table;
  const isThere = (name: string) =>
    columns.some((column) => column.name === name && column.own !== undefined);
  if (names.length > 0 && about.length > 1 && !about.some(isThere)) {
    const expected = `must be there, or ${about.slice(1).join(" or ")}; there are ${listed(names)}`;
    const path = { ...place, column: about[0] };
    problems.add({ code: "data.missing-column", path, expected, received: undefined });
  }
  return columns.map((column) => {
    const format = column.own === undefined ? undefined : formatOf(column.name, columnName(column.own));
    return format === undefined ? column : { ...column, format };
  });
}

/** The columns to read from a source: ids, texts and dates as they are written, and all cells that have some format. */
export function wantedOf(columns: readonly MappedColumn[]): WantedColumns {
  const asText = new Set<string>();
  const names = new Set<string>();
  for (const { own, kind, format } of columns) {
    if (own === undefined) continue;
    names.add(own);
    // Cells that are written in some format are read by the one reader of texts, those of attributes too.
    const isPlainNumber = kind === "number" && formatOfKind(format, "numeric") === undefined;
    const isPlainAttribute = kind === undefined && !hasFormat(format);
    if (!isPlainNumber && !isPlainAttribute) asText.add(own);
  }
  return { names: [...names], asText };
}

/** Whether it is said how cells are written; a zone alone does not. */
function hasFormat(format: CellFormat | undefined): boolean {
  const { timeZone: _, ...rest } = format ?? {};
  return givenFormat(rest) !== undefined;
}

function checkMapping(
  mapping: Readonly<Record<string, string>>,
  names: readonly string[],
  standardNames: readonly string[],
  hasOthers: boolean,
  place: ProblemPath,
  problems: Problems,
): void {
  const withHint = (problem: Problem, hint: string | undefined) =>
    problems.add({ ...problem, ...(hint === undefined ? {} : { hint }) });
  for (const [name, own] of Object.entries(mapping)) {
    const isSwapped = !standardNames.includes(name) && standardNames.includes(own) && names.includes(name);
    const swappedHint = isSwapped
      ? `the standard name comes first: ${optionText("columns", { [own]: name })}`
      : undefined;
    if (!hasOthers && !standardNames.includes(name)) {
      const problem: Problem = {
        code: "argument.invalid",
        path: { function: OPENED_BY, argument: `${place.argument}.columns` },
        expected: `must map one of ${listed(standardNames)}`,
        received: name,
      };
      withHint(problem, swappedHint ?? didYouMean(name, standardNames));
    } else if (!names.includes(own)) {
      const problem: Problem = {
        code: "data.missing-column",
        path: { ...place, column: own },
        expected: `must be there, as ${name} is mapped to it; there are ${listed(names)}`,
        received: undefined,
      };
      withHint(problem, swappedHint ?? didYouMean(own, names));
    }
  }
}

/** SQL does not distinguish names that differ only in case. */
function checkDistinct(columns: readonly MappedColumn[], place: ProblemPath, problems: Problems): void {
  const firstOf = new Map<string, string>();
  for (const { name } of columns) {
    const first = firstOf.get(name.toLowerCase());
    if (first === undefined) firstOf.set(name.toLowerCase(), name);
    else {
      const expected = `must differ from ${JSON.stringify(first)} in more than case`;
      problems.add({
        code: "data.duplicate-column",
        path: { ...place, column: name },
        expected,
        received: undefined,
      });
    }
  }
}

function listed(names: readonly string[]): string {
  if (names.length === 0) return "no columns";
  const rest = names.length > NAMES_SHOWN ? `, … (${names.length} in all)` : "";
  return `${names.slice(0, NAMES_SHOWN).join(", ")}${rest}`;
}
