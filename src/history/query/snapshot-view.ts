import { invalidArgument } from "../../errors.js";
import {
  type FactColumn,
  type FactTableName,
  type HistorySchema,
  standardTable,
} from "../standard-tables.js";
import { observedMonths, type Windows } from "../windows/windows.js";
import type { FactsInView, MonthlyMeasure } from "./facts-in-view.js";
import {
  byMonthSql,
  filledMonthsSql,
  knownDaysSql,
  knownMonthsSql,
  lateMonthsSql,
  layoutOf,
  type MeasureLayout,
  monthsSql,
  zeroMonthsSql,
} from "./measure-layout.js";
import { nameInView } from "./names-in-view.js";
import { type PopulationFigures, populationValues } from "./population.js";
import type { Relation } from "./relation.js";
import { seenFacts } from "./seen-facts.js";

type MonthlyTable = "usage" | "billing";

/** Which facts the view shows. */
export interface ViewOptions {
  /** The public function that errors name. Default `vectorOf`. */
  readonly functionName?: string | undefined;
  readonly windows: readonly Windows[];
  /** A relation of the only subscribers whose facts are read. Default: all subscribers. */
  readonly scope?: string | undefined;
  /** Figures about all subscribers, used instead of computing them. */
  readonly population?: PopulationFigures | undefined;
}

/** Collects the relations that families need, in an order that the statement allows: each after those it uses. */
export class SnapshotView implements FactsInView {
  readonly relations: Relation[] = [];
  /** Names of the relations about all subscribers, by requested name and text. */
  private readonly populations = new Map<string, string>();
  readonly observedMonths: number;
  private readonly asked = {
    usage: new Map<string, MeasureLayout>(),
    billing: new Map<string, MeasureLayout>(),
  };

  constructor(
    private readonly schema: HistorySchema,
    private readonly options: ViewOptions,
  ) {
    this.observedMonths = observedMonths(options.windows);
  }

  get populationNames(): string[] {
    return [...this.populations.values()];
  }

  has(table: FactTableName, column?: string): boolean {
    const columns = this.schema[table];
    return (
      columns !== undefined &&
      (column === undefined || columns.some(({ name, isAbsent }) => name === column && !isAbsent))
    );
  }

  columns(table: FactTableName): readonly FactColumn[] {
    return this.schema[table] ?? [];
  }

  column(table: FactTableName, name: string): string {
    return nameInView(table, this.columns(table), name);
  }

  seen(table: FactTableName): string {
    const sql = seenFacts(table, {
      columns: this.columns(table),
      windows: this.options.windows,
      scope: this.options.scope,
    });
    return this.relation(`seen_${table}`, sql);
  }

  measures(table: MonthlyTable): readonly MonthlyMeasure[] {
    return this.measureNames(table).map((name) => this.measure(table, name));
  }

  measure(table: MonthlyTable, name: string): MonthlyMeasure {
    const asked = this.asked[table];
    if (asked.size === 0) this.addMonths(table);
    const layout = layoutOf(this.column(table, name), this.observedMonths);
    asked.set(name, layout);
    const relation = `${table}_by_month`;
    const column = (own: string) => `${relation}.${own}`;
    return {
      name,
      relation,
      months: layout.months.map(column),
      count: column(layout.count),
      isWhole: `${column(layout.count)} = ${this.observedMonths}`,
      used: column(layout.used),
      recency: column(layout.recency),
      mean: column(layout.mean),
    };
  }

  /** The relations of the measures of a table by month; getters, because the measures are known only when all families have been planned. */
  private addMonths(table: MonthlyTable): void {
    const { observedMonths, relations } = this;
    const seen = this.seen(table);
    const layouts = () => [...this.asked[table].values()];
    const add = (name: string, sql: () => string) => {
      relations.push({
        name,
        get sql() {
          return sql();
        },
      });
      return name;
    };
    const months = add(`${table}_months`, () => monthsSql(seen, layouts(), observedMonths));
    const isUnknown = this.columns(table).some(({ absentMonths }) => absentMonths === "unknown");
    if (isUnknown) {
      add(`${table}_by_month`, () => byMonthSql(months, layouts()));
      return;
    }
    const { relation } = standardTable(table);
    const days = knownDaysSql(relation, this.has(table, "known_at"), this.options.windows);
    const late = lateMonthsSql(this.relation(`${table}_known_days`, days));
    const known = this.population(
      `${table}_months_known`,
      knownMonthsSql(this.relation(`${table}_late_months`, late)),
    );
    const zero = this.relation(`${table}_zero_months`, zeroMonthsSql(known, observedMonths));
    // Of subscribers who have left, bills count in those of their groups.
    const subscribers = table === "billing" ? this.seen("subscribers") : "active";
    const filled = add(`${table}_filled`, () =>
      filledMonthsSql(subscribers, months, zero, layouts(), observedMonths),
    );
    add(`${table}_by_month`, () => byMonthSql(filled, layouts()));
  }

  relation(name: string, sql: string): string {
    const namesakes = this.relations.filter(
      (known) => known.name === name || known.name.startsWith(`${name}_no`),
    );
    const same = namesakes.find((known) => known.sql === sql);
    if (same !== undefined) return same.name;
    const free = namesakes.length === 0 ? name : `${name}_no${namesakes.length + 1}`;
    this.relations.push({ name: free, sql });
    return free;
  }

  population(name: string, sql: string): string {
    const asked = `${name}: ${sql}`;
    const known = this.populations.get(asked);
    if (known !== undefined) return known;
    const added = this.relation(name, sql);
    this.populations.set(asked, added);
    const { population, windows, functionName = "vectorOf" } = this.options;
    if (population === undefined) return added;
    if (!Object.hasOwn(population.relations, added)) {
      const expected = `must hold ${added}: make it with the same features as the vectors`;
      invalidArgument(functionName, "population", expected, Object.keys(population.relations));
    }
    const place = this.relations.findIndex((relation) => relation.name === added);
    this.relations[place] = {
      name: added,
      sql: populationValues(population.relations[added], windows[0].cutoff),
    };
    return added;
  }

  private measureNames(table: MonthlyTable): string[] {
    return this.columns(table)
      .filter(({ kind }) => kind === "number")
      .map(({ name }) => name);
  }
}
