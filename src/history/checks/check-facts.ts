import { quoteIdentifier } from "../../database/duckdb/session.js";
import { count, type ProblemPath, type Problems } from "../../errors.js";
import type { FactExample, FactProblem, HistoryNote } from "../report/history-report.js";
import type { FactDatabase } from "../sources/fact-database.js";
import { checkColumn, type FactPlan, HIDDEN, mayRepeat } from "../sources/fact-plan.js";
import { STANDARD_TABLES } from "../standard-tables.js";
import {
  type CheckWords,
  dayText,
  type GroupCheck,
  LAST,
  perSubscriber,
  SUBSCRIBER,
  subscriberOf,
} from "./fact-check.js";
import { groupChecks } from "./group-checks.js";
import { refusedProblem } from "./refused-problem.js";
import { rowChecks } from "./row-checks.js";

/** What to do about facts that are wrong: throw, or leave them out. */
export type ProblemPolicy = "refuse" | "drop";

/** A table after its checks. */
export interface CheckedFacts {
  /** The relation of the rows that are kept. */
  readonly relation: string;
  readonly rowsRead: number;
  readonly rowsKept: number;
  readonly problems: readonly FactProblem[];
  readonly notes: readonly HistoryNote[];
}

const EXAMPLES = 3;
const [SURPLUS, PLACE, REST] = ["surplus", "place", "rest"].map(checkColumn);

/**
 * Checks the facts of a table. The subscribers must be checked first, because the other tables are compared with them.
 * Rows that are wrong are left out of the returned relation, or are added to `refused`, for the caller to throw.
 */
export async function checkFacts(
  database: FactDatabase,
  plan: FactPlan,
  policy: ProblemPolicy,
  newestDay: number,
  refused: Problems,
): Promise<CheckedFacts> {
  const checking = new Checking(database, plan, policy, newestDay);
  await checking.rows();
  const perSubscriber = await checking.perSubscriber();
  if (plan.table.name !== "subscribers") await checking.subscribers(perSubscriber);
  await checking.groups(perSubscriber);
  if (mayRepeat(plan.table)) await checking.repeated();
  await database.run(`DROP TABLE ${perSubscriber}`);
  for (const { words, problem } of checking.found) {
    if (policy === "refuse") refused.add(refusedProblem(plan, words, problem));
  }
  return {
    relation: checking.relation,
    rowsRead: checking.rowsRead,
    rowsKept: checking.rowsKept,
    problems: checking.found.map(({ problem }) => problem),
    notes: checking.notes,
  };
}

/** The checks of one table, each on the rows that the previous checks have kept. */
class Checking {
  relation: string;
  rowsRead = 0;
  rowsKept = 0;
  readonly found: { readonly words: CheckWords; readonly problem: FactProblem }[] = [];
  readonly notes: HistoryNote[] = [];
  private step = 0;
  private readonly place: ProblemPath;

  constructor(
    private readonly database: FactDatabase,
    private readonly plan: FactPlan,
    private readonly policy: ProblemPolicy,
    private readonly newestDay: number,
  ) {
    this.relation = plan.relation;
    this.place = { file: plan.label, argument: plan.table.name };
  }

  /** All checks of single rows in one pass. */
  async rows(): Promise<void> {
    const checks = rowChecks(this.plan, this.newestDay);
    const open = this.plan.columns.flatMap(({ name, open }) => (open === undefined ? [] : [{ name, open }]));
    const wrong = checks.map(({ where }) => `coalesce(${where}, false)`);
    const asked = [wrong.join(" OR "), ...wrong, ...open.map((each) => each.open)];
    const [[total, any, ...counts]] = await this.query(
      `SELECT ${["count(*)", ...asked.map((is) => `count_if(${is})`)]
        .map((count) => `(${count})::DOUBLE`)
        .join(", ")} FROM ${this.relation}`,
    );
    for (const [i, { name }] of open.entries()) this.noteOpen(name, Number(counts[wrong.length + i]));
    this.rowsRead = Number(total);
    this.rowsKept = this.rowsRead;
    for (const [i, check] of checks.entries()) {
      const rows = Number(counts[i]);
      if (rows === 0) continue;
      await this.add(check, rows, `${this.example(check.value)} FROM ${this.relation} WHERE ${wrong[i]}`);
    }
    if (Number(any) === 0) return;
    await this.keep(`SELECT * FROM ${this.relation} WHERE NOT (${wrong.join(" OR ")})`, Number(any));
  }

