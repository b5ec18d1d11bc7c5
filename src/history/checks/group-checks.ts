import { quoteIdentifier } from "../../database/duckdb/session.js";
import { type FactPlan, HIDDEN } from "../sources/fact-plan.js";
import {
  allColumns,
  dayText,
  type GroupCheck,
  has,
  IS_IDENTIFIED,
  isMonthly,
  LAST,
  monthText,
  SUBSCRIBER,
} from "./fact-check.js";

/** The checks of the rows of a table against each other, in the order in which rows are left out. */
export function groupChecks(plan: FactPlan): GroupCheck[] {
  if (plan.table.name === "subscribers") return [duplicateSubscribers(plan)];
  if (plan.table.name === "tariffs") return [correctedTariffs(plan), overlappingTariffs(plan)];
  if (plan.table.name === "managers") return plan.table.about.map((key) => overlappingManagers(plan, key));
  if (plan.table.name === "prices") return [overlappingPrices(plan)];
  return isMonthly(plan) ? [duplicateMonths(plan)] : [];
}

function duplicateSubscribers(plan: FactPlan): GroupCheck {
  // Of a row with an end, known_at is about the end: its activation was known on its day.
  const known = "CASE WHEN ended_on IS NULL THEN coalesce(known_at, activated_on) ELSE activated_on END";
  return {
    kind: "duplicate subscriber",
    column: "subscriber_id",
    expected: "must appear once",
    action: "the row known first was kept",
    keys: ["subscriber_id"],
    suspects: (_, perSubscriber) => `SELECT ${SUBSCRIBER} FROM ${perSubscriber} WHERE facts > 1`,
    order: [`${known} NULLS FIRST`, "activated_on NULLS FIRST", ...allColumns(plan)],
    value: dayText("activated_on"),
  };
}

function duplicateMonths(plan: FactPlan): GroupCheck {
  return {
    kind: "duplicate month",
    column: "month",
    expected: "must appear once per subscriber",
    action: "the row known first was kept",
    keys: ["subscriber_id", "month"],
    suspects: (relation, perSubscriber) =>
      `SELECT ${SUBSCRIBER}, month
      FROM ${relation} SEMI JOIN (SELECT ${SUBSCRIBER} FROM ${perSubscriber} WHERE months < dated) USING (${SUBSCRIBER})
      WHERE month IS NOT NULL GROUP BY ALL HAVING count(*) > 1`,
    order: ["known_at NULLS FIRST", ...allColumns(plan)],
    value: monthText("month"),
  };
}

/**
 * Tariffs that begin on the same day and were known as early correct each other: the last one counts, by its time or else its
 * place in the source. One that became known later is kept beside it, because before that day the other one was known.
 */
function correctedTariffs(plan: FactPlan): GroupCheck {
  const { hidden } = plan;
  const last = [
    ...(hidden.has("time") ? [`${HIDDEN.time} DESC`] : []),
    ...(hidden.has("row") ? [`${HIDDEN.row} DESC`] : []),
    ...allColumns(plan).map((column) => column.replace(" NULLS FIRST", " DESC NULLS LAST")),
  ];
  return {
    kind: "overlapping tariffs",
    column: "valid_from",
    expected: "must not be corrected on the day on which it begins",
    action: "the last of the tariffs of a day was kept",
    keys: ["subscriber_id", "valid_from"],
    suspects: (relation) =>
      `SELECT ${SUBSCRIBER}, valid_from FROM ${relation}
      WHERE ${IS_IDENTIFIED} AND valid_from IS NOT NULL AND ${hasLength()} GROUP BY ALL HAVING count(*) > 1`,
    order: last,
    contradicts: `${known("o")} = ${known("r")} AND ${hasLength("o.")} AND ${hasLength("r.")}`,
    value: `tariff || ' from ' || ${dayText("valid_from")}`,
    note: { kind: "corrected tariffs", text: "corrected by the last tariff of the day, and left out" },
  };
}

