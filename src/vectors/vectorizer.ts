import { checkOptions, checkTexts, type OptionNames } from "../arguments.js";
import { HoldfastError, invalidArgument, Problems } from "../errors.js";
import { castColumn } from "../table/cast.js";
import { checkTable } from "../table/check-table.js";
import type { Place } from "../table/resolve-column.js";
import { type CategoricalColumn, type Column, findColumn, placeOf, type Table } from "../table/table.js";
import { byName, inOrder } from "./by-name.js";
import { categoryCodes } from "./category-codes.js";
import { type LeftOutColumn, MINIMUM_ROWS_PER_LEVEL, reasonToLeaveOut } from "./column-roles/features.js";
import { seenIn } from "./seen-numbers.js";
import { findTotals, type Total, totalAt } from "./totals.js";
import type { CategoricalFeature, Feature, NumericFeature, Vectors } from "./vectors.js";

/** Levels a feature keeps, by count; with *other* and *missing* they fit the 256 bins of a byte. */
const MOST_LEVELS = 254;

/** One input column as the model expects it. */
export type InputColumn = NumericInput | CategoricalInput;

/** A numeric or date column that a model reads. */
export interface NumericInput {
  readonly name: string;
  readonly kind: "numeric" | "date";
  /** Whether training rows had missing values here. */
  readonly missingSeen: boolean;
  /** The least and the greatest value in training, dates as days since 1970-01-01; absent in models of older versions. */
  readonly range?: readonly [low: number, high: number];
  /** Present where all training values were 0 or 1, and both occurred. */
  readonly isFlag?: true;
}

/** A categorical column that a model reads. */
export interface CategoricalInput {
  readonly name: string;
  readonly kind: "categorical";
  readonly missingSeen: boolean;
  /** Categories with a separate code, by their code units; by first appearance in models of older versions. */
  readonly levels: readonly string[];
  /** Categories seen in training that are joined into *other*. */
  readonly rareLevels: readonly string[];
}

/** Category values that training never saw, by column; they are scored as *other*. */
export interface UnseenCategories {
  readonly column: string;
  readonly rows: number;
  /** Up to ten of them. */
  readonly examples: readonly string[];
}

/** Options of `Vectorizer.fit`. */
export interface FitVectorizerOptions {
  /** Columns that are no features (label, id, weights …), each with the reason that the report gives. */
  readonly exclude?: ReadonlyMap<string, string>;
  /** Columns that are features although they look like ids, where they can be features. Default: none. */
  readonly include?: readonly string[];
  /** Adds up parts of one whole, as {@link findTotals} recognises them. Default false. */
  readonly totals?: boolean;
  /** Columns that may be part of no total. Default: none. */
  readonly noParts?: readonly string[];
}

/**
 * Turns tables into {@link Vectors}. Fitted on training rows only, without labels. Columns and levels are in the order of their
 * names, so that a model does not depend on the order of columns, nor on which category comes first.
 *
 * One policy for categories: a missing value keeps the code −1; a category that was rare in training, or that
 * training never saw, is *other*.
 */
export class Vectorizer {
  constructor(
    readonly columns: readonly InputColumn[],
    /** Features after those of the columns: sums of some of them. */
    readonly totals: readonly Total[] = [],
  ) {
    if (Array.isArray(columns)) return;
    const hint = "Vectorizer.fit(table).vectorizer learns them from a table";
    invalidArgument("Vectorizer", "columns", "must be a list of input columns", columns, hint);
  }

  /**
   * Learns which columns are features and which categories they have.
   * @throws HoldfastError when a value is infinite or no column can be a feature.
   */
  static fit(
    table: Table,
    options: FitVectorizerOptions = {},
  ): { vectorizer: Vectorizer; leftOut: LeftOutColumn[] } {
    checkTable("Vectorizer.fit", "table", table);
    checkFitOptions(options);
    const columns: InputColumn[] = [];
    const leftOut: LeftOutColumn[] = [];
    const problems = new Problems();
    for (const column of byName(table.columns)) {
      const excluded = options.exclude?.get(column.name);
      if (excluded === undefined)
        reportInfinite(column, problems, { function: "Vectorizer.fit", ...placeOf(table) });
      let reason = excluded ?? reasonToLeaveOut(column, options.include?.includes(column.name));
      if (reason === undefined) {
        const input = inputColumnOf(column);
        reason = reasonOfLevels(input);
        if (reason === undefined) columns.push(input);
      }
      if (reason !== undefined) leftOut.push({ name: column.name, reason });
    }
    problems.throwIfAny();
    if (columns.length === 0) {
      throw new HoldfastError({
        code: "data.no-feature",
        path: { function: "Vectorizer.fit", ...placeOf(table) },
        expected: "must have a column that can be a feature",
        received: leftOut.map(({ name, reason }) => `${name}: ${reason}`),
      });
    }
    const vectorizer = new Vectorizer(columns);
    if (options.totals !== true) return { vectorizer, leftOut };
    const numbers = columns.flatMap(({ name, kind }, position) => {
      const column = findColumn(table, name);
      if (kind !== "numeric" || column?.kind !== "numeric" || options.noParts?.includes(name)) return [];
      return [{ position, name, values: column.values }];
    });
    return { vectorizer: new Vectorizer(columns, findTotals(numbers)), leftOut };
  }

