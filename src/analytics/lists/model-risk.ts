import type { DuckDBConnection } from "@duckdb/node-api";
import { namedErrors } from "../../arguments.js";
import { readRelation } from "../../database/duckdb/read-relation.js";
import type { LocaleName } from "../../explain/reasons/locales.js";
import { defaultFeatures } from "../../history/families/default-features.js";
import { snapshotQuery } from "../../history/query/snapshot-query.js";
import { SNAPSHOT_COLUMNS } from "../../history/snapshot-columns.js";
import { type SnapshotOptions, snapshotPlan } from "../../history/snapshot-options.js";
import type { ChurnModel } from "../../predict/churn-model.js";
import { type LongWork, Pulse } from "../../progress.js";
import { formatDate } from "../../table/dates.js";
import { type Table, takeRows } from "../../table/table.js";
import type { FactsQuery } from "../query/facts-query.js";
import { SUBSCRIBERS_AT } from "../query/subscribers-at.js";

/** What a model says of a subscriber. */
export interface ModelRisk {
  readonly probability: number;
  readonly tier: string;
  /** What raises the risk, sentences without a full stop. */
  readonly reasons: readonly string[];
}

/** A model, and the snapshots that it reads. */
export interface RiskByModel extends Pick<SnapshotOptions, "observe" | "features"> {
  readonly model: ChurnModel;
  readonly locale: LocaleName;
}

/** Reasons that are told of a subscriber. */
const REASONS = 2;
/** Rows whose reasons are found at a time, between which timers and signals are let through. */
const AT_A_TIME = 1_000;

/**
 * Scores the subscribers of high value by snapshots of the cutoff, and makes the temporary table `model_risks` of the `subscriber_id`s that the
 * model puts above its lowest tier.
 * @throws HoldfastError where the snapshots have not what the model reads.
 */
export async function modelRisks(
  functionName: string,
  query: FactsQuery,
  connection: DuckDBConnection,
  day: number,
  valueFrom: number,
  { model, observe, features, locale }: RiskByModel,
  work: LongWork,
): Promise<ReadonlyMap<string, ModelRisk>> {
  const { schema } = query.history;
  const families = features ?? defaultFeatures(schema);
  const plan = snapshotPlan(functionName, schema, {
    at: formatDate(day),
    observe,
    features: families,
    churn: false,
  });
  const snapshot = snapshotQuery(schema, plan);
  await query.run(
    `CREATE TEMP TABLE to_score AS SELECT * FROM (${snapshot.sql}) s
WHERE s.subscriber_id IN (SELECT subscriber_id FROM ${SUBSCRIBERS_AT} WHERE revenue >= ${valueFrom})`,
    "snapshots",
  );
  const read = new Set(Object.keys(model.columnKinds));
  const columns = [
    { name: SNAPSHOT_COLUMNS.id, kind: "text" as const },
    ...snapshot.features.filter(({ name }) => read.has(name)).map(({ name, kind }) => ({ name, kind })),
  ];
  const table = await readRelation(connection, "to_score", columns, work);
  return namedErrors(functionName, async () => {
    const risks = await risksOf(table, model, locale, work);
    await keepIds(query, [...risks.keys()]);
    return risks;
  });
}

async function risksOf(
  table: Table,
  model: ChurnModel,
  locale: LocaleName,
  work: LongWork,
): Promise<Map<string, ModelRisk>> {
  if (table.rowCount === 0) return new Map();
  const { tiers } = model.predictColumns(table);
  const lowest = model.tiers.length - 1;
  const rows = [...tiers.keys()].filter((row) => tiers[row] < lowest || lowest === 0);
  const ids = table.columns[0];
  const risks = new Map<string, ModelRisk>();
  const pulse = new Pulse(work);
  for (let from = 0; from < rows.length; from += AT_A_TIME) {
    await pulse.beat();
    const some = rows.slice(from, from + AT_A_TIME);
    const predictions = model.predict(takeRows(table, some), { reasons: REASONS, locale });
    predictions.forEach(({ probability, tier, reasons = [] }, place) => {
      const id = ids.kind === "text" ? ids.values[some[place]] : null;
      if (typeof id === "string")
        risks.set(id, { probability, tier, reasons: reasons.map(({ text }) => text) });
    });
    pulse.report({ phase: "reasons", done: Math.min(from + AT_A_TIME, rows.length), total: rows.length });
  }
  return risks;
}

/** Ids as a table: as text of a statement, in parts. */
async function keepIds(query: FactsQuery, ids: readonly string[]): Promise<void> {
  await query.run("CREATE TEMP TABLE model_risks (subscriber_id VARCHAR)", "subscribers at risk");
  for (let from = 0; from < ids.length; from += AT_A_TIME) {
    const values = ids.slice(from, from + AT_A_TIME).map((id) => `('${id.replaceAll("'", "''")}')`);
    await query.run(`INSERT INTO model_risks VALUES ${values.join(", ")}`, "subscribers at risk");
  }
}
