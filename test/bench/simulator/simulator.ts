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
import { precisionFigures } from "./precision.js";
import { threadFigures } from "./threads.js";
import { warningFigures } from "./warnings.js";

const SUBSCRIBERS = 100_000;
const MONTHS = 24;
/** From a seed on which nothing was tuned. */
const SEED = 20261129;
const FIRST_MONTH = (2024 - 1970) * 12 + 7;
/** Months, from the first recorded one, in which warnings are compared, and that before which plans are made. */
const WARNED = [8, 13, 18];
const PLANNED = 18;
/** Subscribers of the operator of the parts that need few. */
const FEW = 20_000;
/** Rows that plans are made for, and futures of each. */
const PLANS = { rows: 3000, futures: 100 };
/** Those whose effects are learned. */
const EFFECTS = { rows: 40_000, futures: 100, offers: ["discount", "care_call"] } as const;
/** Those whose true probabilities are compared by the number of futures. */
const PRECISION = { rows: 3000, futures: [100, 200, 800] };
const DISGUISED = { dealers: 60, bulkDealers: 12 };

const name = "simulator";

/** Whether the simulated operator is hard in the ways in which it is meant to be, and its figures that can be compared. */
export const simulatorBench: Bench = {
  name,
  about: "the simulated operator: causes, warnings, dealers, plans, marginals, and the CPU of writing it",
  isOnRequest: true,
  async run({ rows = SUBSCRIBERS, only }) {
    const parts = only?.split(",") ?? ["truth", "precision", "plans", "effects", "threads", "writing"];
    const results: BenchResult[] = [];
    if (parts.includes("truth")) results.push(...(await truthResults(rows)));
    if (parts.includes("precision")) results.push(...(await precisionResults()));
    if (parts.includes("plans")) results.push(...(await planResults()));
    if (parts.includes("effects")) results.push(...(await effectResults(rows)));
    if (parts.includes("threads")) results.push(await threadsResult());
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

async function precisionResults(): Promise<BenchResult[]> {
  const options = { subscribers: FEW, months: MONTHS, seed: SEED };
  const figures = await precisionFigures(options, FIRST_MONTH + PLANNED, PRECISION);
  return figures.flatMap(({ futures, error, rocAuc }) => [
    result(name, `true probabilities from ${futures} futures, error against the most`, error, "log-odds"),
    result(name, `true probabilities from ${futures} futures, ROC AUC`, rocAuc, ""),
  ]);
}

async function planResults(): Promise<BenchResult[]> {
  const options = { subscribers: FEW, months: MONTHS, seed: SEED };
  const { best, riskTimesValue } = await planFigures(options, FIRST_MONTH, PLANNED, PLANS);
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

async function threadsResult(): Promise<BenchResult> {
  const { files, differing } = await threadFigures(FEW, SEED);
  const peer = { name: "files in all", value: files };
  return result(name, "files that differ between one processor and all", differing, "files", peer);
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
