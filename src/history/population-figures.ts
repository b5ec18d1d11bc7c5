import { checkOptions } from "../arguments.js";
import { quoteIdentifier } from "../database/duckdb/session.js";
import { formatDate } from "../table/dates.js";
import { checkHistory, whileOpen } from "./check-history.js";
import type { History } from "./history.js";
import type { PopulationFigures, PopulationRows } from "./query/population.js";
import { snapshotPlan, VECTOR_OPTIONS, type VectorOptions } from "./snapshot-options.js";
import { dayOf } from "./windows/day-problem.js";

/**
 * The figures about all subscribers that vectors at a cutoff use, such as the past churn rate of each tariff, and the
 * schema of the history: all that {@link vectorFromFacts} needs besides one subscriber's facts. Plain data that can be
 * written as JSON.
 * @param at the cutoff: a day such as `2025-02-01`, or a month, which means its first day.
 * @param options `features` and `observe`, as for {@link snapshots}.
 * @example await writeFile("population.json", JSON.stringify(await populationFigures(history, "2026-01-01")))
 * @throws HoldfastError for options out of range.
 */
export async function populationFigures(
  history: History,
  at: string,
  options: VectorOptions = {},
): Promise<PopulationFigures> {
  checkHistory("populationFigures", history);
  dayOf("populationFigures", "at", at);
  checkOptions("populationFigures", options, VECTOR_OPTIONS);
  return whileOpen("populationFigures", history, () =>
    computeFigures("populationFigures", history, at, options),
  );
}

/** The implementation of {@link populationFigures}. @param functionName the public function that errors name. */
export async function computeFigures(
  functionName: string,
  history: History,
  at: string,
  options: VectorOptions,
): Promise<PopulationFigures> {
  const { snapshotQuery } = await import("./query/snapshot-query.js");
  const { withRelations } = await import("./query/relation.js");
  const plan = snapshotPlan(functionName, history.schema, { ...options, at, churn: false });
  const query = snapshotQuery(history.schema, plan);
  const { relations, populationNames } = query;
  const figures: Record<string, PopulationRows> = {};
  for (const name of populationNames) {
    const columns = await columnsOf(history, `${withRelations(relations)}\nSELECT * FROM ${name}`);
    const typed = columns.map(({ name: column, kind }) => {
      const identifier = quoteIdentifier(column);
      return kind === "text" ? identifier : `${identifier}::DOUBLE AS ${identifier}`;
    });
    const sql = `${withRelations(relations)}\nSELECT ${typed.join(", ")} FROM ${name} ORDER BY ALL`;
    const rows = (await history.session.connection.runAndReadAll(sql)).getRows();
    figures[name] = { columns, rows: rows.map((row) => row.map(plainCell)) };
  }
  const { timeZone = "UTC" } = history.report ?? {};
  return {
    at: formatDate(plan.windows[0].cutoff),
    schema: history.schema,
    ...(timeZone === "UTC" ? {} : { timeZone }),
    relations: figures,
  };
}

/** Columns of other types than whole numbers. */
const KINDS: Readonly<Record<string, "text" | "number">> = { VARCHAR: "text", DOUBLE: "number" };

async function columnsOf(history: History, sql: string): Promise<PopulationRows["columns"]> {
  const described = await history.session.connection.runAndReadAll(`DESCRIBE ${sql}`);
  return described
    .getRows()
    .map(([name, type]) => ({
      name: String(name),
      kind: KINDS[String(type)] ?? "whole",
    }))
    .filter(({ name }) => name !== "cutoff");
}

function plainCell(value: unknown): string | number | null {
  return typeof value === "number" || typeof value === "string" ? value : null;
}
