import { quoteIdentifier } from "../../database/duckdb/session.js";
import { count, optionText, type Problem, type Problems } from "../../errors.js";
import type { FactExample, FactProblem } from "../history-report.js";
import type { FactDatabase } from "../sources/fact-database.js";
import { OPENED_BY } from "../sources/fact-source.js";
import type { FactPlan } from "../sources/plan-columns.js";
import { STANDARD_TABLES } from "../standard-tables.js";
import { type CheckWords, perSubscriber, SUBSCRIBER } from "./fact-check.js";
import { groupChecks } from "./group-checks.js";
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
}

const EXAMPLES = 3;

/**
 * Checks the facts of a table. The subscribers must be checked first, because the other tables are compared with them.
 * Rows that are wrong are left out of the returned relation, or are added to `refused`, for the caller to throw.
 */
export async function checkFacts(
  database: FactDatabase,
  plan: FactPlan,
  policy: ProblemPolicy,
  refused: Problems,
): Promise<CheckedFacts> {
  const checking = new Checking(database, plan, policy);
  await checking.rows();
  const perSubscriber = await checking.perSubscriber();
  if (plan.table.name !== "subscribers") await checking.subscribers(perSubscriber);
  await checking.groups(perSubscriber);
  await database.run(`DROP TABLE ${perSubscriber}`);
  for (const { words, problem } of checking.found) {
    if (policy === "refuse") refused.add(asProblem(plan, words, problem));
  }
  return {
    relation: checking.relation,
    rowsRead: checking.rowsRead,
    rowsKept: checking.rowsKept,
    problems: checking.found.map(({ problem }) => problem),
  };
}

/** The checks of one table, each on the rows that the previous checks have kept. */
class Checking {
  relation: string;
  rowsRead = 0;
  rowsKept = 0;
  readonly found: { readonly words: CheckWords; readonly problem: FactProblem }[] = [];
  private step = 0;

  constructor(
    private readonly database: FactDatabase,
    private readonly plan: FactPlan,
    private readonly policy: ProblemPolicy,
  ) {
    this.relation = plan.relation;
  }

  /** All checks of single rows in one pass. */
  async rows(): Promise<void> {
    const checks = rowChecks(this.plan);
    const wrong = checks.map(({ where }) => `coalesce(${where}, false)`);
    const [[total, any, ...counts]] = await this.query(
      `SELECT ${["count(*)", `count_if(${wrong.join(" OR ")})`, ...wrong.map((is) => `count_if(${is})`)]
        .map((count) => `(${count})::DOUBLE`)
        .join(", ")} FROM ${this.relation}`,
    );
    this.rowsRead = Number(total);
    this.rowsKept = this.rowsRead;
    for (const [i, check] of checks.entries()) {
      const rows = Number(counts[i]);
      if (rows === 0) continue;
      await this.add(
        check,
        rows,
        `SELECT ${SUBSCRIBER}, ${check.value} FROM ${this.relation} WHERE ${wrong[i]}`,
      );
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
    const [[count]] = await this.query(`SELECT coalesce(sum(facts), 0)::DOUBLE FROM ${unknown}`);
    const rows = Number(count);
    if (rows === 0) return;
    const words: CheckWords = {
      kind: "unknown subscriber",
      column: "subscriber_id",
      expected: "must be one of the subscribers",
      action: "the rows were left out",
    };
    await this.add(words, rows, `SELECT ${SUBSCRIBER}, NULL FROM ${unknown}`);
    await this.keep(`SELECT * FROM ${this.relation} ANTI JOIN ${unknown} USING (${SUBSCRIBER})`, rows);
  }

  async groups(perSubscriber: string): Promise<void> {
    for (const check of groupChecks(this.plan)) {
      const keys = check.keys.map(quoteIdentifier).join(", ");
      const suspects = await this.table(check.suspects(this.relation, perSubscriber));
      const [[groups]] = await this.query(`SELECT count(*)::DOUBLE FROM ${suspects}`);
      if (Number(groups) === 0) continue;
      const judged = await this.table(
        `SELECT *, coalesce(${check.isSurplus}, false) AS "is surplus"
        FROM ${this.relation} SEMI JOIN ${suspects} USING (${keys})`,
      );
      const [[count]] = await this.query(`SELECT count_if("is surplus")::DOUBLE FROM ${judged}`);
      const rows = Number(count);
      if (rows === 0) continue;
      await this.add(check, rows, `SELECT ${SUBSCRIBER}, ${check.value} FROM ${judged} WHERE "is surplus"`);
      // Only the suspected groups are copied; all other rows are read where they are.
      await this.keep(
        `SELECT * FROM ${this.relation} ANTI JOIN ${suspects} USING (${keys})
        UNION ALL SELECT * EXCLUDE ("is surplus") FROM ${judged} WHERE NOT "is surplus"`,
        rows,
      );
    }
  }

  private async add(words: CheckWords, rows: number, examples: string): Promise<void> {
    const shown = await this.query(`${examples} ORDER BY ALL LIMIT ${EXAMPLES}`);
    const problem: FactProblem = {
      kind: words.kind,
      ...(words.column === undefined ? {} : { column: words.column }),
      rows,
      action: words.action,
      examples: shown.map(
        ([subscriber, value]): FactExample => ({ subscriber: textOf(subscriber), value: textOf(value) }),
      ),
    };
    this.found.push({ words, problem });
  }

  /** Makes the following checks look only at the rows that are left. With "refuse" all rows stay, so that all problems are counted. */
  private async keep(query: string, dropped: number): Promise<void> {
    if (this.policy === "refuse") return;
    const relation = this.nameOf("kept");
    await this.database.run(`CREATE VIEW ${relation} AS ${query}`, { file: this.plan.label });
    this.relation = relation;
    this.rowsKept -= dropped;
  }

  private async table(query: string): Promise<string> {
    const name = this.nameOf("checked");
    await this.database.run(`CREATE TABLE ${name} AS ${query}`, { file: this.plan.label });
    return name;
  }

  private nameOf(what: string): string {
    this.step++;
    return quoteIdentifier(`${this.plan.table.relation}_${what}_${this.step}`);
  }

  private query(sql: string): Promise<unknown[][]> {
    return this.database.rows(sql, { file: this.plan.label });
  }
}

function textOf(value: unknown): string | null {
  return value === null ? null : String(value);
}

/** A problem with facts, as part of the error that refuses them. */
function asProblem(plan: FactPlan, words: CheckWords, { kind, rows, examples }: FactProblem): Problem {
  const shown = examples.map(({ subscriber, value }) =>
    [subscriber === null ? undefined : `subscriber ${subscriber}`, value ?? undefined]
      .filter((part) => part !== undefined)
      .join(": "),
  );
  const received = shown.filter((text) => text !== "");
  return {
    code: CODES[kind] ?? "data.malformed",
    path: {
      function: OPENED_BY,
      file: plan.label,
      argument: plan.table.name,
      ...(words.column === undefined ? {} : { column: words.column }),
    },
    expected: `${words.expected}, ${count(rows, "row does", "rows do")} not (${kind})`,
    received: received.length === 0 ? undefined : received,
    hint: `${optionText("onProblems", "drop")} leaves them out`,
  };
}

const CODES: Partial<Record<FactProblem["kind"], Problem["code"]>> = {
  "unreadable date": "data.wrong-type",
  "not finite": "data.not-finite",
};
