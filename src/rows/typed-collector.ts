import type { Problems } from "../errors.js";
import { type ColumnPlan, columnPlans, type ReadingPlan } from "../table/grammar/column-plan.js";
import { utcOf } from "../table/grammar/dates/time-zone.js";
import { finishColumns } from "../table/grammar/finish-columns.js";
import { GrowingFloat64 } from "../table/growing/growing-array.js";
import { numbersColumn } from "../table/numbers-column.js";
import type { Place } from "../table/resolve-column.js";
import { ValueCollector } from "../table/row-collector.js";
import type { Column } from "../table/table.js";

/** A column of a source that has types. */
export interface TypedColumn {
  readonly name: string;
  /** Whether it holds days since 1970-01-01 (UTC). */
  readonly isDate: boolean;
  /** Whether these are times without a zone. */
  readonly isLocal: boolean;
}

/** Gathers columns of a source that has types, row by row; all values of a column decide its kind, as those of row objects do. */
export class TypedCollector {
  private readonly collectors: readonly (DayCollector | PlainCollector)[];
  rowCount = 0;

  constructor(
    columns: readonly TypedColumn[],
    private readonly problems: Problems,
    private readonly place: Place,
  ) {
    this.collectors = columns.map((column) =>
      column.isDate
        ? new DayCollector(column, problems, place)
        : new PlainCollector(column.name, problems, place),
    );
  }

  /** @param value a number, a text, a boolean, a bigint, null for a missing one; of dates the days. */
  put(column: number, row: number, value: unknown): void {
    this.collectors[column].put(row, value);
  }

  finish(plan: ReadingPlan): readonly Column[] {
    const planOf = columnPlans(plan);
    const columns = this.collectors.map((collector) =>
      collector.finish(this.rowCount, planOf(collector.name)),
    );
    return finishColumns(columns, plan, this.problems, this.place);
  }
}

class DayCollector {
  private readonly days = new GrowingFloat64();
  readonly name: string;

  constructor(
    private readonly column: TypedColumn,
    private readonly problems: Problems,
    private readonly place: Place,
  ) {
    this.name = column.name;
  }

  put(_row: number, value: unknown): void {
    this.days.push(typeof value === "number" ? value : Number.NaN);
  }

  finish(_rowCount: number, plan: ColumnPlan): Column {
    const days = this.days.finish();
    const toUtc = this.column.isLocal ? utcOf(plan.grammar) : undefined;
    const values = toUtc === undefined ? days : days.map(toUtc);
    return numbersColumn(this.name, values, true, plan, this.problems, this.place);
  }
}

class PlainCollector {
  private readonly values: ValueCollector;

  constructor(
    readonly name: string,
    problems: Problems,
    place: Place,
  ) {
    this.values = new ValueCollector(name, problems, place);
  }

  put(row: number, value: unknown): void {
    const isSmall = typeof value === "bigint" && Number.isSafeInteger(Number(value));
    this.values.put(row, isSmall ? Number(value) : value);
  }

  finish(rowCount: number, plan: ColumnPlan): Column {
    return this.values.finish(this.name, rowCount, plan);
  }
}
