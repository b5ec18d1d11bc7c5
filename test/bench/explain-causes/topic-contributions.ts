import { Explainers } from "../../../src/classifiers/explainers.js";
import type { FeatureDescription } from "../../../src/history/snapshots.js";
import { TOPICS, type Topic, topicOf } from "../../../src/history/topics/topics.js";
import type { ChurnModel } from "../../../src/predict/churn-model.js";
import type { Table } from "../../../src/table/table.js";
import { copyRows } from "../../../src/vectors/vectors.js";

/** Topics that are no reason to leave: what the operator did, when it was, and who the subscriber is. */
const NO_REASONS: ReadonlySet<string> = new Set<Topic>(["offers", "season", "profile"]);
export const REASONS = TOPICS.filter((topic) => !NO_REASONS.has(topic));

/** What the features of each topic add to the margin of each row: row-major, one number per topic of {@link REASONS}. */
export async function topicContributions(
  { scorer: { classifier, vectorizer } }: ChurnModel,
  features: readonly FeatureDescription[],
  table: Table,
): Promise<Float64Array> {
  const vectors = vectorizer.transform(table);
  const width = vectors.features.length;
  const rows = new Float64Array(table.rowCount * width);
  copyRows(vectors, 0, table.rowCount, rows);
  const into = new Float64Array(rows.length);
  const fallback = { rows: rows.subarray(0, 100 * width), width };
  const explainers = await Explainers.load();
  explainers.of(classifier, width, undefined, fallback).add(rows, table.rowCount, 1, into);

  const described = new Map(features.map((feature) => [feature.name, feature]));
  const columns = vectors.features.map(({ name }) => {
    const feature = described.get(name);
    const place = (isMissing: boolean) =>
      feature === undefined ? -1 : REASONS.indexOf(topicOf(feature, isMissing) as Topic);
    return { present: place(false), missing: place(true) };
  });
  const sums = new Float64Array(table.rowCount * REASONS.length);
  into.forEach((value, i) => {
    const { present, missing } = columns[i % width];
    const topic = Number.isNaN(rows[i]) ? missing : present;
    if (topic >= 0) sums[Math.floor(i / width) * REASONS.length + topic] += value;
  });
  return sums;
}
