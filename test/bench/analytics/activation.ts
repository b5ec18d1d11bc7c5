import { mean } from "simple-statistics";
import { abnormalActivation } from "../../../src/analytics/activation/abnormal-activation.js";
import { openHistory } from "../../../src/history/history.js";
import { simulateOperator } from "../../../src/simulator/simulate-operator.js";
import { filledTextsOf } from "../../simulator/columns.js";
import { type Bench, type BenchResult, result } from "../result.js";

const SUBSCRIBERS = 20_000;
const SEEDS = 10;
const MONTHS = [18, 24];

/** What is asked of 10 seeds. */
const REQUIRED = { recall: 0.8, falseDiscovery: 0.1, poorSeeds: 0.05 };

/** How many bulk dealers of simulated operators are named, and how many others: seeds from 1 on, which were not used to choose anything. */
export const activationBench: Bench = {
  name: "activation",
  about: `abnormal activation: bulk dealers named, ${SEEDS} simulated operators of ${SUBSCRIBERS.toLocaleString("en-US")} subscribers`,
  isOnRequest: true,
  async run({ rows = SUBSCRIBERS, seeds = SEEDS }) {
    const results: BenchResult[] = [];
    for (const months of MONTHS) {
      const measured: SeedFigures[] = [];
      for (let seed = 1; seed <= seeds; seed++) {
        const figures = await figuresOf(rows, months, seed);
        measured.push(figures);
        process.stderr.write(`  ${months} months, seed ${seed}: ${JSON.stringify(figures)}\n`);
      }
      const meanOf = (value: (each: SeedFigures) => number) => mean(measured.map(value));
      const report = (what: string, value: number, unit: string, required?: number) =>
        results.push(
          result(
            "activation",
            `${what}, ${months} months`,
            value,
            unit,
            required === undefined ? undefined : { name: "required", value: required },
          ),
        );
      report(
        "recall of bulk dealers",
        meanOf(({ found, bulk }) => found / bulk),
        "share",
        REQUIRED.recall,
      );
      report(
        "false discoveries",
        meanOf((each) => (each.named - each.found) / Math.max(1, each.named)),
        "share",
        REQUIRED.falseDiscovery,
      );
      report(
        "seeds with a poor dealer named",
        meanOf(({ poor }) => Math.min(1, poor)),
        "share",
        REQUIRED.poorSeeds,
      );
      report(
        "tariffs named",
        meanOf(({ tariffs }) => tariffs),
        "a seed",
      );
      report(
        "time",
        meanOf(({ seconds }) => seconds),
        "s",
      );
    }
    return results;
  },
};

interface SeedFigures {
  readonly bulk: number;
  readonly named: number;
  readonly found: number;
  /** Honest dealers of poor customers that are named. */
  readonly poor: number;
  readonly tariffs: number;
  readonly seconds: number;
}

async function figuresOf(subscribers: number, months: number, seed: number): Promise<SeedFigures> {
  const { truth, ...tables } = simulateOperator({ subscribers, months, seed });
  const ids = filledTextsOf(truth.dealers, "dealer_id");
  const kindOf = new Map(filledTextsOf(truth.dealers, "kind").map((kind, row) => [ids[row], kind]));
  const history = await openHistory(tables);
  try {
    const start = performance.now();
    const { dealers, tariffs } = await abnormalActivation(history);
    const seconds = (performance.now() - start) / 1000;
    const named = dealers.filter(({ isNamed }) => isNamed);
    const ofKind = (kind: string) => named.filter(({ dealer }) => kindOf.get(dealer) === kind).length;
    return {
      bulk: [...kindOf.values()].filter((kind) => kind === "bulk").length,
      named: named.length,
      found: ofKind("bulk"),
      poor: ofKind("poor"),
      tariffs: tariffs.filter(({ isNamed }) => isNamed).length,
      seconds,
    };
  } finally {
    history.close();
  }
}