  /**
   * The table's rows as vectors; further columns are ignored.
   * @param problems the caller's problems with the table so far, to be thrown together.
   * @param isChecked whether numbers are known not to be infinite.
   * @throws HoldfastError with all problems: a column is missing, a value can't be read as the column's kind or is
   * infinite.
   */
  transform(table: Table, problems?: Problems, isChecked = false): Vectors {
    checkTable(TRANSFORM, "table", table);
    // A caller that collects problems says itself where they are.
    const place = { ...(problems === undefined ? { function: TRANSFORM } : {}), ...placeOf(table) };
    const found = problems ?? new Problems();
    const features: Feature[] = [];
    for (const input of this.columns) {
      const given = findColumn(table, input.name);
      if (given === undefined) found.add(missingColumn(input, place));
      else {
        const column = castColumn(given, input.kind, found, place);
        // Casting reports the infinite numbers that it reads from text.
        if (column === given && !isChecked) reportInfinite(column, found, place);
        features.push(featureOf(column, input));
      }
    }
    found.throwIfAny();
    for (const { name, of } of this.totals) {
      const parts = of.map((position) => (features[position] as NumericFeature).values);
      const values = Float64Array.from({ length: table.rowCount }, (_, row) => totalAt(parts, row));
      features.push({ kind: "numeric", name, values });
    }
    return { rowCount: table.rowCount, features };
  }

  /** What the table holds that training never saw. */
  unseenCategories(table: Table): UnseenCategories[] {
    checkTable("Vectorizer.unseenCategories", "table", table);
    const unseen: UnseenCategories[] = [];
    for (const input of this.columns) {
      const found = findColumn(table, input.name);
      if (input.kind !== "categorical" || found === undefined) continue;
      const column = castColumn(found, "categorical", new Problems(), placeOf(table)) as CategoricalColumn;
      const known = [...input.levels, ...input.rareLevels];
      const codeOf = categoryCodes(known);
      const isUnseen = column.categories.map((category) => codeOf(category) === known.length);
      if (!isUnseen.includes(true)) continue;
      let rows = 0;
      for (const code of column.codes) if (code >= 0 && isUnseen[code]) rows++;
      if (rows > 0) {
        const examples = column.categories.filter((_, code) => isUnseen[code]).slice(0, 10);
        unseen.push({ column: input.name, rows, examples });
      }
    }
    return unseen;
  }
}

const TRANSFORM = "Vectorizer.transform";

const FIT_OPTIONS: OptionNames<FitVectorizerOptions> = {
  exclude: "optional",
  include: "optional",
  totals: "optional",
  noParts: "optional",
};

function checkFitOptions(options: FitVectorizerOptions): void {
  checkOptions("Vectorizer.fit", options, FIT_OPTIONS);
  const { exclude, include, noParts } = options;
  if (exclude !== undefined && typeof exclude.get !== "function") {
    const [name] = [exclude].flat() as readonly unknown[];
    const shown = JSON.stringify(typeof name === "string" ? name : "churned");
    const expected = "must be a map from names of columns to reasons";
    invalidArgument("Vectorizer.fit", "exclude", expected, exclude, `write new Map([[${shown}, "label"]])`);
  }
  if (include !== undefined) checkTexts("Vectorizer.fit", "include", include);
  if (noParts !== undefined) checkTexts("Vectorizer.fit", "noParts", noParts);
}

export function missingColumn(input: InputColumn, place: Place = {}) {
  return {
    code: "data.missing-column",
    path: { ...place, column: input.name },
    expected: `must be there: the model was trained with this ${input.kind} column`,
    received: undefined,
  } as const;
}

/** Where every category is rare and no value is missing, all rows are *other*. */
function reasonOfLevels(input: InputColumn): string | undefined {
  const isUninformative = input.kind === "categorical" && input.levels.length === 0 && !input.missingSeen;
  return isUninformative ? `no category in ${MINIMUM_ROWS_PER_LEVEL} rows or more` : undefined;
}

function inputColumnOf(column: Column): InputColumn {
  if (column.kind !== "categorical") {
    const isDate = column.kind === "numeric" && column.isDate === true;
    const { values } = column as NumericFeature;
    return { name: column.name, kind: isDate ? "date" : "numeric", ...seenIn(values, isDate) };
  }
  const counts = new Int32Array(column.categories.length);
  let missingSeen = false;
  for (const code of column.codes) {
    if (code < 0) missingSeen = true;
    else counts[code]++;
  }
  const isBefore = (a: number, b: number) => column.categories[a] < column.categories[b];
  const kept = new Set(
    [...counts.keys()]
      .filter((code) => counts[code] >= MINIMUM_ROWS_PER_LEVEL)
      .sort((a, b) => counts[b] - counts[a] || (isBefore(a, b) ? -1 : 1))
      .slice(0, MOST_LEVELS),
  );
  return {
    name: column.name,
    kind: "categorical",
    missingSeen,
    levels: inOrder(column.categories.filter((_, code) => kept.has(code))),
    rareLevels: inOrder(column.categories.filter((_, code) => !kept.has(code) && counts[code] > 0)),
  };
}

function featureOf(column: Column, input: InputColumn): Feature {
  if (input.kind !== "categorical") {
    return { kind: "numeric", name: input.name, values: (column as NumericFeature).values };
  }
  const { categories, codes } = column as CategoricalColumn;
  const translation = Int32Array.from(categories, categoryCodes(input.levels));
  return {
    kind: "categorical",
    name: input.name,
    codes: codes.map((code) => (code < 0 ? -1 : translation[code])),
    levels: input.levels,
  } satisfies CategoricalFeature;
}

function reportInfinite(column: Column, problems: Problems, place: Place): void {
  if (column.kind !== "numeric") return;
  for (let row = 0; row < column.values.length; row++) {
    const value = column.values[row];
    if (value - value !== 0 && !Number.isNaN(value)) {
      problems.add({
        code: "data.not-finite",
        path: { ...place, column: column.name, row: row + 1 },
        expected: "must be finite",
        received: value,
      });
    }
  }
}
