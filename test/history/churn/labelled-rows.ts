import type { ChurnDefinition } from "../../../src/history/churn/churn-definition.js";
import { withRelations } from "../../../src/history/query/relation.js";
import { snapshotQuery } from "../../../src/history/query/snapshot-query.js";
import type { FactTableName, HistorySchema } from "../../../src/history/standard-tables.js";
import { type WindowOptions, windowsOf } from "../../../src/history/windows/windows.js";
import { parseDay } from "../../../src/table/calendar.js";
import { formatDate } from "../../../src/table/dates.js";
import { FULL_SCHEMA, openPlainHistory } from "../../support/history/open-plain-history.js";
import { NO_FACTS, type PlainFact, type PlainHistory } from "../../support/history/random-history.js";

/** The options of a test: by default at 2025-01-01, so that the prediction window is [2025-02-01, 2025-05-01). */
export interface Asked extends Partial<WindowOptions> {
  readonly followedUntil?: string;
  readonly schema?: HistorySchema;
}

/** The outcome of a definition for a subscriber at risk, with days as `2025-02-01`. */
export interface Outcome {
  readonly churnDay: string | null;
  readonly reason: string | null;
  readonly outDay: string | null;
}

/** Subscribers by id, activated in 2020 unless the facts say otherwise. */
export function subscribers(facts: Readonly<Record<string, PlainFact>>): PlainFact[] {
  return Object.entries(facts).map(([subscriber_id, fact]) => ({
    subscriber_id,
    activated_on: "2020-01-01",
    ...fact,
  }));
}

/** The labels by subscriber; with several cutoffs by `subscriber cutoff`. Subscribers without a row are left out. */
export async function labels(
  facts: Partial<PlainHistory>,
  churn: ChurnDefinition,
  asked: Asked = {},
): Promise<Record<string, unknown>> {
  const { query, rows } = await asking(facts, churn, asked);
  const found = await rows(`SELECT subscriber_id, cutoff::VARCHAR, churn::INTEGER FROM (${query.sql})`);
  return Object.fromEntries(
    found.map(([id, cutoff, label]) => [isSeries(asked) ? `${id} ${cutoff}` : String(id), label]),
  );
}

/** The outcomes of the definition for all subscribers at risk, by subscriber. */
export async function outcomes(
  facts: Partial<PlainHistory>,
  churn: ChurnDefinition,
  asked: Asked = {},
): Promise<Record<string, Outcome>> {
  const { query, rows } = await asking(facts, churn, asked);
  // The relation that the definition returns is the last one of the label, before the first features.
  const relation = query.relations.at(-2)?.name;
  const found = await rows(
    `${withRelations(query.relations)} SELECT subscriber_id, churn_day, churn_reason, out_day FROM ${relation} ORDER BY ALL`,
  );
  const day = (value: unknown) => (value === null ? null : formatDate(Number(value)));
  const entries = found.map(([id, churnDay, reason, outDay]): [string, Outcome] => [
    String(id),
    { churnDay: day(churnDay), reason: reason === null ? null : String(reason), outDay: day(outDay) },
  ]);
  if (new Set(entries.map(([id]) => id)).size < entries.length) throw new Error("a subscriber has two rows");
  return Object.fromEntries(entries);
}

async function asking(facts: Partial<PlainHistory>, churn: ChurnDefinition, asked: Asked) {
  const { followedUntil, schema = FULL_SCHEMA, ...windowOptions } = asked;
  const windows = windowsOf("labels", { at: "2025-01-01", ...windowOptions });
  const query = snapshotQuery(schema, {
    windows,
    families: [],
    churn,
    followedUntil: followedUntil === undefined ? undefined : parseDay(followedUntil),
  });
  const rows = async (sql: string) => {
    const history = await openPlainHistory({ ...NO_FACTS, ...facts }, schema);
    try {
      return (await history.session.connection.runAndReadAll(sql)).getRows();
    } finally {
      history.close();
    }
  };
  return { query, rows };
}

/** The schema of some tables only. */
export function schemaOf(...names: readonly FactTableName[]): HistorySchema {
  return Object.fromEntries(names.map((name) => [name, FULL_SCHEMA[name] ?? []]));
}

function isSeries({ at }: Asked): boolean {
  return Array.isArray(at);
}
