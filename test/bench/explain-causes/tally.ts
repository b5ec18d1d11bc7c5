import { mean } from "simple-statistics";
import type { MonthlyCause } from "../../../src/simulator/departure/causes.js";
import { TOPIC_OF_CAUSE } from "./topics-of-causes.js";

/** Causes of fewer leavers are left out of the mean over causes. */
const LEAST_LEAVERS = 20;

/** A leaver: the true cause, and the topics by what they added, the first one the most. */
export interface ExplainedLeaver {
  readonly cause: MonthlyCause;
  readonly ranked: readonly string[];
}

/** The leavers of one cause. */
export interface CauseTally {
  readonly cause: MonthlyCause;
  readonly leavers: number;
  /** Shares of them. */
  readonly first: number;
  readonly firstThree: number;
  /** What came first instead, the commonest first. */
  readonly instead: readonly (readonly [topic: string, leavers: number])[];
}

/** How well the topics tell the causes. */
export interface CausesTally {
  readonly leavers: number;
  /** Share of the leavers whose cause comes first. */
  readonly first: number;
  /** That of the best answer that is the same for all. */
  readonly constant: number;
  /** Mean over the causes of {@link LEAST_LEAVERS} leavers or more. */
  readonly firstThree: number;
  readonly causes: readonly CauseTally[];
}

export function tallyOf(leavers: readonly ExplainedLeaver[]): CausesTally {
  const byCause = new Map<MonthlyCause, ExplainedLeaver[]>();
  for (const leaver of leavers) byCause.set(leaver.cause, [...(byCause.get(leaver.cause) ?? []), leaver]);
  const causes = [...byCause].map(([cause, those]) => tallyOfCause(cause, those));
  causes.sort((a, b) => b.leavers - a.leavers);
  const large = causes.filter((each) => each.leavers >= LEAST_LEAVERS);
  return {
    leavers: leavers.length,
    first: causes.reduce((sum, each) => sum + each.first * each.leavers, 0) / leavers.length,
    constant: (causes[0]?.leavers ?? 0) / leavers.length,
    firstThree: large.length === 0 ? Number.NaN : mean(large.map((each) => each.firstThree)),
    causes,
  };
}

function tallyOfCause(cause: MonthlyCause, leavers: readonly ExplainedLeaver[]): CauseTally {
  const topic = TOPIC_OF_CAUSE[cause];
  const share = (isRight: (ranked: readonly string[]) => boolean) =>
    leavers.filter(({ ranked }) => isRight(ranked)).length / leavers.length;
  const instead = new Map<string, number>();
  for (const { ranked } of leavers) {
    if (ranked[0] !== topic) instead.set(ranked[0], (instead.get(ranked[0]) ?? 0) + 1);
  }
  return {
    cause,
    leavers: leavers.length,
    first: share((ranked) => ranked[0] === topic),
    firstThree: share((ranked) => ranked.slice(0, 3).includes(topic)),
    instead: [...instead].sort((a, b) => b[1] - a[1]),
  };
}
