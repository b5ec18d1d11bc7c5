import type { FactsQuery } from "../query/facts-query.js";
import { moneySum } from "../query/money-sum.js";
import { SUBSCRIBERS_AT } from "../query/subscribers-at.js";
import type { ListText } from "./list-words.js";

/** Warning signs of a subscriber; null where the history can't tell. */
export interface WarningSigns {
  /** Use of the last month is at most half of the mean of the three months before. */
  readonly useFell: boolean | null;
  /** A complaint in the last 91 days. */
  readonly complaint: boolean | null;
  /** The contract ends within 60 days. */
  readonly contractEnds: boolean | null;
  /** A payment of the last 91 days came more than a week late, or the next one is missing for twice the usual time between payments. */
  readonly paymentLate: boolean | null;
  /** An enquiry about taking the number along, in the last 91 days. */
  readonly portingEnquiry: boolean | null;
}

const HALF = 0.5;
const CONTRACT_DAYS = 60;
const LATE_DAYS = 7;
/** From so many payments on, the usual time between them is known. */
const LEAST_PAYMENTS = 3;
const MISSING_TIMES = 2;

/** What each sign is called, in the order of the columns. */
export const SIGNS = {
  useFell: "use fell by half or more",
  complaint: "complained in the last three months",
  contractEnds: "contract ends within 60 days",
  paymentLate: "pays late",
  portingEnquiry: "asked about taking the number along",
} as const satisfies Readonly<Record<keyof WarningSigns, ListText>>;

export const SIGN_NAMES = Object.keys(SIGNS) as (keyof WarningSigns)[];

/**
 * Makes the temporary table `warning_signs`: for each subscriber of `subscribers_at` a column of each sign, 1 or 0, and `signs`, how many there are.
 * @param measures how many measures of use are compared: the use of a subscriber is the sum of them, each as a multiple of its mean over all.
 */
export async function makeWarningSigns(query: FactsQuery, day: number, measures: number): Promise<void> {
  const places = Array.from({ length: measures }, (_, i) => i + 1);
  const means = places.map(
    (i) => `nullif(${moneySum(`s.before_${i}`)} / count(s.before_${i}), 0) AS mean_${i}`,
  );
  const use = (name: string) => places.map((i) => `coalesce(s.${name}_${i} / m.mean_${i}, 0)`).join(" + ");
  const known = (name: string) => places.map((i) => `s.${name}_${i} IS NOT NULL`).join(" OR ");
  const flag = (sign: keyof WarningSigns, isKnown: string, when: string) =>
    `CASE WHEN ${isKnown} THEN CASE WHEN ${when} THEN 1 ELSE 0 END END AS "${sign}"`;
  const usual = "(s.last_paid - s.first_paid) / (s.payments - 1)";
  const isMissing = `coalesce(s.payments >= ${LEAST_PAYMENTS} AND ${day} - s.last_paid > ${MISSING_TIMES} * ${usual}, false)`;
  const columns = [
    places.length === 0
      ? 'CAST(NULL AS INTEGER) AS "useFell"'
      : flag(
          "useFell",
          `(${known("last")}) AND (${known("before")})`,
          `${use("before")} > 0 AND ${use("last")} <= ${HALF} * (${use("before")})`,
        ),
    flag("complaint", "s.complaints IS NOT NULL", "s.complaints > 0"),
    query.has("tariffs", "contract_until")
      ? flag(
          "contractEnds",
          "true",
          `coalesce(s.contract_until BETWEEN ${day} AND ${day + CONTRACT_DAYS}, false)`,
        )
      : 'CAST(NULL AS INTEGER) AS "contractEnds"',
    flag(
      "paymentLate",
      "s.payments IS NOT NULL",
      `coalesce(s.worst_delay > ${LATE_DAYS}, false) OR ${isMissing}`,
    ),
    flag("portingEnquiry", "s.porting_enquiries IS NOT NULL", "s.porting_enquiries > 0"),
  ];
  const from =
    means.length === 0 ? "" : ` CROSS JOIN (SELECT ${means.join(", ")} FROM ${SUBSCRIBERS_AT} s) m`;
  const sum = SIGN_NAMES.map((name) => `coalesce("${name}", 0)`).join(" + ");
  await query.run(
    `CREATE TEMP TABLE warning_signs AS
SELECT *, ${sum} AS signs FROM (SELECT s.subscriber_id, ${columns.join(", ")} FROM ${SUBSCRIBERS_AT} s${from}) w`,
    "warning signs",
  );
}

/** The signs of a row of the table. */
export function signsOf(row: { readonly [Sign in keyof WarningSigns]: number | null }): WarningSigns {
  const isSo = (value: number | null) => (value === null ? null : value === 1);
  return {
    useFell: isSo(row.useFell),
    complaint: isSo(row.complaint),
    contractEnds: isSo(row.contractEnds),
    paymentLate: isSo(row.paymentLate),
    portingEnquiry: isSo(row.portingEnquiry),
  };
}
