import { quoteIdentifier } from "../../database/duckdb/session.js";
import type { Problems } from "../../errors.js";
import type { HistoryNote } from "../report/history-report.js";
import { type FactKind, SQL_TYPES, type StandardTable } from "../standard-tables.js";
import { noDaysOf } from "../windows/plausible-days.js";
import type { FactDatabase } from "./fact-database.js";
import { checkColumn, type FactPlan, HIDDEN, mayRepeat, type PlannedColumn } from "./fact-plan.js";
import { type FoundSource, OPENED_BY, type StoredColumn, type StoredFacts } from "./fact-source.js";
import { hasForeignMidnights, midnightProblem } from "./foreign-midnights.js";
import type { MappedColumn } from "./map-columns.js";
import { isZoned, kindOfStored, normalForm, textToRead, timeInDays } from "./normal-form.js";
import type { TimeRules } from "./operator-zone.js";
import { markersText, readTexts, type TextReading } from "./text-readings.js";

/** What a column must hold, as a clause for messages. */
const EXPECTED: Readonly<Record<FactKind, string>> = {
  text: "must hold text",
  number: "must hold numbers",
  day: "must hold dates",
  month: "must hold months, such as 2025-01 or the first day",
};

/** What is known of a source besides its columns. */
export interface PlanSource {
  readonly found: FoundSource;
  readonly stored: StoredFacts;
  /** Columns that were kept as text as they are written. */
  readonly textColumns: ReadonlySet<string>;
  /** The rules for times of a column. */
  rulesOf(column: MappedColumn): TimeRules;
  /** Whether the facts will be checked: then the look of times is, too. */
  readonly isChecked: boolean;
}

/** Creates the view of a table in normal form. Columns of a type that does not fit become problems. */
export async function planColumns(
  database: FactDatabase,
  table: StandardTable,
  columns: readonly MappedColumn[],
  source: PlanSource,
  problems: Problems,
): Promise<FactPlan> {
  const planning = new Planning(database, table, source, problems);
  for (const column of columns) await planning.add(column);
  return planning.finish(columns);
}

class Planning {
  private readonly planned: PlannedColumn[] = [];
  /** Select items over the rows `f`, and the joins that they need. */
  private readonly given: string[] = [];
  private readonly joins: string[] = [];
  /** Select items over those. */
  private readonly shown: string[] = [];
  private readonly passedOver = new Set<string>();
  private readonly notes: HistoryNote[] = [];
  private readonly hidden = new Set<keyof typeof HIDDEN>();
  private readonly typeOf: ReadonlyMap<string, string>;
  private readonly problemsBefore: number;

  constructor(
    private readonly database: FactDatabase,
    private readonly table: StandardTable,
    private readonly source: PlanSource,
    private readonly problems: Problems,
  ) {
    this.typeOf = new Map(source.stored.columns.map(({ name, type }) => [name, type]));
    this.problemsBefore = problems.count;
  }

  async add(column: MappedColumn): Promise<void> {
    const { name, own, isRequired, isAsked } = column;
    const type = own === undefined ? undefined : this.typeOf.get(own);
    const kind = column.kind ?? kindOfStored(type ?? "");
    if (own === undefined || type === undefined) {
      const none = kind ?? "text";
      this.planned.push({ name, own: own ?? name, kind: none, isRequired, isAbsent: true });
      this.select(name, `NULL::${SQL_TYPES[none]}`);
      return;
    }
    const stored = { name: own, type };
    const isText = this.source.textColumns.has(own) && type === "VARCHAR";
    if (column.kind === undefined && isText) {
      await this.addAttribute(column, stored);
      return;
    }
    const text = kind === undefined ? undefined : textToRead(stored, kind);
    if (kind !== undefined && kind !== "text" && text !== undefined) {
      await this.addTexts(column, kind, text);
      return;
    }
    const isReadable = isAsked || kindOfStored(type) === kind;
    const rules = this.source.rulesOf(column);
    const sql = kind && isReadable ? normalForm(stored, kind, isRequired, rules, column.format) : undefined;
    if (kind === undefined || sql === undefined) {
      if (isAsked) this.refuse(column, kind, type);
      else
        this.ignore(
          own,
          `${type.toLowerCase()} is no ${kind === "number" ? "number" : "text, number or date"}`,
        );
      return;
    }
    const isForeign = isZoned(type) && this.isInUtc(column);
    if (
      isForeign &&
      (await hasForeignMidnights(this.database, this.source.stored.relation, own, this.placeOf(own)))
    ) {
      this.problems.add(midnightProblem(this.placeOf(own)));
    }
    this.push(column, kind, sql, timeInDays(stored, rules));
  }