/** What ends on the day on which it begins never was. */
function hasLength(of = ""): string {
  return `(${of}valid_to IS NULL OR ${of}valid_to > ${of}valid_from)`;
}

function known(row: "o" | "r"): string {
  return `coalesce(${row}.known_at, ${row}.valid_from)`;
}

/** Those of one day are no overlap: the one that was known last corrects the others. */
function overlappingTariffs(plan: FactPlan): GroupCheck {
  const overlap = overlaps(plan, ["subscriber_id"]);
  return {
    ...overlap,
    kind: "overlapping tariffs",
    expected: "must not lie before the end of the subscriber's tariff before it",
    action: "tariffs that overlap one that was known earlier were left out",
    isLast: `row_number() OVER (PARTITION BY ${SUBSCRIBER}, valid_from ORDER BY ${hasLength()} DESC, known_at DESC NULLS LAST) = 1`,
    contradicts: `o.valid_from <> r.valid_from AND o.${LAST} AND r.${LAST} AND ${overlap.contradicts}`,
    value: `tariff || ' from ' || ${dayText("valid_from")}`,
  };
}

function overlappingManagers(plan: FactPlan, key: string): GroupCheck {
  const who = key === "group_id" ? "group" : "subscriber";
  // A manager of a group and a subscriber is that of the subscriber.
  const isOwn = key === "group_id" && has(plan, "subscriber_id");
  return {
    ...overlaps(plan, [key], (of) => (isOwn ? `coalesce(${of}${SUBSCRIBER}, '') = ''` : "true")),
    kind: "overlapping managers",
    expected: `must not lie before the end of the ${who}'s manager before it`,
    action: `managers of a ${who} that overlap one that was known earlier were left out`,
    value: `'${who} ' || ${quoteIdentifier(key)} || ': ' || manager || ' from ' || ${dayText("valid_from")}`,
  };
}

function overlappingPrices(plan: FactPlan): GroupCheck {
  return {
    ...overlaps(plan, ["tariff", "product"]),
    kind: "overlapping prices",
    expected: "must not lie before the end of the product's price in the tariff before it",
    action: "prices that overlap one that was known earlier were left out",
    value: `tariff || ', ' || product || ' from ' || ${dayText("valid_from")}`,
  };
}

/**
 * Intervals with the same keys that overlap; those without days overlap nothing.
 * @param counts SQL for which rows are compared. Default: all.
 */
function overlaps(
  plan: FactPlan,
  keys: readonly string[],
  counts: (of: string) => string = () => "true",
): Pick<GroupCheck, "column" | "keys" | "suspects" | "order"> & { readonly contradicts: string } {
  const ids = keys.map(quoteIdentifier).join(", ");
  const end = (of: string) => `coalesce(${of}valid_to, ${END_OF_TIME})`;
  const isKeyed = (of: string) =>
    [...keys.map((key) => `${of}${quoteIdentifier(key)} <> ''`), counts(of)].join(" AND ");
  return {
    column: "valid_from",
    keys,
    // If any two overlap, two adjacent ones in order of their start do.
    suspects: (relation) =>
      `SELECT DISTINCT ${ids} FROM (
        SELECT ${ids}, lead(valid_from) OVER (PARTITION BY ${ids} ORDER BY valid_from, ${end("")}) < ${end("")} AS is_suspect
        FROM ${relation} WHERE ${isKeyed("")} AND valid_from IS NOT NULL
      ) WHERE is_suspect`,
    order: ["coalesce(known_at, valid_from) NULLS FIRST", "valid_from", ...allColumns(plan)],
    contradicts: [
      `o.valid_from < ${end("r.")} AND r.valid_from < ${end("o.")}`,
      ...["o.", "r."].flatMap((of) => [hasLength(of), isKeyed(of)]),
    ].join(" AND "),
  };
}

/** A day later than any date. */
const END_OF_TIME = 2_147_483_647;
