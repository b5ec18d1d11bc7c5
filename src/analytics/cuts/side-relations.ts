import { quoteIdentifier, quoteLiteral } from "../../database/duckdb/session.js";
import { tenThousandths } from "../../history/query/expressions.js";
import { standardTable } from "../../history/standard-tables.js";

// Relations about subscribers as of the day before the `as_of` of `members`: the same day for those in the base; those who joined later have
// their own. Months of the base are limited by constants, so that most of a large table is not read; the others are few (`later_members`).

/** Days of about three months. */
const RECENT_DAYS = 91;

/** Those who joined later, and the day on which each is looked at. */
const LATER = "JOIN later_members m ON m.subscriber_id = f.subscriber_id";

/**
 * A side relation of two parts: rows as of the day of the base (`in_base` 1), where those of others are joined with none, and rows of those
 * who joined later, each as of their day (`in_base` 0).
 */
function ofBoth(part: (inBase: 0 | 1) => string): string {
  return `${part(1)}\nUNION ALL\n${part(0)}`;
}

/**
 * The tariff on the day before. Of those that began on one day the one that became known last corrects the others, and what ends on the
 * day on which it begins never was.
 * @param baseDay the `as_of` of the base.
 * @param isCorrected whether the table says when tariffs became known.
 */
export function validTariff(baseDay: number, isCorrected: boolean): string {
  const isThere = "(f.valid_to IS NULL OR f.valid_to > f.valid_from)";
  return ofBoth((inBase) => {
    const day = inBase === 1 ? String(baseDay) : "m.as_of";
    const from = `FROM tariff_facts f ${inBase === 1 ? "" : LATER} WHERE f.valid_from < ${day} AND ${isThere}`;
    // Without corrections the tariffs of a subscriber do not overlap.
    if (!isCorrected) {
      const holds = `(f.valid_to IS NULL OR f.valid_to >= ${day})`;
      return `SELECT f.subscriber_id, ${inBase} AS in_base, arg_max(f.tariff, f.valid_from) AS tariff ${from} AND ${holds} GROUP BY f.subscriber_id`;
    }
    return [
      `SELECT subscriber_id, ${inBase} AS in_base, CASE WHEN last.valid_to IS NULL OR last.valid_to >= as_of THEN last.tariff END AS tariff FROM (`,
      "  SELECT f.subscriber_id, arg_max({'tariff': f.tariff, 'valid_to': f.valid_to},",
      `    (f.valid_from, coalesce(f.known_at, f.valid_from), f.tariff)) AS last, max(${day}) AS as_of ${from} GROUP BY f.subscriber_id`,
      ")",
    ].join("\n");
  });
}

/** The group on the day before that was joined last; of several on one day, the one with the least id. @param baseDay the `as_of` of the base. */
export function validGroup(baseDay: number): string {
  return ofBoth((inBase) => {
    const day = inBase === 1 ? String(baseDay) : "m.as_of";
    return [
      `SELECT subscriber_id, ${inBase} AS in_base, last.group_id, last.group_kind FROM (`,
      "  SELECT f.subscriber_id,",
      "    arg_min({'group_id': f.group_id, 'group_kind': f.group_kind}, (-f.valid_from, f.group_id, f.group_kind)) AS last",
      `  FROM membership_facts f ${inBase === 1 ? "" : LATER}`,
      `  WHERE f.valid_from < ${day} AND (f.valid_to IS NULL OR (f.valid_to >= ${day} AND f.valid_to > f.valid_from))`,
      "  GROUP BY f.subscriber_id",
      ")",
    ].join("\n");
  });
}

/** Months of a table before the `as_of` of members. */
export interface RecentMonths {
  readonly table: "usage" | "billing";
  readonly measure: string;
  /** The month before whose first day those in the base are looked at. */
  readonly baseMonth: number;
  /** How many months there are. */
  readonly months: number;
}

