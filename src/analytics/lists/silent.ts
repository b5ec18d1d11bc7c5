import { money } from "../../printing/prose.js";
import { monthOf, monthText } from "../../table/calendar.js";
import type { Cutoff } from "../query/cutoff-of.js";
import type { FactsQuery } from "../query/facts-query.js";
import { SUBSCRIBERS_AT } from "../query/subscribers-at.js";
import type { SayList } from "./list-words.js";
import {
  COMMON_SQL,
  type CommonRow,
  commonOf,
  type ListedSubscriber,
  listOf,
  noList,
  type SubscriberList,
} from "./listed-subscriber.js";

/** A subscriber who is active, and used nothing in the last whole month, but did before. */
export interface SilentSubscriber extends ListedSubscriber {
  /** The last month with any use, such as `2025-04`. */
  readonly lastUse: string;
  /** Whole months without use since then, 1 or more. */
  readonly monthsSilent: number;
}

/** The silent list, and who is silent but not on it. */
export interface SilentList extends SubscriberList<SilentSubscriber> {
  /** Active subscribers without use in all months that are looked at: there is no use to win back. */
  readonly neverUsed: number;
}

/** Subscribers without use in the last whole month. */
export async function silentList(query: FactsQuery, cutoff: Cutoff, say: SayList): Promise<SilentList> {
  if (!query.has("usage") || !query.columns("usage").some(({ kind }) => kind === "number"))
    return { ...noList("the history has no measures of usage"), neverUsed: 0 };
  const rows = await query.rows<CommonRow & { readonly last_use: number }>(`
SELECT ${COMMON_SQL}, s.last_use FROM ${SUBSCRIBERS_AT} s
WHERE s.used_last = 0 AND s.last_use > 1
ORDER BY s.revenue DESC NULLS LAST, s.last_use, s.subscriber_id`);
  const [{ known, unused }] = await query.rows<{ readonly known: number; readonly unused: number }>(`
SELECT count(s.used_last) AS known, count(*) FILTER (WHERE s.used_last = 0 AND s.last_use IS NULL) AS unused
FROM ${SUBSCRIBERS_AT} s`);
  if (known === 0) return { ...noList("the use of the last whole month is not known"), neverUsed: 0 };
  const list = listOf(
    rows.map((row): SilentSubscriber => {
      const lastUse = monthText(monthOf(cutoff.day) - row.last_use);
      const monthsSilent = row.last_use - 1;
      const values = { month: lastUse, months: monthsSilent };
      const reason =
        row.revenue === null
          ? say("no use for {months} {months|month|months}, last in {month}", values)
          : say(
              "no use for {months} {months|month|months}, last in {month}, and still billed {bill} a month",
              {
                ...values,
                bill: money(row.revenue),
              },
            );
      return { ...commonOf(row), lastUse, monthsSilent, reason };
    }),
  );
  return { ...list, neverUsed: unused };
}