  perSubscriber(): Promise<string> {
    return this.table(perSubscriber(this.plan, this.relation));
  }

  /** Finds facts of subscribers that are not in the table of subscribers. */
  async subscribers(perSubscriber: string): Promise<void> {
    const unknown = await this.table(
      `SELECT ${SUBSCRIBER}, facts
      FROM ${perSubscriber} ANTI JOIN ${STANDARD_TABLES.subscribers.relation} USING (${SUBSCRIBER})`,
    );
    const [[counted]] = await this.query(`SELECT coalesce(sum(facts), 0)::DOUBLE FROM ${unknown}`);
    const rows = Number(counted);
    if (rows === 0) return;
    const words: CheckWords = {
      kind: "unknown subscriber",
      column: "subscriber_id",
      expected: "must be one of the subscribers",
      action: "the rows were left out",
    };
    const order = this.plan.hidden.has("row") ? ` ORDER BY ${HIDDEN.row}` : "";
    const facts = `${this.relation} SEMI JOIN ${unknown} USING (${SUBSCRIBER})`;
    const first = `${this.example("NULL")} FROM ${facts} QUALIFY row_number() OVER (PARTITION BY ${SUBSCRIBER}${order}) = 1`;
    await this.add(words, rows, first);
    await this.keep(`SELECT * FROM ${this.relation} ANTI JOIN ${unknown} USING (${SUBSCRIBER})`, rows);
  }

  async groups(perSubscriber: string): Promise<void> {
    for (const check of groupChecks(this.plan)) {
      const suspects = await this.table(check.suspects(this.relation, perSubscriber));
      const [[groups]] = await this.query(`SELECT count(*)::DOUBLE FROM ${suspects}`);
      if (Number(groups) === 0) continue;
      const judged = await this.table(await this.judgedRows(check, suspects));
      const [[surplus]] = await this.query(`SELECT count_if(${SURPLUS})::DOUBLE FROM ${judged}`);
      const rows = Number(surplus);
      if (rows === 0) continue;
      const { note } = check;
      if (note === undefined) {
        await this.add(check, rows, `${this.example(check.value)} FROM ${judged} WHERE ${SURPLUS}`);
      } else this.notes.push({ kind: note.kind, rows, text: `${count(rows, "row")} ${note.text}` });
      await this.keep(this.withoutSurplus(suspects, check.keys, judged), rows, note !== undefined);
    }
  }

  /** The rows of suspected groups, and whether each is surplus: whether an earlier one contradicts it. */
  private async judgedRows(check: GroupCheck, suspects: string): Promise<string> {
    const keys = check.keys.map(quoteIdentifier);
    const place = `row_number() OVER (PARTITION BY ${keys.join(", ")} ORDER BY ${check.order.join(", ")}) AS ${PLACE}`;
    const isLast = `${check.isLast ?? "true"} AS ${LAST}`;
    const numbered = await this.table(
      `SELECT *, ${place}, ${isLast} FROM ${this.relation} SEMI JOIN ${suspects} USING (${keys.join(", ")})`,
    );
    const isSame = keys.map((key) => `o.${key} = r.${key}`);
    const earlier = [...isSame, `o.${PLACE} < r.${PLACE}`, check.contradicts ?? "true"].join(" AND ");
    return `SELECT r.* EXCLUDE (${PLACE}, ${LAST}), EXISTS (SELECT 1 FROM ${numbered} o WHERE ${earlier}) AS ${SURPLUS} FROM ${numbered} r`;
  }

  /** The rows that are kept. Only the suspected groups are copied; all other rows are read where they are. */
  private withoutSurplus(suspects: string, keys: readonly string[], judged: string): string {
    const using = keys.map((key) => (key.startsWith('"') ? key : quoteIdentifier(key))).join(", ");
    return `SELECT * FROM ${this.relation} ANTI JOIN ${suspects} USING (${using})
      UNION ALL SELECT * EXCLUDE (${SURPLUS}) FROM ${judged} WHERE NOT ${SURPLUS}`;
  }

