import { quoteIdentifier } from "../../table/duckdb.js";
import type { FactColumn, FactTableName, HistorySchema } from "../standard-tables.js";
import { observedMonths, type Windows } from "../windows/windows.js";
import { countOf, meanOf } from "./expressions.js";
import type { FactsInView, MonthlyMeasure } from "./facts-in-view.js";
import { type PopulationFigures, populationValues } from "./population.js";
import type { Relation } from "./relation.js";
import { seenFacts } from "./seen-facts.js";

type MonthlyTable = "usage" | "billing";

/** What is asked of the facts besides their schema. */
export interface ViewOptions {
  readonly windows: readonly Windows[];
  /** Relation of the only subscribers whose facts are read. */
  readonly scope?: string | undefined;
  /** Figures about all subscribers, taken as given instead of computed. */
  readonly population?: PopulationFigures | undefined;
}

/** Collects the relations that families ask for, in the order in which they may stand in the statement. */
export class SnapshotView implements FactsInView {
  readonly relations: Relation[] = [];
  /** Names of the relations about all subscribers. */
  readonly populationNames: string[] = [];
  readonly observedMonths: number;

  constructor(
    private readonly schema: HistorySchema,
    private readonly options: ViewOptions,
  ) {
    this.observedMonths = observedMonths(options.windows);
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

  seen(table: FactTableName): string {
    const sql = seenFacts(table, { columns: this.columns(table), scope: this.options.scope });
    return this.relation(`seen_${table}`, sql);
  }

  measures(table: MonthlyTable): readonly MonthlyMeasure[] {
    const names = this.columns(table).filter(({ kind }) => kind === "number");
    return names.map(({ name }) => this.measure(table, name));
  }

  measure(table: MonthlyTable, name: string): MonthlyMeasure {
    this.laidOut(table);
    const relation = `${table}_by_month`;
    const index = this.measureNames(table).indexOf(name);
    const column = (suffix: string) =>
      `${relation}.${quoteIdentifier(`${internalName(name, index)}_${suffix}`)}`;
    return {
      name,
      relation,
      months: Array.from({ length: this.observedMonths }, (_, k) => column(String(k + 1))),
      count: column("count"),
      mean: column("mean"),
    };
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
    const given = this.options.population?.relations[name];
    const added = this.relation(
      name,
      given === undefined ? sql : populationValues(given, this.options.windows[0].cutoff),
    );
    if (!this.populationNames.includes(added)) this.populationNames.push(added);
    return added;
  }

  private measureNames(table: MonthlyTable): string[] {
    return this.columns(table)
      .filter(({ kind }) => kind === "number")
      .map(({ name }) => name);
  }

  /** One row per subscriber and cutoff, one column per measure and month; then counts and means beside them. */
  private laidOut(table: MonthlyTable): void {
    const seen = this.seen(table);
    const names = this.measureNames(table).map((name, index) => ({ name, stem: internalName(name, index) }));
    const months = Array.from({ length: this.observedMonths }, (_, k) => k + 1);
    const cells = names.flatMap(({ name, stem }) =>
      months.map(
        (ago) =>
          `max(CASE WHEN months_ago = ${ago} THEN ${quoteIdentifier(name)} END) AS ${quoteIdentifier(`${stem}_${ago}`)}`,
      ),
    );
    this.relation(
      `${table}_months`,
      `SELECT ${["subscriber_id", "cutoff", ...cells].join(",\n  ")}\nFROM ${seen}\nGROUP BY subscriber_id, cutoff`,
    );
    const levels = names.flatMap(({ stem }) => {
      const values = months.map((ago) => quoteIdentifier(`${stem}_${ago}`));
      return [
        `${countOf(values)} AS ${quoteIdentifier(`${stem}_count`)}`,
        `${meanOf(values)} AS ${quoteIdentifier(`${stem}_mean`)}`,
      ];
    });
    this.relation(`${table}_by_month`, `SELECT *,\n  ${levels.join(",\n  ")}\nFROM ${table}_months`);
  }
}

/** PostgreSQL cuts names after 63 bytes, so long or foreign ones go by number inside the statement. */
function internalName(measure: string, index: number): string {
  return /^[a-z][a-z0-9_]{0,30}$/.test(measure) ? measure : `measure${index + 1}`;
}
