import { bandOf, completedMonths } from "../../history/query/expressions.js";
import { LONGEST_TENURE, TENURE_BANDS } from "../../history/query/tenure-bands.js";
import type { FactKind, FactTableName } from "../../history/standard-tables.js";
import { firstDayOf } from "../../table/calendar.js";
import { formatDate } from "../../table/dates.js";
import { ownColumn } from "../counting/own-columns.js";
import { NO_GROUP } from "../query/no-group.js";
import {
  type MonthsOfTable,
  recentAmounts,
  recentEvents,
  recentMean,
  validGroup,
  validTariff,
} from "./side-relations.js";

/** What cuts are made with. */
export interface CutSettings {
  /** Upper bounds of tenure bands in months of life, rising. */
  readonly tenureBands: readonly number[] | undefined;
  /** Lower bounds of ARPU bands but the lowest, rising. */
  readonly arpuBands: readonly number[];
  /** The measure of `usage` whose trend is cut by. */
  readonly measure: string | undefined;
  /** The month before whose first day those in the base are looked at. */
  readonly baseMonth: number;
  /** Whether the table of tariffs says when they became known. */
  readonly isCorrected: boolean;
  readonly monthsOf: Readonly<Record<"usage" | "billing", MonthsOfTable>>;
}

/** Settings that are the same for every month. */
export type SteadySettings = Omit<CutSettings, "baseMonth">;

/** A relation beside `members`, with at most one row for each `subscriber_id` and `in_base`. */
export interface SideRelation {
  readonly name: string;
  readonly sql: string;
}

/** A way of dividing subscribers. */
export interface CutEntry {
  readonly name: string;
  /** For people, in English: the head of its column. */
  readonly title: string;
  readonly table: FactTableName;
  /** The column of the table that it needs, if it is not always there. */
  readonly column?: string;
  /** Whether it is made where no cut is asked for. */
  readonly isUsual: boolean;
  /** The relation that it reads; undefined where columns of `members` are enough. */
  side?(settings: CutSettings): SideRelation;
  /** SQL of the value, a text, over `members` and the side relation; NULL is not known. */
  value(settings: CutSettings): string;
  /** Its values in their order, of bands. Default: the largest base first. */
  order?(settings: Pick<CutSettings, "tenureBands" | "arpuBands">): readonly string[];
}

/** The mean bill of the three months before, which cuts, value classes and lost revenue share. */
export function recentRevenue({ baseMonth }: CutSettings): SideRelation {
  const of = { table: "billing", measure: "revenue", months: RECENT } as const;
  return { name: "recent_revenue", sql: recentAmounts({ ...of, baseMonth }) };
}

/** SQL for the mean bill, over `members` and {@link recentRevenue}; NULL where it is not known. */
export function meanRevenue({ monthsOf }: CutSettings): string {
  return recentMean("recent_revenue", [1, RECENT], monthsOf.billing);
}

/** The last months before, of which means are taken. */
const RECENT = 3;

/** The group of which a subscriber was a member on the day before. */
function groupOf({ baseMonth }: CutSettings): SideRelation {
  return { name: "valid_group", sql: validGroup(firstDayOf(baseMonth)) };
}

const FELL_BY_HALF = 0.5;
const STEADY = [0.9, 1.1] as const;

