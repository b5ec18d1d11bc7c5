import { formatDate } from "../../table/dates.js";

/** What every list says of a subscriber. */
export interface ListedSubscriber {
  readonly subscriber: string;
  readonly region: string | null;
  readonly dealer: string | null;
  readonly tariff: string | null;
  /** Such as `2024-03-18`. */
  readonly activatedOn: string;
  /** The mean bill of the last three months (ARPU), in money per month; null where it is not known. */
  readonly revenue: number | null;
  /** The day of the last contact within the months that are looked at; null for none. */
  readonly lastContact: string | null;
  /** Why the subscriber is listed, a sentence without a full stop. */
  readonly reason: string;
}

/** A list, the most valuable first. */
export interface SubscriberList<Row extends ListedSubscriber> {
  /** Why there is no list. Null where there is one, also an empty one. */
  readonly missing: string | null;
  /** How many there are; `rows` may hold only the first. */
  readonly listed: number;
  readonly rows: readonly Row[];
  /** What the listed subscribers are worth in all, in money per month. */
  readonly revenue: number;
}

/** A row of a query with the columns of {@link COMMON_SQL}; days since 1970-01-01. */
export interface CommonRow {
  readonly subscriber_id: string;
  readonly region: string | null;
  readonly dealer_id: string | null;
  readonly tariff: string | null;
  readonly activated_on: number;
  readonly revenue: number | null;
  readonly last_contact: number | null;
}

export const COMMON_SQL =
  "s.subscriber_id, s.region, s.dealer_id, s.tariff, s.activated_on, s.revenue, s.last_contact";

/** What every list says of a row, but why it is listed. */
export function commonOf(row: CommonRow): Omit<ListedSubscriber, "reason"> {
  return {
    subscriber: row.subscriber_id,
    region: row.region,
    dealer: row.dealer_id,
    tariff: row.tariff,
    activatedOn: formatDate(row.activated_on),
    revenue: row.revenue,
    lastContact: dayText(row.last_contact),
  };
}

export function dayText(day: number | null): string | null {
  return day === null ? null : formatDate(day);
}

/** A list of rows. */
export function listOf<Row extends ListedSubscriber>(rows: readonly Row[]): SubscriberList<Row> {
  return {
    missing: null,
    listed: rows.length,
    rows,
    revenue: rows.reduce((sum, { revenue }) => sum + (revenue ?? 0), 0),
  };
}

/** A list that can't be made. */
export function noList(missing: string): SubscriberList<never> {
  return { missing, listed: 0, rows: [], revenue: 0 };
}
