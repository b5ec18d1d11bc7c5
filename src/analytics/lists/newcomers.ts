import { money } from "../../printing/prose.js";
import { addMonths } from "../../table/calendar.js";
import type { Cutoff } from "../query/cutoff-of.js";
import type { FactsQuery } from "../query/facts-query.js";
import { SUBSCRIBERS_AT } from "../query/subscribers-at.js";
import { makePriceList } from "../tariffs/price-list.js";
import { NEW_MONTHS } from "./list-columns.js";
import type { SayList } from "./list-words.js";
import {
  COMMON_SQL,
  type CommonRow,
  commonOf,
  dayText,
  type ListedSubscriber,
  listOf,
  noList,
  type SubscriberList,
} from "./listed-subscriber.js";

/**
 * Why to call a new subscriber. `overdue`: the next payment is overdue, and a call may save the subscription; `bill shock`: the first bill is
 * far above the fee, and a fitting tariff prevents a complaint; `welcome`: paid twice and worth much, and a call finds out what else they need.
 */
export type NewcomerCall = "overdue" | "bill shock" | "welcome";

/** A subscriber of one to three months whose first whole month's bill is among the highest of such subscribers. */
export interface Newcomer extends ListedSubscriber {
  readonly call: NewcomerCall;
  /** The bill of the first whole month, in money. */
  readonly firstBill: number;
  /** The fee of the tariff, and those of their services that have a price, in money per month. */
  readonly fee: number | null;
  readonly payments: number;
  readonly lastPaid: string | null;
  /** Days since the last payment, or since the activation where there is none. */
  readonly daysSincePayment: number;
}

/** The list of new subscribers. */
export interface NewcomerList extends SubscriberList<Newcomer> {
  /** New subscribers at the cutoff: activated one to three months before. */
  readonly newSubscribers: number;
  /** Of them, those whose first whole month has no bill yet. */
  readonly withoutWholeMonth: number;
  /** First bills from this on are high, in money; null where there are none. */
  readonly highFrom: number | null;
}

/** First bills are high from this quantile on. */
const HIGH = 0.75;
/** A further payment is overdue after so many days: a month, and ten days of grace. */
const OVERDUE_DAYS = 41;
/** A first bill of so many times the fee is a shock. */
const SHOCK = 1.5;

/** New subscribers who paid twice or whose next payment is overdue, with a high first bill. */
export async function newcomerList(query: FactsQuery, { day }: Cutoff, say: SayList): Promise<NewcomerList> {
  const nothing = { newSubscribers: 0, withoutWholeMonth: 0, highFrom: null };
  const without = (["payments", "billing"] as const).filter((table) => !query.has(table));
  if (without.length > 0) return { ...noList(`the history has no ${without.join(" and no ")}`), ...nothing };
  const isNew = `s.activated_on >= ${addMonths(day, -NEW_MONTHS)} AND s.activated_on <= ${addMonths(day, -1)}`;
  const [counts] = await query.rows<{
    readonly all: number;
    readonly billed: number;
    readonly high: number | null;
  }>(`
SELECT count(*) AS "all", count(s.first_bill) AS billed, quantile_disc(s.first_bill, ${HIGH}) AS high
FROM ${SUBSCRIBERS_AT} s WHERE ${isNew}`);
  const found = {
    newSubscribers: counts.all,
    withoutWholeMonth: counts.all - counts.billed,
    highFrom: counts.high,
  };
  if (counts.high === null) return { ...listOf<Newcomer>([]), ...found };
  if (query.has("prices")) await makePriceList(query, day, []);
  const since = `(${day} - coalesce(s.last_paid, s.activated_on))`;
  const rows = await query.rows<
    CommonRow & {
      readonly first_bill: number;
      readonly monthly_fee: number | null;
      readonly payments: number;
      readonly last_paid: number | null;
      readonly days: number;
    }
  >(`
SELECT ${COMMON_SQL}, s.first_bill, s.monthly_fee + ${servicesSql(query, day)} AS monthly_fee, s.payments, s.last_paid, ${since} AS days FROM ${SUBSCRIBERS_AT} s
WHERE ${isNew} AND s.first_bill >= ${counts.high} AND s.first_bill > 0
  AND (s.payments >= 2 OR ${since} >= ${OVERDUE_DAYS})
ORDER BY s.first_bill DESC, s.subscriber_id`);
  const list = listOf(
    rows.map((row): Newcomer => {
      const call = callOf(row);
      const { first_bill: firstBill, monthly_fee: fee, payments, days: daysSincePayment } = row;
      return {
        ...commonOf(row),
        call,
        firstBill,
        fee,
        payments,
        lastPaid: dayText(row.last_paid),
        daysSincePayment,
        reason: reasonOf(call, { firstBill, fee, payments, daysSincePayment }, say),
      };
    }),
  );
  return { ...list, ...found };
}

/** The fees of the services that a subscriber `s` has at the cutoff, in money. */
function servicesSql(query: FactsQuery, day: number): string {
  if (!query.has("services") || !query.has("prices")) return "0";
  return `coalesce((SELECT sum(f.fee) / 10000 FROM service_facts v JOIN service_fees f ON f.service = v.service
    WHERE v.subscriber_id = s.subscriber_id AND f.tariff = s.tariff
      AND v.valid_from < ${day} AND (v.valid_to IS NULL OR v.valid_to >= ${day})), 0)`;
}

function callOf(row: {
  readonly days: number;
  readonly monthly_fee: number | null;
  readonly first_bill: number;
}) {
  if (row.days >= OVERDUE_DAYS) return "overdue";
  return row.monthly_fee !== null && row.monthly_fee > 0 && row.first_bill >= SHOCK * row.monthly_fee
    ? "bill shock"
    : "welcome";
}

function reasonOf(
  call: NewcomerCall,
  row: Pick<Newcomer, "firstBill" | "fee" | "payments" | "daysSincePayment">,
  say: SayList,
): string {
  const bill = money(row.firstBill);
  switch (call) {
    case "overdue":
      return row.payments === 0
        ? say("no payment {days} days after the activation, first bill {bill}: ask what is wrong", {
            days: row.daysSincePayment,
            bill,
          })
        : say(
            "no payment for {days} days after {payments} {payments|payment|payments}, first bill {bill}: ask what is wrong",
            {
              days: row.daysSincePayment,
              payments: row.payments,
              bill,
            },
          );
    case "bill shock":
      return say(
        "first bill {bill} at a fee of {fee}: offer a fitting tariff or service before the next bill",
        {
          bill,
          fee: money(row.fee ?? 0),
        },
      );
    case "welcome":
      return say("paid {payments} times, first bill {bill} is among the highest: ask what else they need", {
        payments: row.payments,
        bill,
      });
  }
}
