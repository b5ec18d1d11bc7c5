import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CAUSES } from "../../../src/simulator/departure/causes.js";
import { simulateOperator, writeOperator } from "../../../src/simulator/index.js";
import { type Bench, type BenchResult, result, timed } from "../result.js";
import { causeFigures } from "./causes.js";
import { dealerFigures } from "./dealers.js";
import { effectFigures } from "./effects.js";
import { marginals } from "./marginals.js";
import { planFigures } from "./plans.js";
import { warningFigures } from "./warnings.js";

const SUBSCRIBERS = 100_000;
const MONTHS = 24;
/** From a seed on which nothing was tuned. */
const SEED = 20261129;
const FIRST_MONTH = (2024 - 1970) * 12 + 7;
/** Months, from the first recorded one, in which warnings are compared, and that before which plans are made. */
const WARNED = [8, 13, 18];
const PLANNED = 18;
/** Subscribers of the operator that plans are made for, rows that are asked, and futures of each. */
const PLANS = { subscribers: 20_000, rows: 3000, futures: 100 };
/** Those whose effects are learned. */
const EFFECTS = { rows: 20_000, futures: 100, offers: ["discount", "care_call"] } as const;
const DISGUISED = { dealers: 60, bulkDealers: 12 };

const name = "simulator";

/** Whether the simulated operator is hard in the ways in which it is meant to be, and its figures that can be compared. */
export const simulatorBench: Bench = {
  name,
  about: "the simulated operator: causes, warnings, dealers, plans, marginals, and the CPU of writing it",
  isOnRequest: true,
  async run({ rows = SUBSCRIBERS, only }) {
    const parts = only?.split(",") ?? ["truth", "plans", "effects", "writing"];
    const results: BenchResult[] = [];
    if (parts.includes("truth")) results.push(...(await truthResults(rows)));
    if (parts.includes("plans")) results.push(...(await planResults()));
    if (parts.includes("effects")) results.push(...(await effectResults(rows)));
    if (parts.includes("writing")) results.push(await writingResult(rows));
    return results;
  },
};

async function truthResults(subscribers: number): Promise<BenchResult[]> {
  const operator = await simulateOperator({ subscribers, months: MONTHS, seed: SEED });
  const causes = causeFigures(operator);
  const warned = warningFigures(
    operator,
    WARNED.map((month) => FIRST_MONTH + month),
  );
  const disguised = await simulateOperator({ subscribers, months: MONTHS, seed: SEED, ...DISGUISED });
  const dealers = dealerFigures(disguised, FIRST_MONTH + MONTHS);
  const shares = new Map(causes.shares);
  return [
    ...CAUSES.flatMap((cause) => [
      result(name, `mean effect of ${cause}`, causes.means[cause], "log-odds"),
      result(name, `share of the variance, ${cause}`, causes.variances[cause], "share"),
      result(name, `leavers because of ${cause}`, shares.get(cause) ?? 0, "share"),
    ]),
    ...causes.kinds.map(([kind, share]) => result(name, `departures by ${kind}`, share, "share")),
    result(
      name,
      "leavers of the top 5% whose cause is one of the three commonest",
      causes.commonest,
      "share",
    ),
    result(name, "leavers reached by 3% calls on the day", warned.onTheDay, "leavers", {
      name: "at the month's start",
      value: warned.atStart,
    }),
    result(
      name,
      "bulk dealers found by early deaths at a false-discovery rate of .1",
      dealers.found,
      "dealers",
      {
        name: "all",
        value: dealers.bulk,
      },
    ),
    ...marginals(operator).map(([what, value, unit]) => result(name, what, value, unit)),
  ];
}

async function planResults(): Promise<BenchResult[]> {
  const { subscribers, rows, futures } = PLANS;
  const options = { subscribers, months: MONTHS, seed: SEED };
  const { best, riskTimesValue } = await planFigures(options, FIRST_MONTH, PLANNED, { rows, futures });
  const peer = { name: "risk × value", value: riskTimesValue };
  return [result(name, "profit of the best plan, 5% contacts", best, "per 1,000", peer)];
}

async function effectResults(subscribers: number): Promise<BenchResult[]> {
  const options = { subscribers, months: MONTHS, seed: SEED };
  const figures = await effectFigures(options, FIRST_MONTH, PLANNED, EFFECTS);
  return figures.map(([offer, share]) =>
    result(name, `Qini of learned effects, ${offer}`, share, "of the oracle's"),
  );
}

async function writingResult(subscribers: number): Promise<BenchResult> {
  const folder = await mkdtemp(join(tmpdir(), "holdfast-bench-"));
  try {
    const { cpu } = await timed(() => writeOperator(folder, { subscribers, months: MONTHS, seed: SEED }));
    return result(name, "writing to Parquet, CPU", cpu, "s");
  } finally {
    await rm(folder, { recursive: true });
  }
}