  /** An attribute whose cells were kept as text: numbers or dates where all of its texts are, else text. */
  private async addAttribute(column: MappedColumn, stored: StoredColumn): Promise<void> {
    const rules = this.source.rulesOf(column);
    for (const kind of ["number", "day"] as const) {
      const text = textToRead(stored, kind) ?? "";
      const reading = await this.textsOf(column, kind, text);
      if (reading.unreadRows === 0 && reading.readRows > 0) {
        this.pushTexts(column, kind, text, reading);
        return;
      }
      await this.database.run(`DROP TABLE ${reading.relation}`);
    }
    const sql = normalForm(stored, "text", column.isRequired, rules, column.format);
    if (sql !== undefined) this.push(column, "text", sql, undefined);
  }

  /** A column whose distinct texts are read. */
  private async addTexts(
    column: MappedColumn,
    kind: "number" | "day" | "month",
    text: string,
  ): Promise<void> {
    const { own = column.name, isAsked } = column;
    const reading = await this.textsOf(column, kind, text);
    if (!isAsked && reading.readRows < Math.max(1, reading.unreadRows)) {
      this.ignore(own, reading.unreadRows === 0 ? "it has no values" : `it holds words, not ${kind}s`);
      return;
    }
    this.pushTexts(column, kind, text, reading);
  }

  private textsOf(
    column: MappedColumn,
    kind: "number" | "day" | "month",
    text: string,
  ): Promise<TextReading> {
    const { stored, rulesOf } = this.source;
    const place = this.placeOf(column.own);
    return readTexts(this.database, stored.relation, text, kind, column, rulesOf(column), place);
  }

  private pushTexts(
    column: MappedColumn,
    kind: "number" | "day" | "month",
    text: string,
    reading: TextReading,
  ): void {
    const { name, own = name } = column;
    this.noteMarkers(own, reading);
    if (reading.areForeignMidnights && this.isInUtc(column))
      this.problems.add(midnightProblem(this.placeOf(own)));
    const values = `t${this.joins.length + 1}`;
    this.joins.push(`LEFT JOIN ${reading.relation} ${values} ON ${values}.text = ${text}`);
    const sql = kind === "number" ? `${values}.value` : `floor(${values}.value)::INTEGER`;
    this.push(column, kind, sql, `${values}.value`, `CASE WHEN ${values}.is_unread = 1 THEN ${text} END`);
  }

  /** Adds a column in normal form, with what the checks need to know of it. */
  private push(
    mapped: MappedColumn,
    kind: FactKind,
    sql: string,
    time: string | undefined,
    unread?: string,
  ): void {
    const { name, isRequired, own = name } = mapped;
    if (this.source.stored.localMidnights?.includes(own) && this.isInUtc(mapped)) {
      const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
      this.problems.add(midnightProblem(this.placeOf(own), timeZone));
    }
    const column = quoteIdentifier(name);
    const none = noDaysOf(this.table, { name, kind });
    this.planned.push({
      name,
      own,
      kind,
      isRequired,
      ...(unread === undefined ? {} : { unread: checkColumn(`unread ${name}`) }),
      ...(none === undefined ? {} : { open: checkColumn(`open ${name}`) }),
    });
    this.given.push(`${sql} AS ${column}`);
    this.shown.push(none === undefined ? column : `${none.without(column)} AS ${column}`);
    if (none !== undefined) this.shown.push(`${none.sql(column)} AS ${checkColumn(`open ${name}`)}`);
    if (unread !== undefined) {
      this.given.push(`${unread} AS ${checkColumn(`unread ${name}`)}`);
      this.shown.push(checkColumn(`unread ${name}`));
    }
    if (this.table.name === "tariffs" && name === "valid_from" && time !== undefined) this.hide("time", time);
  }

