import { checkOptions, checkTexts, type OptionNames } from "../arguments.js";
import { HoldfastError, invalidArgument, Problems } from "../errors.js";
import { castColumn } from "../table/cast.js";
import { checkTable } from "../table/check-table.js";
import { formatOfKind } from "../table/grammar/cell-format.js";
import type { CellGrammar } from "../table/grammar/cell-grammar.js";
import type { Place } from "../table/resolve-column.js";
import { type CategoricalColumn, type Column, findColumn, placeOf, type Table } from "../table/table.js";
import { byName, inOrder } from "./by-name.js";
import type { CategoryReader } from "./category-codes.js";
import { type LeftOutColumn, MINIMUM_ROWS_PER_LEVEL, reasonToLeaveOut } from "./column-roles/features.js";
import type { CategoricalInput, InputColumn } from "./input-column.js";
import { grammarOfInput, readerOfInput } from "./input-reader.js";
import { seenIn } from "./seen-numbers.js";
import { findTotals, type Total, totalAt } from "./totals.js";
import type { CategoricalFeature, Feature, NumericFeature, Vectors } from "./vectors.js";

export type { CategoricalInput, InputColumn, NumericInput } from "./input-column.js";

/** Levels a feature keeps, by count; with *other* and *missing* they fit the 256 bins of a byte. */
const MOST_LEVELS = 254;

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
  private readonly grammars = new Map<InputColumn, CellGrammar>();
  private readonly readers = new Map<CategoricalInput, CategoryReader>();

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
    const columns = columnsByName(table);
    for (const input of this.columns) {
      const given = columns.get(input.name);
      if (given === undefined) found.add(missingColumn(input, place));
      else {
        const column = castColumn(given, input.kind, found, place, this.grammarOf(input));
        // Casting reports the infinite numbers that it reads from text.
        if (column === given && !isChecked) reportInfinite(column, found, place);
        features.push(this.featureOf(column, input));
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

  /** What the table holds that training never saw. @param weights of its rows, which are then counted by them. */
  unseenCategories(table: Table, weights?: ArrayLike<number>): UnseenCategories[] {
    checkTable("Vectorizer.unseenCategories", "table", table);
    const unseen: UnseenCategories[] = [];
    const columns = columnsByName(table);
    for (const input of this.columns) {
      const found = columns.get(input.name);
      if (input.kind !== "categorical" || found === undefined) continue;
      const grammar = this.grammarOf(input);
      const cast = castColumn(found, "categorical", new Problems(), placeOf(table), grammar);
      const column = cast as CategoricalColumn;
      const isUnseen = column.categories.map(this.readerOf(input).isUnseen);
      if (!isUnseen.includes(true)) continue;
      let rows = 0;
      column.codes.forEach((code, row) => {
        if (code >= 0 && isUnseen[code]) rows += weights === undefined ? 1 : weights[row];
      });
      if (rows > 0) {
        const examples = column.categories.filter((_, code) => isUnseen[code]).slice(0, 10);
        unseen.push({ column: input.name, rows, examples });
      }
    }
    return unseen;
  }

  private featureOf(column: Column, input: InputColumn): Feature {
    if (input.kind !== "categorical") {
      return { kind: "numeric", name: input.name, values: (column as NumericFeature).values };
    }
    const { categories, codes } = column as CategoricalColumn;
    const translation = Int32Array.from(categories, this.readerOf(input).codeOf);
    return {
      kind: "categorical",
      name: input.name,
      codes: codes.map((code) => (code < 0 ? -1 : translation[code])),
      levels: input.levels,
    } satisfies CategoricalFeature;
  }

  private grammarOf(input: InputColumn): CellGrammar {
    return remembered(this.grammars, input, grammarOfInput);
  }

  private readerOf(input: CategoricalInput): CategoryReader {
    return remembered(this.readers, input, readerOfInput);
  }
}

/** To find many columns in one pass. */
function columnsByName({ columns }: Table): ReadonlyMap<string, Column> {
  return new Map(columns.map((column) => [column.name, column]));
}

/** Compiled once for each input. */
function remembered<Key, Value>(known: Map<Key, Value>, key: Key, make: (key: Key) => Value): Value {
  const found = known.get(key) ?? make(key);
  known.set(key, found);
  return found;
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
    const kind = isDate ? "date" : "numeric";
    return { name: column.name, kind, ...seenIn(values, isDate), ...keptReading(column, kind) };
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
    ...keptReading(column, "categorical"),
    levels: inOrder(column.categories.filter((_, code) => kept.has(code))),
    rareLevels: inOrder(column.categories.filter((_, code) => !kept.has(code) && counts[code] > 0)),
  };
}

/** What of a column's format says how further cells of its kind are read. */
function keptReading({ reading }: Column, kind: InputColumn["kind"]): Pick<InputColumn, "reading"> {
  const format = formatOfKind(reading?.format, kind);
  return format === undefined ? {} : { reading: format };
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
