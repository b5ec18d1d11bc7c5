import { TOPICS, type Topic } from "../../../src/history/topics/topics.js";
import type { ChurnModel } from "../../../src/predict/churn-model.js";
import type { Table } from "../../../src/table/table.js";

/** Topics that are no reason to leave: what the operator did, when it was, and who the subscriber is. */
const NO_REASONS: ReadonlySet<string> = new Set<Topic>(["offers", "season", "profile"]);
export const REASONS = TOPICS.filter((topic) => !NO_REASONS.has(topic));

/** What the families of each row's explanation add to its margin: row-major, one number per topic of {@link REASONS}. */
export function topicContributions(model: ChurnModel, table: Table): Float64Array {
  const sums = new Float64Array(table.rowCount * REASONS.length);
  model.explain(table, { reasons: 0 }).forEach(({ families }, row) => {
    for (const { family, contribution } of families) {
      const topic = REASONS.indexOf(family as Topic);
      if (topic >= 0) sums[row * REASONS.length + topic] = contribution;
    }
  });
  return sums;
}
