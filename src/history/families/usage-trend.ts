import { checkTexts } from "../../arguments.js";
import { invalidArgument } from "../../errors.js";
import { didYouMean, listOfNames } from "../../nearest-name.js";
import { deviationOf, meanOf, ratio, robustSlope } from "../query/expressions.js";
import type { FactsInView, MonthlyMeasure } from "../query/facts-in-view.js";
import { type Feature, type FeatureFamily, numeric } from "../query/feature.js";
import { measureWords } from "../query/measure-words.js";
import { comparedWhole, monthStarts } from "./month-starts.js";

/**
 * How much the service is used, and the trend of it. A month without a row of an active subscriber counts as a month without
 * use where the table has rows of that month and none may still come, unless the history was opened with absent months unknown.
 * @param measures names of measures of usage. Default: all numeric columns of `usage`.
 * @example usageTrend(["minutes", "流量"])
 * @throws HoldfastError, where it is used with a history, for a measure that its `usage` does not have.
 */
export function usageTrend(measures?: readonly string[]): FeatureFamily {
  if (measures !== undefined) checkTexts("usageTrend", "measures", measures);
  return {
    name: "usageTrend",
    needs: ["usage"],
    plan(view) {
      const chosen = chosenMeasures(view, measures);
      if (view.observedMonths === 0) return { joins: [], features: [] };
      const starts = monthStarts(view);
      return {
        joins: [
          ...chosen.map(({ relation }) => ({ relation })),
          { relation: starts, on: `${starts}.cutoff = active.cutoff` },
        ],
        features: chosen.flatMap((measure) => trendOf(measure, starts)),
      };
    },
  };
}

function chosenMeasures(view: FactsInView, names: readonly string[] | undefined): readonly MonthlyMeasure[] {
  const all = view.measures("usage");
  if (names === undefined) return all;
  const known = all.map(({ name }) => name);
  for (const [i, name] of names.entries()) {
    if (known.includes(name)) continue;
    const expected = `must be a measure of usage: ${listOfNames(known)}`;
    invalidArgument("usageTrend", `measures[${i}]`, expected, name, didYouMean(name, known));
  }
  return names.map((name) => view.measure("usage", name));
}

function trendOf(measure: MonthlyMeasure, starts: string): Feature[] {
  const { name, months, count, isWhole, used, recency, mean } = measure;
  const words = measureWords(name);
  const [last, ...earlier] = months;
  const features = [
    numeric(`${name}_mean`, `${name} per month`, mean, `mean ${words} a month`),
    numeric(`${name}_last`, `${name} per month`, last, `${words} of the last month`),
    numeric(
      `${name}_last_to_mean`,
      "share",
      comparedWhole(starts, months.length, ratio(last, mean)),
      `${words} of the last month against the mean`,
    ),
    numeric(
      `${name}_volatility`,
      "share",
      comparedWhole(starts, months.length, ratio(deviationOf(months, mean, count, isWhole), mean)),
      `swings of ${words}, as a share of its mean`,
    ),
    numeric(`${name}_active_months`, "months", `coalesce(${used}, 0)`, `months with any ${words}`),
    numeric(
      `${name}_silent_months`,
      "months",
      silentMonths(measure, starts),
      `whole months since activation without any ${words}`,
    ),
    numeric(`${name}_recency`, "months", recency, `months ago of the last ${words}, 1 is the last month`),
  ];
  if (months.length >= 4) {
    const slope = comparedWhole(starts, Math.min(6, months.length), robustSlope(months, isWhole));
    features.push(
      numeric(`${name}_slope`, `${name} per month`, slope, `trend of ${words} from month to month`),
    );
  }
  if (months.length >= 2) {
    features.push(
      numeric(
        `${name}_last_to_previous`,
        "share",
        comparedWhole(starts, 2, ratio(last, months[1])),
        `${words} of the last month against the month before`,
      ),
    );
    const before = `(${meanOf(earlier, isWhole)})`;
    features.push(
      numeric(
        `${name}_fell_80`,
        "flag",
        `CASE WHEN ${last} <= 0.2 * ${before} AND ${mean} > 0 THEN 1 ELSE 0 END`,
        `fall of ${words} by 80% or more against the months before`,
      ),
    );
  }
  if (months.length >= 6) {
    // Where months are not known, the means of those that are.
    const three = (from: number) => {
      const some = months.slice(from, from + 3);
      return `CASE WHEN ${isWhole} THEN ${some.join(" + ")} ELSE ${meanOf(some, "1 = 0")} END`;
    };
    features.push(
      numeric(
        `${name}_last3_to_previous3`,
        "share",
        comparedWhole(starts, 6, ratio(three(0), three(3))),
        `${words} of the last three months against the three before`,
      ),
    );
  }
  return features;
}

/** Counts months that began at or after activation; for a subscriber activated before all of them, as most are, a count is enough. */
function silentMonths({ months, count, used }: MonthlyMeasure, starts: string): string {
  const silent = months.map(
    (month, k) =>
      `CASE WHEN ${starts}.start_${k + 1} >= active.activated_on AND ${month} <= 0 THEN 1 ELSE 0 END`,
  );
  const isOld = `active.activated_on <= ${starts}.start_${months.length}`;
  return `CASE WHEN ${isOld} THEN coalesce(${count}, 0) - coalesce(${used}, 0) ELSE ${silent.join(" + ")} END`;
}
