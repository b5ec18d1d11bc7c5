import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { arpu, type History, inactive, tenure } from "../../../src/history/index.js";
import { FACT_TABLE_NAMES } from "../../../src/history/standard-tables.js";
import { disconnected, openHistory, readTable, rowsOf, tableFromRows } from "../../../src/index.js";
import { type BacktestOptions, backtest } from "../../../src/training/index.js";
import { type PlainFact, type PlainHistory, truncateHistory } from "../../support/history/random-history.js";

const FOLDER = fileURLToPath(new URL("../../../datasets/simulated", import.meta.url));
/** What is changed: facts of this day and later, and those known only then. */
const DAY = "2025-08-01";

const entries = FACT_TABLE_NAMES.map(async (name) => {
  const path = `${FOLDER}/${name}.csv`;
  return [name, existsSync(path) ? rowsOf(await readTable(path)) : []] as const;
});
const facts = Object.fromEntries(await Promise.all(entries)) as unknown as PlainHistory;

async function backtestOf(history: PlainHistory, options: BacktestOptions) {
  const DATES = ["activated_on", "ended_on", "valid_from", "valid_to", "known_at", "month", "paid_on", "at"];
  const tables = Object.entries(history).filter(([, rows]) => rows.length > 0);
  const sources = tables.map(([name, rows]: [string, readonly PlainFact[]]) => {
    const isThere = ([column]: readonly [string, string]) => column in rows[0];
    const dates = DATES.map((column) => [column, "date"] as const);
    const columns = [["subscriber_id", "text"] as const, ...dates].filter(isThere);
    return [name, tableFromRows(rows, { columns: Object.fromEntries(columns) })];
  });
  const opened: History = await openHistory(Object.fromEntries(sources), { onProblems: "drop" });
  try {
    return await backtest(opened, {
      ...{ gap: 0, horizon: 1, features: [tenure(), arpu()], followedUntil: "2026-02-01" },
      ...{ from: "2025-05", to: "2025-08", repeats: 1, folds: 2, replicates: 5, tiers: "call=8%,rest" },
      classifier: "logistic",
      ...options,
    });
  } finally {
    opened.close();
  }
}

describe("a training knows no fact of the future", () => {
  test("facts of a day and later change no training until then, and no month whose labels were known by then", async () => {
    const churn = disconnected();
    const [whole, truncated] = [
      await backtestOf(facts, { churn }),
      await backtestOf(truncateHistory(facts, DAY), { churn }),
    ];
    expect(whole.trainings.map(({ at }) => at)).toEqual(["2025-05-01", "2025-06-01", "2025-07-01", DAY]);
    expect(truncated.trainings).toEqual(whole.trainings);
    // The prediction window of July ends on the day.
    expect(truncated.months.slice(0, 3)).toEqual(whole.months.slice(0, 3));
    expect(truncated.months[3]).not.toEqual(whole.months[3]);
    // The model that scores August is the same.
    expect(truncated.months[3].meanProbability).toBe(whole.months[3].meanProbability);
  });

  test("nor do facts of earlier days that became known later, where labels depend on them", async () => {
    const churn = inactive({ days: 30, activity: ["payments"] });
    const [whole, truncated] = [
      await backtestOf(facts, { churn, from: "2025-07" }),
      await backtestOf(truncateHistory(facts, DAY), { churn, from: "2025-07" }),
    ];
    expect(truncated.trainings).toEqual(whole.trainings);
    expect(whole.trainings).toHaveLength(2);
  });
});
