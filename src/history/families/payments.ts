import { double, ratio, tenThousandths } from "../query/expressions.js";
import type { FactsInView } from "../query/facts-in-view.js";
import { type Feature, type FeatureFamily, numeric } from "../query/feature.js";

/** How the subscriber pays: how much, how late, in what rhythm, and what is left on the account. */
export function payments(): FeatureFamily {
  return {
    name: "payments",
    needs: ["payments"],
    plan(view) {
      const paid = paymentSums(view);
      const column = (name: string) => `${paid}.${name}`;
      const rhythm = ratio(`(${column("last_day")} - ${column("first_day")})`, `(${column("payments")} - 1)`);
      const sinceLast = `(active.cutoff - ${column("last_day")})`;
      const features: Feature[] = [
        numeric(
          "payment_count",
          "count",
          `coalesce(${column("payments")}, 0)`,
          "payments in the observation window",
        ),
        numeric(
          "payment_mean",
          "money",
          `${ratio(column("total"), column("payments"))} / 10000`,
          "mean payment",
        ),
        numeric("payment_total", "money", `${double(column("total"))} / 10000`, "payments in all"),
        numeric("days_since_payment", "days", sinceLast, "time since the last payment"),
        numeric("payment_rhythm", "days", rhythm, "mean time from payment to payment"),
        numeric(
          "payment_overdue",
          "share",
          `${double(sinceLast)} / nullif(${rhythm}, 0)`,
          "time since the last payment against the usual time between payments",
        ),
      ];
      if (view.has("payments", "days_late")) {
        features.push(
          numeric(
            "late_payments",
            "count",
            `coalesce(${column("late")}, 0)`,
            "late payments in the observation window",
          ),
          numeric("days_late_worst", "days", column("worst"), "the latest payment's delay"),
          numeric(
            "days_late_mean",
            "days",
            `${ratio(column("days_late"), column("payments"))} / 10000`,
            "mean delay of payments",
          ),
        );
      }
      if (!view.has("payments", "balance")) return { joins: [{ relation: paid }], features };
      const balances = lastBalances(view, paid);
      features.push(
        numeric("balance_last", "money", `${balances}.balance`, "balance after the last payment"),
        numeric("in_arrears", "flag", `CASE WHEN ${balances}.balance < 0 THEN 1 ELSE 0 END`, "in arrears"),
      );
      return { joins: [{ relation: paid }, { relation: balances }], features };
    },
  };
}

function paymentSums(view: FactsInView): string {
  const late = view.has("payments", "days_late")
    ? [
        "sum(CASE WHEN days_late > 0 THEN 1 ELSE 0 END) AS late",
        "max(days_late) AS worst",
        `CAST(sum(${tenThousandths("greatest(days_late, 0)")}) AS bigint) AS days_late`,
      ]
    : [];
  const sums = [
    "count(*) AS payments",
    `CAST(sum(${tenThousandths("amount")}) AS bigint) AS total`,
    "min(paid_on) AS first_day",
    "max(paid_on) AS last_day",
    ...late,
  ];
  return view.relation(
    "payment_sums",
    [
      `SELECT subscriber_id, cutoff,\n  ${sums.join(",\n  ")}`,
      `FROM ${view.seen("payments")}`,
      "WHERE paid_on >= observe_from",
      "GROUP BY subscriber_id, cutoff",
    ].join("\n"),
  );
}

/** Of several payments of the last day the lowest balance. */
function lastBalances(view: FactsInView, paid: string): string {
  return view.relation(
    "last_balances",
    [
      "SELECT p.subscriber_id, p.cutoff, min(p.balance) AS balance",
      `FROM ${view.seen("payments")} p JOIN ${paid} l`,
      "  ON l.subscriber_id = p.subscriber_id AND l.cutoff = p.cutoff AND l.last_day = p.paid_on",
      "GROUP BY p.subscriber_id, p.cutoff",
    ].join("\n"),
  );
}
