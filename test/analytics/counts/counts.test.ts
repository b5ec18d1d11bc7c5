import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Analysis } from "../../../src/analytics/analysis.js";
import { analyze } from "../../../src/analytics/analyze.js";
import type { AnalyzeOptions } from "../../../src/analytics/analyze-options.js";
import { periodOf } from "../../../src/analytics/period.js";
import type { ChurnDefinition } from "../../../src/history/churn/churn-definition.js";
import { CHURN_SPECS } from "../../../src/history/churn/definitions.js";
import { FULL_SCHEMA, openPlainHistory } from "../../support/history/open-plain-history.js";
import type { PlainHistory } from "../../support/history/random-history.js";
import { DEFINITIONS, NAMED } from "./counted-definitions.js";
import { countedHistory } from "./counted-history.js";
import { firstDay, nameOfMonth } from "./plain-calendar.js";
import type { PlainChurn } from "./plain-churn.js";
import { type PlainSettings, USUAL_SETTINGS } from "./plain-values.js";
import { countAnswers, countCut, countMonths, countReasons, coveredBy, membersOf } from "./row-by-row.js";

const CUTS = [
  "tenure",
  "tariff",
  "arpu",
  "groupKind",
  "group",
  "region",
  "dealer",
  "usageTrend",
  "complaints",
  "faults",
  "payment_kind",
  "birth_year",
  "tariff*region",
  "tenure*dealer",
];

/** What is asked of a random history. */
interface Case {
  readonly seed: number;
  /** How many months after the first covered one the period begins, and how many it has; as far as the history goes. */
  readonly skipped: number;
  readonly length: number;
  readonly isByEnd: boolean;
  readonly isUsual: boolean;
  readonly isUnknown: boolean;
}

const CASE = fc.record<Case>({
  seed: fc.integer({ min: 1, max: 1e6 }),
  skipped: fc.integer({ min: 0, max: 10 }),
  length: fc.integer({ min: 1, max: 12 }),
  isByEnd: fc.boolean(),
  isUsual: fc.boolean(),
  isUnknown: fc.boolean(),
});

/** Unknown months, in which a trend has an earlier mean and no recent one. */
const EXAMPLE: Case = {
  seed: 981_337,
  skipped: 9,
  length: 11,
  isByEnd: false,
  isUsual: false,
  isUnknown: true,
};

test("every definition of the command line has a row-by-row count", () => {
  const asked = CHURN_SPECS.map(({ usage }) => usage.split(/[ ,]/)[0]);
  expect(Object.keys(NAMED).sort()).toEqual(asked.sort());
});

test("every definition covers the months before which it can look back, and after which tables do not end", async () => {
  const history = countedHistory(1, 8);
  const opened = await openPlainHistory(history);
  for (const [name, churn, plain] of DEFINITIONS) {
    const { coveredFrom, coveredTo } = await periodOf("analyze", opened, {}, churn);
    expect({ first: coveredFrom, last: coveredTo }, name).toEqual(coveredBy(history, plain));
  }
  opened.close();
});

describe.each(DEFINITIONS)("%s", (_, churn, plain) => {
  test("all counts are those of a row-by-row count", async () => {
    await fc.assert(
      fc.asyncProperty(CASE, async (given) => {
        const history = countedHistory(given.seed, 30);
        const { analysis, first, last, covered, settings } = await analyzed(history, churn, plain, given);
        expectMonths(analysis, countMonths(history, plain, covered, last), first, given.isByEnd);
        expectMembers(analysis, history, plain, { first, last, settings });
        expectSums(analysis);
        expect(JSON.parse(JSON.stringify(analysis))).toEqual(analysis);
      }),
      {
        numRuns: 2,
        seed: 20_260 + DEFINITIONS.findIndex(([, each]) => each === churn),
        examples: [[EXAMPLE]],
        endOnFailure: true,
      },
    );
  });
});

