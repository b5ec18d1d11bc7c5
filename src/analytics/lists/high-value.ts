import type { DuckDBConnection } from "@duckdb/node-api";
import { namedErrors } from "../../arguments.js";
import { readRelation } from "../../database/duckdb/read-relation.js";
import type { LongWork } from "../../progress.js";
import { type ValueBandRule, type ValueBands, valueBands } from "../../tiers/value-bands.js";
import type { FactsQuery } from "../query/facts-query.js";
import { SUBSCRIBERS_AT } from "../query/subscribers-at.js";

/** The highest bands that count as of high value. */
const HIGH_BANDS = 2;

/** Who is of high value. */
export interface HighValue {
  /** The bands of the mean bill of the last three months. */
  readonly bands: ValueBands;
  /** High value begins here, in money per month. */
  readonly from: number;
  readonly subscribers: number;
}

/** The subscribers of the two highest value bands, by the mean bill of the last three months; undefined where no bill is known. */
export async function highValueOf(
  functionName: string,
  query: FactsQuery,
  connection: DuckDBConnection,
  rule: ValueBandRule,
  work: LongWork,
): Promise<HighValue | undefined> {
  await query.run(
    `CREATE TEMP TABLE values_of_subscribers AS
SELECT greatest(revenue, 0) AS value FROM ${SUBSCRIBERS_AT} WHERE revenue IS NOT NULL`,
    "value bands",
  );
  const [column] = (
    await readRelation(connection, "values_of_subscribers", [{ name: "value", kind: "numeric" }], work)
  ).columns;
  if (column.kind !== "numeric" || column.values.length === 0) return undefined;
  const { values } = column;
  const bands = namedErrors(
    functionName,
    () => valueBands(values, rule),
    (path) => ({ ...path, argument: "valueBands" }),
  );
  const from = bands[Math.min(HIGH_BANDS, bands.length) - 1].from;
  return { bands, from, subscribers: values.reduce((sum, value) => sum + (value >= from ? 1 : 0), 0) };
}