  /** Finds facts that are the same in all cells that their source has. */
  async repeated(): Promise<void> {
    const { hash, row } = HIDDEN;
    if (!this.plan.hidden.has("hash")) return;
    const suspects = await this.table(
      `SELECT ${hash} FROM ${this.relation} GROUP BY ${hash} HAVING count(*) > 1`,
    );
    const [[hashes]] = await this.query(`SELECT count(*)::DOUBLE FROM ${suspects}`);
    if (Number(hashes) === 0) return;
    // Columns that are not read, such as the id of a payment, may tell them apart.
    const ignored = await this.plan.ignored?.();
    if (this.plan.ignored !== undefined && ignored === undefined) return;
    const cells = ignored?.columns.map(({ name }) => `i.${quoteIdentifier(name)}`) ?? [];
    const rest = cells.length === 0 ? "0" : `hash(${cells.join(", ")})`;
    const from = cells.length === 0 ? "" : ` JOIN ${ignored?.relation} i ON i.rowid + 1 = f.${row}`;
    const order = this.plan.hidden.has("row") ? ` ORDER BY ${row}` : "";
    const judged = await this.table(
      `SELECT * EXCLUDE (${REST}), row_number() OVER (PARTITION BY ${hash}, ${REST}${order}) > 1 AS ${SURPLUS}
      FROM (SELECT f.*, ${rest} AS ${REST} FROM ${this.relation} f SEMI JOIN ${suspects} USING (${hash})${from})`,
    );
    if (ignored !== undefined) await this.database.run(`DROP TABLE ${ignored.relation}`);
    const [[counted]] = await this.query(`SELECT count_if(${SURPLUS})::DOUBLE FROM ${judged}`);
    const rows = Number(counted);
    if (rows === 0) return;
    const words: CheckWords = {
      kind: "duplicate fact",
      expected: "must not be there twice, the same in every column",
      action: "the first of equal rows was kept",
    };
    const { column } = this.plan.table.time;
    await this.add(
      words,
      rows,
      `${this.example(dayText(quoteIdentifier(column)))} FROM ${judged} WHERE ${SURPLUS}`,
    );
    await this.keep(this.withoutSurplus(suspects, [hash], judged), rows);
  }

  private noteOpen(column: string, rows: number): void {
    if (rows === 0) return;
    const text = `${count(rows, "date stands", "dates stand")} for none, such as 9999-12-31`;
    this.notes.push({ kind: "open ends", column, rows, text });
  }

  /** What an example shows of a row: its subscriber, a value, and its number in the source. */
  private example(value: string): string {
    return `SELECT ${subscriberOf(this.plan)} AS ${SUBSCRIBER}, ${value}${this.plan.hidden.has("row") ? `, ${HIDDEN.row}::DOUBLE` : ""}`;
  }

  private async add(words: CheckWords, rows: number, examples: string): Promise<void> {
    const shown = await this.query(`${examples} ORDER BY ALL LIMIT ${EXAMPLES}`);
    const numbers = shown.flatMap(([, , row]) => (row === undefined || row === null ? [] : [Number(row)]));
    const places = numbers.length === 0 ? [] : ((await this.plan.placesOf?.(numbers)) ?? []);
    const problem: FactProblem = {
      kind: words.kind,
      ...(words.column === undefined ? {} : { column: words.column }),
      rows,
      action: words.action,
      examples: shown.map(
        ([subscriber, value, row], i): FactExample => ({
          subscriber: textOf(subscriber),
          value: textOf(value),
          ...(row === undefined || row === null ? {} : { row: Number(row) }),
          ...places[i],
        }),
      ),
    };
    this.found.push({ words, problem });
  }

  /**
   * Makes the following checks look only at the rows that are left. With "refuse" all rows stay, so that all problems are
   * counted, unless leaving some out is no problem.
   */
  private async keep(query: string, dropped: number, isRight = false): Promise<void> {
    if (this.policy === "refuse" && !isRight) return;
    const relation = this.nameOf("kept");
    await this.database.run(`CREATE VIEW ${relation} AS ${query}`, this.place);
    this.relation = relation;
    this.rowsKept -= dropped;
  }

  private async table(query: string): Promise<string> {
    const name = this.nameOf("checked");
    await this.database.run(`CREATE TABLE ${name} AS ${query}`, this.place);
    return name;
  }

  private nameOf(what: string): string {
    this.step++;
    return quoteIdentifier(`${this.plan.table.relation}_${what}_${this.step}`);
  }

  private query(sql: string): Promise<unknown[][]> {
    return this.database.rows(sql, this.place);
  }
}

function textOf(value: unknown): string | null {
  return value === null ? null : String(value);
}
