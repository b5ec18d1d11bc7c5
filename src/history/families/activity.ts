import { ratio, tenThousandths } from "../query/expressions.js";
import type { FactsInView } from "../query/facts-in-view.js";
import { type Feature, type FeatureFamily, numeric } from "../query/feature.js";
import { measureWords } from "../query/measure-words.js";

/** About a month: in how many of the last days there was activity, and how long the longest pause of these days was. */
const RECENT_DAYS = 30;

/** What is compared: the last days with the days before them, a mean of so many times as many. */
const COMPARED = [
  {
    last: 7,
    times: 4,
    name: "last7_to_previous28",
    months: 2,
    text: "the last 7 days against a mean week of the 28",
  },
  { last: 30, times: 1, name: "last30_to_previous30", months: 3, text: "the last 30 days against the 30" },
] as const;

type Comparison = (typeof COMPARED)[number];

/**
 * Daily use: on how many days, since when not, the longest pause, and for each measure the last days against those before. A day
 * without a row is one without activity. A comparison is missing where the subscriber was not yet active on its first day, or the
 * table has no facts of anyone from so long ago.
 * @example snapshots(history, { at: "2025-07", features: [tenure(), activity()] })
 */
export function activity(): FeatureFamily {
  return {
    name: "activity",
    needs: ["activity"],
    plan(view) {
      const measures = view.columns("activity").filter(({ kind }) => kind === "number");
      const columns = measures.map(({ name }) => view.column("activity", name));
      const compared = COMPARED.filter(({ months }) => view.observedMonths >= months);
      const isActive = columns.length === 0 ? "1 = 1" : columns.map((column) => `${column} > 0`).join(" OR ");
      const days = activeDays(view, isActive);
      const sums = activitySums(view, isActive, columns, compared);
      const begun = view.population(
        "activity_begun",
        `SELECT cutoff, min(day) AS first_day\nFROM ${view.seen("activity")}\nGROUP BY cutoff`,
      );
      const features = [
        numeric("active_days_30", "days", `coalesce(${days}.days, 0)`, "days with activity, of the last 30"),
        numeric("days_since_activity", "days", `${sums}.last_ago`, "time since the last day with activity"),
        numeric(
          "longest_pause_30",
          "days",
          longestPause(days),
          "the longest run of days without activity, of the last 30",
        ),
        ...measures.flatMap(({ name }, i) =>
          compared.map((comparison) => comparisonOf(name, `${sums}.${columns[i]}`, comparison, begun)),
        ),
      ];
      return {
        joins: [
          { relation: days },
          { relation: sums },
          { relation: begun, on: `${begun}.cutoff = active.cutoff` },
        ],
        features,
      };
    },
  };
}

/** The relation of the last days with activity: how many, the first and the last of them, and the longest pause between two. */
function activeDays(view: FactsInView, isActive: string): string {
  const before = "lag(days_ago) OVER (PARTITION BY subscriber_id, cutoff ORDER BY days_ago DESC)";
  return view.relation(
    "active_days",
    [
      "SELECT subscriber_id, cutoff, count(*) AS days, max(days_ago) AS first_ago, min(days_ago) AS last_ago,",
      "  max(pause) AS pause",
      "FROM (",
      `  SELECT subscriber_id, cutoff, days_ago, ${before} - days_ago - 1 AS pause`,
      `  FROM (SELECT DISTINCT subscriber_id, cutoff, days_ago FROM ${view.seen("activity")}`,
      `    WHERE days_ago <= ${RECENT_DAYS} AND (${isActive})) each_day`,
      ") with_pauses",
      "GROUP BY subscriber_id, cutoff",
    ].join("\n"),
  );
}

/** Pauses between two days, before the first and after the last: of the days on which the subscriber was there and is observed. */
function longestPause(days: string): string {
  const observed = `least(${RECENT_DAYS}, active.cutoff - active.activated_on, active.cutoff - active.observe_from)`;
  const pauses = [
    `coalesce(${days}.pause, 0)`,
    `${observed} - coalesce(${days}.first_ago, 0)`,
    `coalesce(${days}.last_ago - 1, 0)`,
  ];
  return `greatest(${pauses.join(", ")})`;
}

/** Sums of whole numbers, which are the same for any order of days. */
function activitySums(
  view: FactsInView,
  isActive: string,
  columns: readonly string[],
  compared: readonly Comparison[],
): string {
  const sum = (column: string, from: number, to: number) =>
    `CAST(sum(CASE WHEN days_ago BETWEEN ${from} AND ${to} THEN ${tenThousandths(`coalesce(${column}, 0)`)} ELSE 0 END) AS bigint)`;
  const sums = columns.flatMap((column) =>
    compared.flatMap(({ last, times, name }) => [
      `${sum(column, 1, last)} AS ${column}_${name}_late`,
      `${sum(column, last + 1, last * (times + 1))} AS ${column}_${name}_early`,
    ]),
  );
  return view.relation(
    "activity_sums",
    [
      "SELECT subscriber_id, cutoff,",
      `  ${[`min(CASE WHEN ${isActive} THEN days_ago END) AS last_ago`, ...sums].join(",\n  ")}`,
      `FROM ${view.seen("activity")}`,
      "GROUP BY subscriber_id, cutoff",
    ].join("\n"),
  );
}

function comparisonOf(
  measure: string,
  column: string,
  { last, times, name, text }: Comparison,
  begun: string,
): Feature {
  const from = `active.cutoff - ${last * (times + 1)}`;
  const share = ratio(`(${times} * ${column}_${name}_late)`, `${column}_${name}_early`);
  return numeric(
    `${measure}_${name}`,
    "share",
    `CASE WHEN active.activated_on <= ${from} AND ${begun}.first_day <= ${from} THEN ${share} END`,
    `${measureWords(measure)} of ${text} before`,
  );
}
