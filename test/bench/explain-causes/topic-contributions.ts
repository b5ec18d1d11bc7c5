import { TOPICS, type Topic } from "../../../src/history/topics/topics.js";
import { TOPICS_NOT_TOLD } from "../../../src/history/topics/what-can-be-done.js";
import type { ChurnModel } from "../../../src/predict/churn-model.js";
import type { Table } from "../../../src/table/table.js";

/** Topics that are a reason to leave: none that is never told, nor who the subscriber is. */
export const REASONS = TOPICS.filter((topic) => !TOPICS_NOT_TOLD.has(topic) && topic !== "profile");

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
