import { optionText, type Problems } from "../errors.js";
import { columnName } from "./column-name.js";
import { checkColumnNames, checkDeclaredColumns, readColumns } from "./column-names.js";
import { daysOf, formatDate } from "./dates.js";
import { type ColumnPlan, columnPlans, type ReadingPlan } from "./grammar/column-plan.js";
import { finishColumns } from "./grammar/finish-columns.js";
import { GrowingFloat64, GrowingInt32 } from "./growing/growing-array.js";
import { numbersColumn } from "./numbers-column.js";
import { type Place, resolveColumn } from "./resolve-column.js";
import type { Column } from "./table.js";

/** Turns row objects into columns; where a row does not have a key, its value is missing. */
export class RowCollector {
  private readonly collectors = new Map<string, ValueCollector>();
  /** Keys that are not read. */
  private readonly leftOut = new Set<string>();
  rowCount = 0;

  constructor(
    private readonly problems: Problems,
    private readonly place: Place,
    /** Names of columns that are not read; undefined where the caller has no option to name some. */
    private readonly exclude?: readonly string[],
    /** Whether an invalid `Date` is a missing value, as in data frames (NaT), and not a problem. */
    private readonly invalidDatesAreMissing = false,
  ) {}

  add(row: unknown): void {
    const index = this.rowCount++;
    if (typeof row !== "object" || row === null || Array.isArray(row)) {
      const path = { ...this.place, row: index + 1 };
      this.problems.add({ code: "data.malformed", path, expected: "must be an object", received: row });
      return;
    }
    for (const [name, value] of Object.entries(row)) {
      let collector = this.collectors.get(name);
      if (collector === undefined) {
        if (this.isLeftOut(name)) continue;
        const { problems, place, invalidDatesAreMissing } = this;
        const mayExclude = this.exclude !== undefined;
        collector = new ValueCollector(name, problems, place, { mayExclude, invalidDatesAreMissing });
        this.collectors.set(name, collector);
      }
      collector.put(index, value);
    }
  }

  private isLeftOut(name: string): boolean {
    if (this.leftOut.has(name)) return true;
    if (!this.exclude?.includes(columnName(name))) return false;
    this.leftOut.add(name);
    return true;
  }

  /** The columns, in the order in which their names first appeared. */
  finish(plan: ReadingPlan): readonly Column[] {
    const { problems, place } = this;
    // Of rows that could not be read, not all names are known.
    const areAllKnown = problems.count === 0;
    const names = checkColumnNames([...this.collectors.keys()], problems, place);
    const all = [...names, ...[...this.leftOut].map(columnName)];
    checkDeclaredColumns(plan.columns ?? {}, all, problems, place);
    if (areAllKnown) readColumns(all, this.exclude, problems, place);
    const planOf = columnPlans(plan);
    const columns = [...this.collectors.values()].map((collector, i) =>
      collector.finish(names[i], this.rowCount, planOf(names[i])),
    );
    return finishColumns(columns, plan, this.problems, this.place);
  }
}

/** One column of computed values, whose kind is decided as in a table of row objects; numbers stay numbers. @param values one per row. */
export function collectColumn(
  name: string,
  values: ArrayLike<unknown>,
  plan: ColumnPlan,
  problems: Problems,
  place: Place,
): Column {
  const collector = new ValueCollector(name, problems, place);
  for (let row = 0; row < values.length; row++) collector.put(row, values[row]);
  const areNumbers = plan.kind === undefined && !collector.hasTexts;
  return collector.finish(name, values.length, areNumbers ? { ...plan, kind: "numeric" } : plan);
}

/** What {@link ValueCollector} does with values that are no cells. */
export interface ValueRules {
  /** Whether the caller can leave the column out by an option `exclude`. Default false. */
  readonly mayExclude?: boolean;
  /** Default: an invalid `Date` is a problem. */
  readonly invalidDatesAreMissing?: boolean;
}

/** One column of values: numbers as long as there is nothing else, then texts. */
export class ValueCollector {
  private readonly numbers = new GrowingFloat64();
  private readonly codes = new GrowingInt32();
  private readonly texts: string[] = [];
  private readonly codeOf = new Map<string, number>();
  /** What a text was given as, by its code, where that is no text. */
  private readonly givenAs = new Map<number, "number" | "date">();
  private isText = false;

