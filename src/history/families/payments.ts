import { double, ratio, tenThousandths } from "../query/expressions.js";
import type { FactsInView } from "../query/facts-in-view.js";
import { type Feature, type FeatureFamily, numeric } from "../query/feature.js";

/** How the subscriber pays: how much, how late, how regularly, and the balance of the account. */
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
        numeric(
          "payment_total",
          "money",
          `coalesce(${double(column("total"))} / 10000, 0)`,
          "payments in all",
        ),
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
            `${ratio(column("delays"), column("delays_known"))} / 10000`,
            "mean delay of payments, none if early",
          ),
        );
      }
      if (!view.has("payments", "balance")) return { joins: [{ relation: paid }], features };
      const balance = `(${double(`${column("last_balance")} % ${PER_DAY} - ${HALF_A_DAY}`)} / 10000)`;
      features.push(
        numeric("balance_last", "money", balance, "balance after the last payment that tells one"),
        numeric("in_arrears", "flag", `CASE WHEN ${balance} < 0 THEN 1 ELSE 0 END`, "in arrears"),
      );
      return { joins: [{ relation: paid }], features };
    },
  };
}

/** Whole numbers that hold both a day and a balance: the least of them is the lowest balance of the last day, without a join. */
const PER_DAY = "10000000000000";
const HALF_A_DAY = "5000000000000";
const BALANCE_BY_DAY =
  `CAST(days_ago AS bigint) * ${PER_DAY} + ${HALF_A_DAY}` +
  ` + ${tenThousandths("CASE WHEN balance < -499999999 THEN -499999999 WHEN balance > 499999999 THEN 499999999 ELSE balance END")}`;

function paymentSums(view: FactsInView): string {
  const delay = "CASE WHEN days_late > 0 THEN days_late WHEN days_late <= 0 THEN 0 END";
  const late = view.has("payments", "days_late")
    ? [
        "sum(CASE WHEN days_late > 0 THEN 1 ELSE 0 END) AS late",
        `max(${delay}) AS worst`,
        `CAST(sum(${tenThousandths(delay)}) AS bigint) AS delays`,
        "count(days_late) AS delays_known",
      ]
    : [];
  const balance = view.has("payments", "balance") ? [`min(${BALANCE_BY_DAY}) AS last_balance`] : [];
  const sums = [
    "count(*) AS payments",
    `CAST(sum(${tenThousandths("amount")}) AS bigint) AS total`,
    "min(paid_on) AS first_day",
    "max(paid_on) AS last_day",
    ...late,
    ...balance,
  ];
  return view.relation(
    "payment_sums",
    [
      `SELECT subscriber_id, cutoff,\n  ${sums.join(",\n  ")}`,
      `FROM ${view.seen("payments")}`,
      "GROUP BY subscriber_id, cutoff",
    ].join("\n"),
  );
}
