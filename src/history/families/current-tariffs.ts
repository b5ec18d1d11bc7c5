import type { FactsInView } from "../query/facts-in-view.js";

/** Columns of the tariff that a subscriber has; NULL where the last one ended without a successor. */
const OF_CURRENT = ["tariff", "valid_from", "monthly_fee", "contract_until"] as const;

/**
 * The relation of the tariff of each subscriber at each cutoff, of those who ever had one: `tariff`, `valid_from`,
 * `monthly_fee` and `contract_until` if the history has them, NULL where the last tariff has ended; `last_tariff` and
 * `last_from`, which stay; `changes` in the observation window, and `first_fee`, the fee of the tariff before the window, or
 * else of the first one.
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
  const names = OF_CURRENT.filter((name) => view.has("tariffs", name));
  const ofLatest = names.map(
    (name) => `max(CASE WHEN t.valid_from = b.latest THEN t.${name} END) AS ${name}`,
  );
  const first = view.has("tariffs", "monthly_fee")
    ? ["max(CASE WHEN t.valid_from = b.earliest THEN t.monthly_fee END) AS first_fee"]
    : [];
  const last = view.relation(
    "latest_tariffs",
    [
      "SELECT t.subscriber_id, t.cutoff, max(b.changes) AS changes,",
      "  max(CASE WHEN t.valid_from = b.latest AND t.valid_to IS NOT NULL THEN 1 ELSE 0 END) AS has_ended,",
      `  ${[...ofLatest, ...first].join(",\n  ")}`,
      `FROM ${seen} t JOIN ${begun} b ON b.subscriber_id = t.subscriber_id AND b.cutoff = t.cutoff`,
      "GROUP BY t.subscriber_id, t.cutoff",
    ].join("\n"),
  );
  const current = names.map((name) => `CASE WHEN has_ended = 0 THEN ${name} END AS ${name}`);
  const others = ["subscriber_id", "cutoff", "changes", ...(first.length > 0 ? ["first_fee"] : [])];
  return view.relation(
    "current_tariffs",
    [
      `SELECT ${[...others, "tariff AS last_tariff", "valid_from AS last_from"].join(", ")},`,
      `  ${current.join(",\n  ")}`,
      `FROM ${last}`,
    ].join("\n"),
  );
}