/** All cuts in the order of the page. A new one is an entry here; `--by` and its help derive from this list. */
export const CUTS: readonly CutEntry[] = [
  {
    name: "tenure",
    title: "tenure",
    table: "subscribers",
    isUsual: true,
    value: ({ tenureBands }) => {
      const { bands, last } = bandsOfTenure(tenureBands);
      return bandOf(completedMonths("members.activated_on", "members"), bands, last);
    },
    order: ({ tenureBands }) => labelsOf(bandsOfTenure(tenureBands)),
  },
  {
    name: "tariff",
    title: "tariff",
    table: "tariffs",
    isUsual: true,
    side: ({ baseMonth, isCorrected }) => ({
      name: "valid_tariff",
      sql: validTariff(firstDayOf(baseMonth), isCorrected),
    }),
    value: () => "valid_tariff.tariff",
  },
  {
    name: "arpu",
    title: "ARPU",
    table: "billing",
    isUsual: true,
    side: recentRevenue,
    value: (settings) => {
      const { bands, last } = bandsOfNumbers(settings.arpuBands);
      return bandOf(`(${meanRevenue(settings)})`, bands, last);
    },
    order: ({ arpuBands }) => labelsOf(bandsOfNumbers(arpuBands)),
  },
  {
    name: "groupKind",
    title: "kind of group",
    table: "memberships",
    isUsual: true,
    side: groupOf,
    value: () => `coalesce(valid_group.group_kind, '${NO_GROUP}')`,
  },
  {
    name: "group",
    title: "group",
    table: "memberships",
    isUsual: false,
    side: groupOf,
    value: () => `coalesce(valid_group.group_id, '${NO_GROUP}')`,
  },
  {
    name: "region",
    title: "region",
    table: "subscribers",
    column: "region",
    isUsual: true,
    value: () => `members.${ownColumn("region")}`,
  },
  {
    name: "dealer",
    title: "dealer",
    table: "subscribers",
    column: "dealer_id",
    isUsual: true,
    value: () => `members.${ownColumn("dealer_id")}`,
  },
  {
    name: "usageTrend",
    title: "usage trend",
    table: "usage",
    isUsual: true,
    order: () => ["fell by half", "fell", "steady", "rose"],
    side: ({ measure = "", baseMonth }) => ({
      name: "recent_use",
      sql: recentAmounts({ table: "usage", measure, baseMonth, months: 2 * RECENT }),
    }),
    value: ({ monthsOf }) => {
      const mean = (from: number, to: number) => `(${recentMean("recent_use", [from, to], monthsOf.usage)})`;
      const [now, before] = [mean(1, RECENT), mean(RECENT + 1, 2 * RECENT)];
      const ratio = `${now} / nullif(${before}, 0)`;
      return [
        `CASE WHEN ${ratio} <= ${FELL_BY_HALF} THEN 'fell by half' WHEN ${ratio} < ${STEADY[0]} THEN 'fell'`,
        `WHEN ${ratio} <= ${STEADY[1]} THEN 'steady' WHEN ${ratio} > ${STEADY[1]} THEN 'rose' END`,
      ].join(" ");
    },
  },
  eventCut("complaints", "complaints in 3 months", ["complaint"]),
  eventCut("faults", "network faults in 3 months", ["network_fault"]),
];

/** Bands by their upper bounds, exclusive, and the band above. */
interface Bands {
  readonly bands: readonly (readonly [below: number, label: string])[];
  readonly last: string;
}

function labelsOf({ bands, last }: Bands): string[] {
  return [...bands.map(([, label]) => label), last];
}

function bandsOfTenure(given: readonly number[] | undefined): Bands {
  if (given === undefined) return { bands: TENURE_BANDS, last: LONGEST_TENURE };
  const bands = given.map((to, i) => [to, `${i === 0 ? 1 : given[i - 1] + 1}-${to}`] as const);
  return { bands, last: `${given[given.length - 1]}+` };
}

function bandsOfNumbers(limits: readonly number[], shown = limits.map(String), between = "-"): Bands {
  const bands = limits.map(
    (below, i) => [below, i === 0 ? `under ${shown[i]}` : `${shown[i - 1]}${between}${shown[i]}`] as const,
  );
  return { bands, last: `${shown[shown.length - 1]}+` };
}

/** Of days since 1970-01-01, as intervals of ISO 8601. */
function bandsOfDays(limits: readonly number[]): Bands {
  return bandsOfNumbers(limits, limits.map(formatDate), "/");
}

/** By how often something happened in the three months before. */
function eventCut(name: string, title: string, kinds: readonly string[]): CutEntry {
  const side = `recent_${name}`;
  return {
    name,
    title,
    table: "events",
    isUsual: true,
    order: () => ["0", "1", "2", "3+"],
    side: ({ baseMonth }) => ({ name: side, sql: recentEvents(kinds, firstDayOf(baseMonth)) }),
    value: () =>
      `CASE coalesce(${side}.events, 0) WHEN 0 THEN '0' WHEN 1 THEN '1' WHEN 2 THEN '2' ELSE '3+' END`,
  };
}

/** A column of `members` by which no entry of the list cuts: its text, or bands of a number or day with many values. */
export function attributeCut(
  name: string,
  title: string,
  { kind, limits }: { readonly kind: FactKind; readonly limits?: readonly number[] | undefined },
): CutEntry {
  const column = `members.${ownColumn(name)}`;
  const bandsOf = kind === "day" ? bandsOfDays : bandsOfNumbers;
  const given = limits === undefined ? undefined : bandsOf(limits);
  return {
    name,
    title,
    table: "subscribers",
    column: name,
    isUsual: false,
    value: () => {
      if (given !== undefined) return bandOf(column, given.bands, given.last);
      if (kind === "number") return `regexp_replace(CAST(${column} AS VARCHAR), '\\.0$', '')`;
      return `CAST(${kind === "day" ? `(DATE '1970-01-01' + ${column})` : column} AS VARCHAR)`;
    },
    ...(given === undefined ? {} : { order: () => labelsOf(given) }),
  };
}