/**
 * A measure in each of the last months, `amount_1` of the last one, as whole ten-thousandths, whose sums are the same in any order; NULL
 * without a value. And in `row_bits` the months that have a row: 1 is the last one, 2 the one before, 4, …
 */
export function recentAmounts({ table, measure, baseMonth, months }: RecentMonths): string {
  const { relation } = standardTable(table);
  const amount = tenThousandths(`f.${quoteIdentifier(measure)}`);
  const columns = (month: string) => {
    const amounts = Array.from(
      { length: months },
      (_, i) => `sum(CASE WHEN f.month = ${month} - ${i + 1} THEN ${amount} END) AS amount_${i + 1}`,
    );
    return [...amounts, `bit_or(1 << (${month} - 1 - f.month)) AS row_bits`].join(", ");
  };
  return ofBoth((inBase) => {
    const month = inBase === 1 ? String(baseMonth) : "m.as_of_month";
    const first = inBase === 1 ? String(baseMonth - months) : `m.as_of_month - ${months}`;
    return [
      `SELECT f.subscriber_id, ${inBase} AS in_base, ${columns(month)}`,
      `FROM ${relation} f ${inBase === 1 ? "" : LATER} WHERE f.month >= ${first} AND f.month < ${month}`,
      "GROUP BY f.subscriber_id",
    ].join("\n");
  });
}

/** The months of a table that has rows, and what a month without a row says of an active subscriber. */
export interface MonthsOfTable {
  readonly months: readonly number[];
  readonly absentMonths: "zero" | "unknown";
}

/**
 * SQL for the mean of a side relation of {@link recentAmounts} over months of service. A month without a row that began with the activation
 * or later counts as 0, if the table has rows of it and such months are not unknown; a row without a value says nothing. NULL without
 * such a month.
 * @param side the name of the relation.
 * @param from months before `as_of`, the first that counts: 1 is the last one; and the last, included.
 */
export function recentMean(side: string, [from, to]: readonly [number, number], of: MonthsOfTable): string {
  const places = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const amounts = places.map((ago) => ({
    isServed: `members.as_of_month - ${ago} >= members.activation_month`,
    amount: `${side}.amount_${ago}`,
    isZero: [
      `(coalesce(${side}.row_bits, 0) & ${2 ** (ago - 1)}) = 0`,
      `members.as_of_month - ${ago} >= members.first_whole_month`,
      `list_contains([${of.months.join(", ")}]::INTEGER[], members.as_of_month - ${ago})`,
    ].join(" AND "),
  }));
  const sum = amounts.map(
    ({ isServed, amount }) => `CASE WHEN ${isServed} THEN coalesce(${amount}, 0) ELSE 0 END`,
  );
  const count = amounts.map(({ isServed, amount, isZero }) => {
    const zero = of.absentMonths === "zero" ? ` WHEN ${isZero} THEN 1` : "";
    return `CASE WHEN ${isServed} AND ${amount} IS NOT NULL THEN 1${zero} ELSE 0 END`;
  });
  return `(${sum.join(" + ")})::DOUBLE / nullif(${count.join(" + ")}, 0) / 10000`;
}

/** How many events of some kinds happened in the last three months before. @param baseDay the `as_of` of the base. */
export function recentEvents(kinds: readonly string[], baseDay: number): string {
  return ofBoth((inBase) => {
    const [day, first] =
      inBase === 1
        ? [String(baseDay), String(baseDay - RECENT_DAYS)]
        : ["m.as_of", `m.as_of - ${RECENT_DAYS}`];
    return [
      `SELECT f.subscriber_id, ${inBase} AS in_base, count(*) AS events FROM event_facts f ${inBase === 1 ? "" : LATER}`,
      `WHERE f.kind IN (${kinds.map(quoteLiteral).join(", ")}) AND f."at" < ${day} AND f."at" >= ${first}`,
      "GROUP BY f.subscriber_id",
    ].join("\n");
  });
}
