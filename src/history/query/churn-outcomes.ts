import type { ChurnDefinition } from "../churn/churn-definition.js";
import type { HistorySchema } from "../standard-tables.js";
import type { Windows } from "../windows/windows.js";
import { LabelView } from "./label-view.js";
import { withRelations } from "./relation.js";
import { cutoffsSql } from "./snapshot-query.js";
import { SnapshotView } from "./snapshot-view.js";

/**
 * SQL for who is at risk at each cutoff by a churn definition, and the day of churn: `subscriber_id`, `cutoff`, `label_to`,
 * `churn_day`, `churn_reason`. As everything that happened is known now, not as it was known then.
 */
export function churnOutcomesSql(
  functionName: string,
  schema: HistorySchema,
  churn: ChurnDefinition,
  windows: readonly Windows[],
): string {
  const view = new SnapshotView(schema, { windows, functionName });
  view.relation("cutoffs", cutoffsSql(windows));
  view.relation(
    "active",
    [
      "SELECT s.subscriber_id, s.activated_on, c.*",
      "FROM subscriber_facts s JOIN cutoffs c ON s.activated_on < c.cutoff",
      "  AND (s.ended_on IS NULL OR s.ended_on >= c.cutoff)",
    ].join("\n"),
  );
  const outcomes = churn.outcomes(
    new LabelView(schema, view, { functionName, windows, families: [], churn }),
  );
  return [
    withRelations(view.relations),
    "SELECT o.subscriber_id, o.cutoff, c.label_to, o.churn_day, o.churn_reason",
    `FROM ${outcomes} o JOIN cutoffs c ON c.cutoff = o.cutoff`,
  ].join("\n");
}