async function analyzed(history: PlainHistory, churn: ChurnDefinition, plain: PlainChurn, given: Case) {
  const { first: covered, last: coveredTo } = coveredBy(history, plain);
  const first = Math.min(covered + given.skipped, coveredTo);
  const last = Math.min(first + given.length - 1, coveredTo);
  const settings: PlainSettings = {
    ...USUAL_SETTINGS,
    ...(given.isUsual ? {} : { tenureBands: [1, 4, 13], arpuBands: [10.5, 25], measure: "流量" }),
    absentMonths: given.isUnknown ? "unknown" : "zero",
  };
  const { tenureBands, arpuBands, measure } = settings;
  const options: AnalyzeOptions = {
    from: nameOfMonth(first),
    to: nameOfMonth(last),
    churn,
    by: CUTS,
    base: given.isByEnd ? "end" : "start",
    groupLeavers: 1,
    reasons: { 携号转网: "competitor" },
    ...(given.isUsual ? {} : { tenureBands, arpuBands, measure }),
  };
  const opened = await openPlainHistory(history, given.isUnknown ? UNKNOWN : FULL_SCHEMA);
  try {
    return { analysis: await analyze(opened, options), first, last, covered, settings };
  } finally {
    opened.close();
  }
}

/** The schema of a history that was opened with absent months unknown. */
const UNKNOWN = Object.fromEntries(
  Object.entries(FULL_SCHEMA).map(([table, columns]) => [
    table,
    columns.map((column) =>
      column.kind === "month" ? { ...column, absentMonths: "unknown" as const } : column,
    ),
  ]),
);

type PlainMonths = ReturnType<typeof countMonths>;

function expectMonths(analysis: Analysis, all: PlainMonths, first: number, isByEnd: boolean): void {
  const counts = all.filter(({ month }) => month >= first);
  const ofMonths = counts.map((count) => ({
    month: nameOfMonth(count.month),
    ...figuresOf([count], isByEnd),
  }));
  expect(analysis.months).toEqual(ofMonths);
  for (const [spans, length] of [
    [analysis.quarters, 3],
    [analysis.years, 12],
  ] as const) {
    const keys = [...new Set(counts.map(({ month }) => Math.floor(month / length)))];
    const expected = keys.map((key) => {
      const of = counts.filter(({ month }) => Math.floor(month / length) === key);
      return { months: of.length, isWhole: of.length === length, ...figuresOf(of, isByEnd) };
    });
    expect(
      spans.map(({ span, leftPerMonth, churnRatePerMonth, ...figures }) => figures),
      `${length} months`,
    ).toEqual(expected);
  }
  expect(analysis.total).toMatchObject({ months: counts.length, ...figuresOf(counts, isByEnd) });
  expect(analysis.total.leftPerMonth * counts.length).toBeCloseTo(analysis.total.left, 9);
}

function figuresOf(counts: PlainMonths, isByEnd: boolean) {
  const sum = (of: (count: PlainMonths[number]) => number) =>
    counts.reduce((total, count) => total + of(count), 0);
  const [joined, left] = [sum((count) => count.joined), sum((count) => count.left)];
  const [start, end] = [counts[0].base, counts[counts.length - 1].nextBase];
  const base = isByEnd ? end : start;
  const isBilled = counts.every(({ revenue }) => revenue !== null);
  const revenue = isBilled ? Math.round(sum((count) => count.revenue ?? 0) * 10_000) / 10_000 : null;
  const served = sum((count) => (count.base + count.nextBase) / 2);
  return {
    joined,
    left,
    base,
    churnRate: base === 0 ? null : left / base,
    churnToNew: joined === 0 ? null : left / joined,
    net: end - start,
    revenue,
    arpu: revenue === null || served === 0 ? null : revenue / served,
  };
}

