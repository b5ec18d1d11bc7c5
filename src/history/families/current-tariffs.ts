import type { FactsInView } from "../query/facts-in-view.js";

/**
 * The relation of the latest tariff of each subscriber that began before the cutoff: `tariff`, `valid_from`, `monthly_fee`
 * and `contract_until` if the history has them, `changes` in the observation window, and `first_fee`, the fee of the tariff
 * before the window, or else of the first one. Of tariffs that begin on the same day, the one with the greatest name counts.
 */
export function currentTariffs(view: FactsInView): string {
  const seen = view.seen("tariffs");
  const begun = view.relation(
    "tariffs_begun",
    [
      "SELECT subscriber_id, cutoff, max(valid_from) AS latest,",
      "  coalesce(max(CASE WHEN valid_from < observe_from THEN valid_from END), min(valid_from)) AS earliest,",
      "  count(*) - greatest(sum(CASE WHEN valid_from < observe_from THEN 1 ELSE 0 END), 1) AS changes",
      `FROM ${seen}`,
      "GROUP BY subscriber_id, cutoff",
    ].join("\n"),
  );
  const columns = ["tariff", "monthly_fee", "contract_until"]
    .filter((name) => view.has("tariffs", name))
    .map((name) => `max(CASE WHEN t.valid_from = b.latest THEN t.${name} END) AS ${name}`);
  if (view.has("tariffs", "monthly_fee")) {
    columns.push("max(CASE WHEN t.valid_from = b.earliest THEN t.monthly_fee END) AS first_fee");
  }
  return view.relation(
    "current_tariffs",
    [
      "SELECT t.subscriber_id, t.cutoff, max(b.latest) AS valid_from, max(b.changes) AS changes,",
      `  ${columns.join(",\n  ")}`,
      `FROM ${seen} t JOIN ${begun} b ON b.subscriber_id = t.subscriber_id AND b.cutoff = t.cutoff`,
      "GROUP BY t.subscriber_id, t.cutoff",
    ].join("\n"),
  );
}