  private select(name: string, sql: string): void {
    this.given.push(`${sql} AS ${quoteIdentifier(name)}`);
    this.shown.push(quoteIdentifier(name));
  }

  private hide(what: keyof typeof HIDDEN, sql: string): void {
    this.given.push(`${sql} AS ${HIDDEN[what]}`);
    this.shown.push(HIDDEN[what]);
    this.hidden.add(what);
  }

  private refuse({ own }: MappedColumn, kind: FactKind | undefined, type: string): void {
    const expected = kind === undefined ? "must hold text, numbers or dates" : EXPECTED[kind];
    this.problems.add({ code: "data.wrong-type", path: this.placeOf(own), expected, received: type });
  }

  private ignore(own: string, reason: string): void {
    this.passedOver.add(own);
    this.notes.push({ kind: "ignored column", column: own, text: `not read: ${reason}` });
  }

  private noteMarkers(own: string, { markers }: TextReading): void {
    if (markers.size === 0) return;
    const rows = [...markers.values()].reduce((sum, each) => sum + each, 0);
    this.notes.push({
      kind: "missing values",
      column: own,
      rows,
      text: `taken as missing: ${markersText(markers)}`,
    });
  }

  private isInUtc(column: MappedColumn): boolean {
    return this.source.isChecked && this.source.rulesOf(column).zone === undefined;
  }

  private placeOf(column?: string) {
    const place = { function: OPENED_BY, file: this.source.found.label, argument: this.table.name };
    return column === undefined ? place : { ...place, column };
  }

  async finish(columns: readonly MappedColumn[]): Promise<FactPlan> {
    const { table, database, planned, notes, hidden } = this;
    const { found, stored, isChecked } = this.source;
    const { label, names, placesOf } = found;
    const relation = quoteIdentifier(`${table.relation}_as_read`);
    const read = new Set(columns.map(({ own }) => own));
    const ignoredColumns = names.filter((name) => !read.has(name) || this.passedOver.has(name));
    const isCopied = stored.rowCount !== undefined;
    if (isChecked && isCopied) this.hide("row", "f.rowid + 1");
    if (isChecked && mayRepeat(table) && stored.columns.length > 0) {
      this.hide("hash", `hash(${stored.columns.map(({ name }) => `f.${quoteIdentifier(name)}`).join(", ")})`);
    }
    if (this.problems.count === this.problemsBefore) {
      // Copied rows are converted once; rows that are read in place, each time they are read.
      const query = `SELECT ${this.given.join(", ")} FROM ${stored.relation} f ${this.joins.join(" ")}`;
      await database.run(
        `CREATE ${isCopied ? "TABLE" : "VIEW"} ${relation} AS SELECT ${this.shown.join(", ")} FROM (${query})`,
        this.placeOf(),
      );
      if (isCopied) await database.run(`DROP TABLE ${stored.relation}`);
    }
    const rest = names.filter((name) => !stored.columns.some((column) => column.name === name));
    const ignored = async () => {
      const wanted = { names: rest, asText: new Set(rest) };
      return found.store(database.nameOf("ignored_columns"), wanted).catch(() => undefined);
    };
    return {
      table,
      label,
      relation,
      columns: planned,
      ignoredColumns,
      notes: [...(stored.notes ?? []).map(asNote), ...notes],
      hidden,
      ...(placesOf === undefined ? {} : { placesOf }),
      ...(rest.length > 0 && found.isRepeatable === true ? { ignored } : {}),
    };
  }
}

function asNote({ column, cells, detail }: NonNullable<StoredFacts["notes"]>[number]): HistoryNote {
  return { kind: "missing values", column, rows: cells, text: detail };
}