function expectMembers(
  { cuts, tariffByTenure, groups, causes, survey, total }: Analysis,
  history: PlainHistory,
  plain: PlainChurn,
  { first, last, settings }: { first: number; last: number; settings: PlainSettings },
): void {
  const members = membersOf(history, plain, first, last);
  const money = (value: number | null) => (value === null ? null : value / 10_000);
  for (const cut of CUTS) {
    const expected = countCut(members, cut.split("*"), history, settings);
    const found = cuts[cut].map(({ value, base, left, leftOfBase, revenue, lostRevenue }) => [
      value,
      { base, left, leftOfBase, revenue, lostRevenue },
    ]);
    expect(Object.fromEntries(found), cut).toEqual(
      Object.fromEntries(
        [...expected].map(([value, count]) => [
          value,
          { ...count, revenue: money(count.revenue), lostRevenue: money(count.lostRevenue) },
        ]),
      ),
    );
    expect(found.length, cut).toBe(expected.size);
  }
  const cells = countCut(members, ["tariff", "tenure"], history, settings);
  const shown = tariffByTenure.filter(({ base, left }) => base > 0 || left > 0);
  const keyOf = (tariff: string | null, band: string) => `${tariff ?? "–"} × ${band}`;
  expect(new Map(shown.map(({ tariff, band, base, left }) => [keyOf(tariff, band), { base, left }]))).toEqual(
    new Map(
      [...cells]
        .filter(([, { base, left }]) => base > 0 || left > 0)
        .map(([value, { base, left }]) => [value, { base, left }]),
    ),
  );
  const ofGroups = [...countCut(members, ["group"], history, settings)]
    .filter(([group, { left }]) => group !== "none" && left > 0)
    .map(([group, { base, left }]) => ({ group, base, left }));
  expect(groups.map(({ group, base, left }) => ({ group, base, left })).sort(byGroup)).toEqual(
    ofGroups.sort(byGroup),
  );
  const reasons = causes.causes.flatMap((cause) =>
    cause.reasons.map(({ reason, left }) => [reason, left] as const),
  );
  expect(new Map(reasons)).toEqual(countReasons(members));
  expect(causes.causes.reduce((sum, { left }) => sum + left, 0)).toBe(total.left);
  const answers = survey.flatMap(({ question, answers }) =>
    answers.map(({ answer, base, left }) => [`${question}: ${answer}`, { base, left }] as const),
  );
  const isAny = ([, { base, left }]: readonly [string, { base: number; left: number }]) =>
    base > 0 || left > 0;
  const counted = countAnswers(members, history, firstDay(last + 1));
  expect(new Map(answers.filter(isAny))).toEqual(new Map([...counted].filter(isAny)));
}

function byGroup(a: { readonly group: string | null }, b: { readonly group: string | null }): number {
  return String(a.group) < String(b.group) ? -1 : 1;
}

/** The laws that hold whatever the counts are. */
function expectSums(analysis: Analysis): void {
  const { cuts, months, total, change } = analysis;
  const sumOf = (figures: Analysis["cuts"][string], what: "base" | "left" | "leftOfBase") =>
    figures.reduce((sum, each) => sum + each[what], 0);
  for (const [name, figures] of Object.entries(cuts)) {
    expect(sumOf(figures, "left"), name).toBe(total.left);
    expect(sumOf(figures, "base"), name).toBe(sumOf(cuts.tenure, "base"));
    expect(
      figures.every(({ base, leftOfBase }) => leftOfBase <= base),
      name,
    ).toBe(true);
  }
  if (analysis.dividedBy === "start") expect(sumOf(cuts.tenure, "base")).toBe(total.base);
  for (const [cut, place] of [
    ["tariff", 0],
    ["region", 1],
  ] as const) {
    for (const { value, base, left } of cuts[cut]) {
      const ofValue = cuts["tariff*region"].filter(
        (each) => each.value?.split(" × ")[place] === (value ?? "–"),
      );
      expect({ base: sumOf(ofValue, "base"), left: sumOf(ofValue, "left") }, `${cut} ${value}`).toEqual({
        base,
        left,
      });
    }
  }
  for (const { month, before, after, change: all, by } of change) {
    const last = months[months.length - 1];
    if (analysis.dividedBy === "start" && last.month === month) expect(after).toBe(last.churnRate);
    for (const { cut, mix, rate, segments } of by) {
      if (all === null || mix === null || rate === null) continue;
      expect(mix + rate, cut).toBe(all);
      expect(
        segments.reduce((sum, each) => sum + each.total, 0),
        cut,
      ).toBe(all);
      expect(all, cut).toBeCloseTo((after ?? 0) - (before ?? 0), 14);
    }
  }
}
