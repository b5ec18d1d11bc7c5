import { mean } from "simple-statistics";
import { meanAndError } from "../../../src/math/mean-and-error.js";
import type { BedAnswer } from "./measure.js";

/** The runs of one contestant on one data set, by outer fold and seed. */
export interface BedRuns {
  readonly dataSet: string;
  readonly contestant: string;
  readonly runs: ReadonlyMap<string, BedAnswer>;
}

/** The means of one contestant over the runs of a data set that both it and the first contestant have. */
export interface Standing {
  readonly dataSet: string;
  readonly runs: number;
  readonly logLoss: number;
  readonly auc: number;
  readonly cpu: number;
  /** The same of the first contestant. */
  readonly first: Pick<BedAnswer, "logLoss" | "auc" | "cpu">;
}

/** How one contestant differs from the first. */
export interface Comparison {
  readonly contestant: string;
  readonly standings: readonly Standing[];
  readonly logLoss: number;
  readonly auc: number;
  /** Means over the data sets of the differences, with their standard errors. */
  readonly logLossDifference: ReturnType<typeof meanAndError>;
  readonly aucDifference: ReturnType<typeof meanAndError>;
  /** Data sets on which its log loss is lower. */
  readonly better: number;
  /** CPU seconds of one training, and all CPU time divided by that of the first. */
  readonly cpu: number;
  readonly cpuRatio: number;
}

/** The comparisons of contestants with the first of them; none of those without runs. */
export function comparisons(all: readonly BedRuns[], contestants: readonly string[]): Comparison[] {
  return contestants.flatMap((contestant) => {
    const standings = all
      .filter((each) => each.contestant === contestant)
      .flatMap((each) => {
        const first = all.find(
          ({ dataSet, contestant }) => dataSet === each.dataSet && contestant === contestants[0],
        );
        return first === undefined ? [] : standingOf(each, first);
      });
    return standings.length === 0 ? [] : [comparisonOf(contestant, standings)];
  });
}

function standingOf({ dataSet, runs }: BedRuns, { runs: firstRuns }: BedRuns): Standing[] {
  const pairs = [...runs].flatMap(([key, run]) => {
    const first = firstRuns.get(key);
    return first === undefined ? [] : [{ run, first }];
  });
  if (pairs.length === 0) return [];
  const meansOf = (answers: readonly BedAnswer[]) => ({
    logLoss: mean(answers.map(({ logLoss }) => logLoss)),
    auc: mean(answers.map(({ auc }) => auc)),
    cpu: mean(answers.map(({ cpu }) => cpu)),
  });
  return [
    {
      dataSet,
      runs: pairs.length,
      ...meansOf(pairs.map(({ run }) => run)),
      first: meansOf(pairs.map(({ first }) => first)),
    },
  ];
}

function comparisonOf(contestant: string, standings: readonly Standing[]): Comparison {
  const over = (value: (standing: Standing) => number) => meanAndError(standings.map(value));
  const cpu = over(({ cpu }) => cpu).mean;
  return {
    contestant,
    standings,
    logLoss: over(({ logLoss }) => logLoss).mean,
    auc: over(({ auc }) => auc).mean,
    logLossDifference: over(({ logLoss, first }) => logLoss - first.logLoss),
    aucDifference: over(({ auc, first }) => auc - first.auc),
    better: standings.filter(({ logLoss, first }) => logLoss < first.logLoss).length,
    cpu,
    cpuRatio: cpu / over(({ first }) => first.cpu).mean,
  };
}
