import type { Analysis } from "../../../src/analytics/analysis.js";
import { analyze } from "../../../src/analytics/analyze.js";
import type { AnalyzeOptions } from "../../../src/analytics/analyze-options.js";
import { openHistory } from "../../../src/history/history.js";
import type { OpenSourcesOptions } from "../../../src/history/open-sources.js";
import type { HistorySources } from "../../../src/history/sources/fact-source.js";
import { thrownBy } from "../../support/thrown.js";
import { nameOfMonth } from "./plain-calendar.js";

/** The analysis of a few rows, whose history is closed after it. */
export async function analysisOf(
  sources: HistorySources,
  options: AnalyzeOptions = {},
  opening: OpenSourcesOptions = {},
): Promise<Analysis> {
  const history = await openHistory(sources, { today: "2026-01-31", ...opening });
  try {
    return await analyze(history, options);
  } finally {
    history.close();
  }
}

/** A subscriber with as little as a history needs. */
export const subscriber = (
  subscriber_id: string,
  activated_on: string,
  ended_on: string | null = null,
  more: Readonly<Record<string, string | number | null>> = {},
) => ({ subscriber_id, activated_on, ended_on, ...more });

/** Months of use of one, from January 2024 on: they say which months the history covers. */
export function used(subscriber_id: string, months = 24) {
  return Array.from({ length: months }, (_, i) => ({
    subscriber_id,
    month: nameOfMonth(54 * 12 + i),
    minutes: 5,
  }));
}

/** Where a result holds what JSON can't keep: undefined, NaN or infinite. */
export function unwritable(value: unknown, path = "analysis"): string[] {
  if (value === undefined) return [`${path} is undefined`];
  if (typeof value === "number" && !Number.isFinite(value)) return [`${path} is ${value}`];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => unwritable(each, `${path}.${name}`));
}

/** Two years of one who stays and of one who left. */
export const PAIR = {
  subscribers: [
    subscriber("a", "2023-05-01", null, { region: "北" }),
    subscriber("b", "2024-02-01", "2025-03-04", { region: null }),
  ],
  usage: used("a"),
};

/** The function and the argument of each problem of an analysis. */
export async function problemsOf(options: unknown, sources: Parameters<typeof analysisOf>[0] = PAIR) {
  const { problems } = await thrownBy(() => analysisOf(sources, options as AnalyzeOptions));
  return problems.map(({ path }) => `${path.function}: ${path.argument}`);
}
