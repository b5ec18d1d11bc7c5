import { countOf, deviationOf, double, inMonths, ratio, robustSlope, sumOf } from "../query/expressions.js";
import type { MonthlyMeasure } from "../query/facts-in-view.js";
import { type Feature, type FeatureFamily, numeric } from "../query/feature.js";

/**
 * How use is made of the service, and where it is going.
 * @param measures names of measures of usage. Default: all that there are.
 */
export function usageTrend(measures?: readonly string[]): FeatureFamily {
  return {
    name: "usageTrend",
    needs: ["usage"],
    plan(view) {
      const chosen =
        measures === undefined ? view.measures("usage") : measures.map((name) => view.measure("usage", name));
      return {
        joins: chosen.map(({ relation }) => ({ relation })),
        features: chosen.flatMap((measure) => trendOf(measure, view.observedMonths)),
      };
    },
  };
}

function trendOf(measure: MonthlyMeasure, observedMonths: number): Feature[] {
  const { name, months, count, mean } = measure;
  if (months.length === 0) return [];
  const [last, ...earlier] = months;
  const used = (month: string) => `CASE WHEN ${month} > 0 THEN 1 ELSE 0 END`;
  const activeMonths = `(${months.map(used).join(" + ")})`;
  const recency = `CASE ${months.map((month, k) => `WHEN ${month} > 0 THEN ${k + 1}`).join(" ")} END`;
  const monthsHere = `least(${observedMonths}, floor(${inMonths("(active.cutoff - active.activated_on)")}))`;
  const features = [
    numeric(`${name}_mean`, `${name} per month`, mean, `mean ${name} a month`),
    numeric(`${name}_last`, `${name} per month`, last, `${name} of the last month`),
    numeric(`${name}_last_to_mean`, "share", ratio(last, mean), `${name} of the last month against the mean`),
    numeric(
      `${name}_volatility`,
      "share",
      ratio(deviationOf(months, mean, count), mean),
      `swings of ${name}, as a share of its mean`,
    ),
    numeric(`${name}_active_months`, "months", activeMonths, `months with any ${name}`),
    numeric(
      `${name}_silent_months`,
      "months",
      `greatest(${monthsHere} - coalesce(${activeMonths}, 0), 0)`,
      `months since activation without any ${name}`,
    ),
    numeric(`${name}_recency`, "months", recency, `months ago of the last ${name}, 1 is the last month`),
  ];
  if (months.length >= 4) {
    features.push(
      numeric(
        `${name}_slope`,
        `${name} per month`,
        robustSlope(months),
        `trend of ${name} from month to month`,
      ),
    );
  }
  if (months.length >= 2) {
    const before = `(${sumOf(earlier)} / nullif(${double(countOf(earlier))}, 0))`;
    features.push(
      numeric(
        `${name}_fell_80`,
        "flag",
        `CASE WHEN ${before} > 0 AND coalesce(${last}, 0) <= 0.2 * ${before} THEN 1 ELSE 0 END`,
        `fall of ${name} by 80% or more against the months before`,
      ),
    );
  }
  if (months.length >= 6) {
    const three = (from: number) => sumOf(months.slice(from, from + 3));
    features.push(
      numeric(
        `${name}_last3_to_previous3`,
        "share",
        ratio(three(0), three(3)),
        `${name} of the last three months against the three before`,
      ),
    );
  }
  return features;
}
