import type { FactsInView } from "../query/facts-in-view.js";

/** The relation of the tariff that each subscriber began last before the cutoff; one row each, also of equal beginnings. */
export function currentTariffs(view: FactsInView): string {
  const seen = view.seen("tariffs");
  const columns = ["monthly_fee", "contract_until"].filter((name) => view.has("tariffs", name));
  return view.relation(
    "current_tariffs",
    [
      `SELECT t.subscriber_id, t.cutoff, t.valid_from, ${["tariff", ...columns].map((name) => `max(t.${name}) AS ${name}`).join(", ")}`,
      `FROM ${seen} t JOIN (`,
      `  SELECT subscriber_id, cutoff, max(valid_from) AS valid_from FROM ${seen} GROUP BY subscriber_id, cutoff`,
      ") latest ON latest.subscriber_id = t.subscriber_id AND latest.cutoff = t.cutoff AND latest.valid_from = t.valid_from",
      "GROUP BY t.subscriber_id, t.cutoff, t.valid_from",
    ].join("\n"),
  );
}
