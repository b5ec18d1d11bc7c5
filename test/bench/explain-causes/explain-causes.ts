import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openHistory, snapshots, splitByTime, trainChurnModel } from "../../../src/index.js";
import { textTable } from "../../../src/printing/text-table.js";
import type { MonthlyCause } from "../../../src/simulator/departure/causes.js";
import { writeOperator } from "../../../src/simulator/index.js";
import { takeRows } from "../../../src/table/table.js";
import { filledTextsOf, numbersOf } from "../../simulator/columns.js";
import { type Bench, type BenchResult, result } from "../result.js";
import { rankedTopics, rankingsFrom } from "./rankings.js";
import { type CausesTally, tallyOf } from "./tally.js";
import { REASONS, topicContributions } from "./topic-contributions.js";
import { type TrueCause, trueCauses } from "./true-causes.js";

const name = "causes-explained";
const SUBSCRIBERS = 28_000;
const MONTHS = 24;
/** Features and topics were chosen on seed 31. */
const SEED = 32;
const TRAIN = ["2025-06-01", "2025-12-01"];
/** The newest month whose outcome the history tells. */
const TEST = "2026-04-01";
const TOP_SHARE = 0.05;

/** Subscribers whose contributions say what is usual. */
const USUAL = 1000;

/** Whose cause is asked for, and which of the two that the truth has. */
const QUESTIONS: readonly {
  readonly whose: string;
  readonly isAsked: (truth: TrueCause) => boolean;
  readonly causeOf: (truth: TrueCause) => MonthlyCause;
}[] = [
  { whose: "all, cause of the month", isAsked: () => true, causeOf: ({ ofMonth }) => ofMonth },
  {
    whose: "decisions, cause of the month",
    isAsked: ({ isDecision }) => isDecision,
    causeOf: ({ ofMonth }) => ofMonth,
  },
  {
    whose: "decisions, named cause",
    isAsked: ({ isDecision }) => isDecision,
    causeOf: ({ ofDay }) => ofDay,
  },
  { whose: "all, named cause", isAsked: () => true, causeOf: ({ ofDay }) => ofDay },
];

/** Whether the reasons that the default model gives are those for which subscribers leave. */
export const explainCausesBench: Bench = {
  name,
  about:
    "whether the topics of the default features that add most to a score are the true causes of those who leave",
  isOnRequest: true,
  async run({ rows = SUBSCRIBERS, seeds = 1 }) {
    const results: BenchResult[] = [];
    for (let seed = SEED; seed < SEED + seeds; seed++) results.push(...(await explainedSeed(rows, seed)));
    return results;
  },
};

async function explainedSeed(subscribers: number, seed: number): Promise<BenchResult[]> {
  const folder = await mkdtemp(join(tmpdir(), "holdfast-bench-"));
  try {
    await writeOperator(folder, { subscribers, months: MONTHS, seed });
    const history = await openHistory(folder);
    const at = [...TRAIN, TEST];
    const table = await snapshots(history, { at });
    history.close();
    const { train, test } = splitByTime(table, { column: "cutoff", testFrom: TEST, embargo: 4 });
    const model = await trainChurnModel(train, { label: "churn", id: "subscriber_id", exclude: ["cutoff"] });
    const scores = Float64Array.from(model.predict(test), ({ probability }) => probability);
    const churn = numbersOf(test, "churn");
    const top = [...scores.keys()]
      .sort((a, b) => scores[b] - scores[a])
      .slice(0, Math.round(TOP_SHARE * scores.length));
    const leavers = takeRows(
      test,
      top.filter((row) => churn[row] === 1),
    );
    const contributions = topicContributions(model, leavers);
    const ids = filledTextsOf(leavers, "subscriber_id");
    const truths = await trueCauses(folder, new Set(ids));
    const every = Math.ceil(test.rowCount / USUAL);
    const some = takeRows(
      test,
      [...scores.keys()].filter((row) => row % every === 0),
    );
    return rankingsFrom(topicContributions(model, some)).flatMap((ranking) => {
      const explained = ids.flatMap((id, row) => {
        const truth = truths.get(id);
        const own = contributions.subarray(row * REASONS.length, (row + 1) * REASONS.length);
        return truth === undefined ? [] : [{ ...truth, ranked: rankedTopics(own, ranking) }];
      });
      return QUESTIONS.flatMap(({ whose, isAsked, causeOf }) => {
        const asked = explained
          .filter(isAsked)
          .map((each) => ({ cause: causeOf(each), ranked: each.ranked }));
        return figures(`seed ${seed}, ${whose}, ${ranking.name}`, tallyOf(asked));
      });
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

function figures(what: string, tally: CausesTally): BenchResult[] {
  const percent = (share: number) => (100 * share).toFixed(0);
  const rows = tally.causes.map(({ cause, leavers, first, firstThree, instead }) => [
    cause,
    String(leavers),
    percent(first),
    percent(firstThree),
    instead
      .slice(0, 4)
      .map(([topic, count]) => `${topic} ${count}`)
      .join(", "),
  ]);
  const table = textTable(["cause", "leavers", "first %", "first three %", "first instead"], rows);
  process.stderr.write(`\n${what}\n${table}\n`);
  return [
    result(name, `${what}: leavers`, tally.leavers, "rows"),
    result(name, `${what}: cause first`, tally.first, "share", {
      name: "best constant",
      value: tally.constant,
    }),
    result(name, `${what}: better than the constant by`, 100 * (tally.first - tally.constant), "points"),
    result(name, `${what}: cause in the first three, mean over causes`, tally.firstThree, "share"),
  ];
}