  get hasTexts(): boolean {
    return this.isText;
  }

  constructor(
    private readonly name: string,
    private readonly problems: Problems,
    private readonly place: Place,
    private readonly rules: ValueRules = {},
  ) {}

  put(index: number, value: unknown): void {
    if (value === null || value === undefined) return;
    if (this.rules.invalidDatesAreMissing === true && isInvalidDate(value)) return;
    this.pad(index);
    if (typeof value === "number") {
      const isNumber = Number.isFinite(value);
      if (!isNumber && !Number.isNaN(value)) this.report("data.not-finite", "must be finite", value, index);
      if (this.isText) this.pushText(isNumber ? String(value) : undefined, "number");
      else this.numbers.push(isNumber ? value : Number.NaN);
      return;
    }
    const text = this.textOf(value, index);
    if (!this.isText) this.turnToText();
    this.pushText(text, value instanceof Date ? "date" : undefined);
  }

  finish(name: string, rowCount: number, plan: ColumnPlan): Column {
    const { problems, place } = this;
    this.pad(rowCount);
    const isNumeric = plan.kind === undefined || plan.kind === "numeric";
    if (!this.isText && isNumeric)
      return numbersColumn(name, this.numbers.finish(), false, plan, problems, place);
    if (!this.isText) this.turnToText();
    const coded = { name, texts: this.textsIn(plan), codes: this.codes.finish() };
    return resolveColumn(coded, plan, problems, place);
  }

  /**
   * The texts, those of numbers and dates in a form that says the same in a column of another form: 1.431 beside decimal
   * commas is no 1,431, and a `Date` has no order of day and month.
   */
  private textsIn({ kind, grammar }: ColumnPlan): readonly string[] {
    const { decimal, dateFormat } = grammar.format ?? {};
    const hasComma = decimal === "," && (kind === undefined || kind === "numeric");
    const hasForm = dateFormat !== undefined && (kind === undefined || kind === "date");
    if (!hasComma && !hasForm) return this.texts;
    return this.texts.map((text, code) => {
      const given = this.givenAs.get(code);
      if (given === "number" && hasComma) return text.replace(".", ",");
      return given === "date" && hasForm && !text.includes("T") ? `${text}T00:00:00Z` : text;
    });
  }

  private textOf(value: unknown, index: number): string | undefined {
    if (typeof value === "string") return value;
    if (typeof value === "boolean" || typeof value === "bigint") return String(value);
    if (value instanceof Date && !Number.isNaN(value.getTime())) return formatDate(daysOf(value));
    const expected = "must be a number, text, boolean, bigint, date or null";
    this.report("data.wrong-type", expected, typeof value === "function" ? "a function" : value, index);
    return undefined;
  }

  private report(
    code: "data.not-finite" | "data.wrong-type",
    expected: string,
    received: unknown,
    index: number,
  ): void {
    const isNested = this.rules.mayExclude === true && typeof received === "object";
    this.problems.add({
      code,
      path: { ...this.place, column: this.name, row: index + 1 },
      expected,
      received,
      ...(isNested ? { hint: `leave the column out: ${optionText("exclude", [this.name])}` } : {}),
    });
  }

  private pad(length: number): void {
    if (this.isText) while (this.codes.length < length) this.codes.push(-1);
    else while (this.numbers.length < length) this.numbers.push(Number.NaN);
  }

  private turnToText(): void {
    this.isText = true;
    for (const value of this.numbers.finish())
      this.pushText(Number.isNaN(value) ? undefined : String(value), "number");
  }

  private pushText(text: string | undefined, given?: "number" | "date"): void {
    if (text === undefined) {
      this.codes.push(-1);
      return;
    }
    // A whole number is written in one way.
    const isOther = given === "date" || (given === "number" && text.includes("."));
    const key = isOther ? `${given} ${text}` : text;
    let code = this.codeOf.get(key);
    if (code === undefined) {
      code = this.texts.push(text) - 1;
      this.codeOf.set(key, code);
      if (isOther) this.givenAs.set(code, given);
    }
    this.codes.push(code);
  }
}

function isInvalidDate(value: unknown): boolean {
  return value instanceof Date && Number.isNaN(value.getTime());
}
