import { expect, test } from "vitest";
import type { AnalyzeOptions } from "../../src/analytics/analyze-options.js";
import type { ExtendDailyOptions } from "../../src/analytics/daily/extend-daily.js";
import type { PageContext } from "../../src/analytics/page/page-context.js";
import type { WriteAnalysisOptions } from "../../src/analytics/write-analysis.js";
import { createProgram } from "../../src/cli/program.js";
import type { DatabaseInput, DatabaseOutput } from "../../src/database/databases.js";
import type { LoadDatasetOptions } from "../../src/datasets/index.js";
import type { DescribeOptions } from "../../src/describe/index.js";
import type { ExplainGloballyOptions } from "../../src/explain/global/options.js";
import type { ReadTableOptions } from "../../src/formats/read-table.js";
import type { OpenSourcesOptions } from "../../src/history/open-sources.js";
import type { SnapshotOptions } from "../../src/history/snapshot-options.js";
import type { CompareModelsOptions } from "../../src/predict/compare-models.js";
import type { ExplainOptions } from "../../src/predict/explaining/explain-options.js";
import type { EvaluateOptions } from "../../src/predict/model-evaluation.js";
import type { LoadOptions, WatchOptions } from "../../src/predict/watching/watched-model.js";
import type {
  ReportOptions,
  CampaignOptions as RetentionCampaign,
  WriteReportOptions,
} from "../../src/report/index.js";
import type { ReadScoreOptions } from "../../src/scoring/batch/inputs.js";
import type { WriteScoreOptions } from "../../src/scoring/batch/outputs.js";
import type { ScoreTableOptions } from "../../src/scoring/evaluate-score-table.js";
import type { RunJobOptions } from "../../src/scoring/nightly/run-job.js";
import type { ScoreFileOptions } from "../../src/scoring/score-options.js";
import type { ListenOptions, ServerOptions } from "../../src/scoring/service/server-options.js";
import type { CampaignOptions, ShockOptions } from "../../src/simulator/index.js";
import type { WriteOperatorOptions } from "../../src/simulator/output/write-operator.js";
import type { CellFormat } from "../../src/table/grammar/cell-format.js";
import type { BacktestOptions } from "../../src/training/backtest/options.js";
import type { TrainOptions } from "../../src/training/train-options.js";
import type { TuneOptions } from "../../src/training/tuning/tune.js";

type KeyOfAny<Options> = Options extends unknown ? Extract<keyof Options, string> : never;

/** Options of the library; the compiler checks that they exist. */
function of<Options>(...names: KeyOfAny<Options>[]): string[] {
  return names;
}

const ENCODING = of<ReadTableOptions>("encoding", "delimiter");
const FORMAT = of<CellFormat>(
  "missing",
  "decimal",
  "thousands",
  "currency",
  "percent",
  "dateFormat",
  "timeZone",
);
const READING = [...ENCODING, ...FORMAT];
/** Where rows come from. */
const SOURCE = of<DatabaseInput>("duckdb", "database", "postgres", "connection");
const ROLES = of<TrainOptions>(
  "label",
  "positive",
  "id",
  "group",
  "weights",
  "exclude",
  "include",
  "monotone",
);
const TRAINING = [
  ...SOURCE,
  ...READING,
  ...of<ReadTableOptions>("columns"),
  ...ROLES,
  ...of<TrainOptions>(
    "allowLeaks",
    "totals",
    "extrapolate",
    "fingerprints",
    "featureNotes",
    "actionable",
    "sensitive",
    "folds",
    "seed",
    "threads",
    "repeats",
  ),
];

/**
 * For each command the options of the library that it sets: the command line has them under the same names, in kebab case
 * and without a value for booleans.
 */
const SAME_NAME: Readonly<Record<string, readonly string[]>> = {
  describe: [
    ...SOURCE,
    ...READING,
    ...of<ReadTableOptions>("columns", "exclude"),
    ...of<DescribeOptions>("label", "positive", "id"),
  ],
  snapshots: [
    ...READING,
    ...of<SnapshotOptions>("at", "observe", "gap", "horizon", "churn", "followedUntil"),
    ...of<OpenSourcesOptions>("onProblems", "memoryLimit", "threads", "absentMonths", "today", "exclude"),
  ],
  daily: [
    ...READING,
    ...of<ExtendDailyOptions>("day", "weeks", "falseDiscoveryRate"),
    ...of<PageContext>("locale"),
    ...of<OpenSourcesOptions>("onProblems", "memoryLimit", "threads", "absentMonths", "today"),
  ],
  analyze: [
    ...READING,
    ...of<AnalyzeOptions>("from", "to", "churn", "base", "by", "reasons", "tenureBands", "arpuBands"),
    ...of<AnalyzeOptions>("measure", "groupLeavers", "model", "falseDiscoveryRate", "locale"),
    ...of<WriteAnalysisOptions>("title"),
    ...of<OpenSourcesOptions>("onProblems", "memoryLimit", "threads", "absentMonths", "today"),
  ],
  train: [
    ...TRAINING,
    ...of<TrainOptions>("classifier", "prefer", "timeBudget", "calibration", "tiers", "value"),
  ],
  backtest: [
    ...TRAINING,
    ...of<TrainOptions>("classifier", "prefer", "timeBudget", "calibration", "tiers", "value"),
    ...of<BacktestOptions>("from", "to", "retrainEvery", "window", "cutoff"),
    ...of<SnapshotOptions>("at", "observe", "gap", "horizon", "churn", "followedUntil"),
    ...of<OpenSourcesOptions>("onProblems", "memoryLimit", "absentMonths", "today"),
  ],
  tune: [...TRAINING, ...of<TuneOptions>("families", "configurations", "nested", "journal", "timeBudget")],
  evaluate: [...SOURCE, ...READING, ...of<EvaluateOptions>("segments", "seed", "weights", "curves")],
  report: [
    ...SOURCE,
    ...READING,
    ...of<ReportOptions>("definition", "intendedUse", "segments", "sensitive", "value", "period"),
    ...of<ReportOptions>("backtest", "learningCurve", "examples", "locale", "seed", "weights"),
    ...of<RetentionCampaign>("months", "lifetimeValue", "offerCost", "contactCost", "acceptance"),
    ...of<WriteReportOptions>("title"),
  ],
  compare: [...SOURCE, ...READING, ...of<CompareModelsOptions>("seed", "replicates", "weights")],
  metrics: [
    ...SOURCE,
    ...READING,
    ...of<ScoreTableOptions>("label", "score", "positive", "weights", "id", "segments"),
    ...of<ScoreTableOptions>("replicates", "seed", "threads"),
  ],
  explain: [
    ...SOURCE,
    ...READING,
    ...of<ExplainOptions>("reasons", "locale", "templates", "background"),
    ...of<ExplainGloballyOptions>("seed"),
  ],
  score: [
    ...SOURCE,
    ...of<DatabaseOutput>("scoredOn"),
    ...of<LoadOptions>("parity"),
    ...READING,
    ...of<ReadScoreOptions>("names"),
    ...of<WriteScoreOptions>("format", "header", "csvSafe"),
    ...of<ScoreFileOptions>("rejects", "maxRejects", "maxUnseen", "capacity"),
    ...of<ScoreFileOptions>("resume", "overwrite", "threads", "intervals"),
    ...of<ScoreFileOptions>("reasons", "reasonsFor", "locale", "templates"),
  ],
  run: of<RunJobOptions>("date", "again"),
  serve: [
    ...of<ListenOptions>("port", "host"),
    ...of<ServerOptions>("default", "shadow", "history", "tokens", "allowPublic", "openMetrics", "openDocs"),
    ...of<ServerOptions>("bodyLimit", "maxRows", "requestTimeout", "rateLimit", "trustProxy", "drain", "log"),
    ...of<WatchOptions & { watch: boolean }>("watch"),
  ],
  inspect: of<LoadOptions>("parity"),
  datasets: of<LoadDatasetOptions>("folder", "cache", "verify"),
  demo: of<TrainOptions>("seed"),
  simulate: [
    ...of<WriteOperatorOptions>("subscribers", "months", "seed", "start", "format", "truth"),
    ...of<WriteOperatorOptions>("dealers", "bulkDealers", "daily"),
    ...of<CampaignOptions>("holdOut", "effect", "offers"),
    ...of<ShockOptions>("tariffChange", "priceWar", "newCompetitor"),
    ...of<ShockOptions>("unitFault", "missingMonth", "lateTable"),
  ],
};

/** Options that set no option of the library, or one of several with the same name, with the reason. */
const OWN: Readonly<Record<string, string>> = {
  "* json": "prints the result as JSON",
  "* out": "the file or folder that is written: an argument of the library's functions",
  "snapshots sql": "prints the statements of snapshotSql, whose dialect is the value",
  "snapshots describeFeatures": "prints the result of describeFeatures",
  "snapshots online": "also writes the result of populationFigures",
  "snapshots map": "makes the sources of openHistory from the folder: names of files and columns",
  "daily into": "the file of extendDaily: an argument of the function",
  "daily map": "makes the sources of openHistory from the folder: names of files and columns",
  "analyze lists": "the folder of writeLists: an argument of the function",
  "analyze map": "makes the sources of openHistory from the folder: names of files and columns",
  "backtest map": "makes the sources of openHistory from the folder: names of files and columns",
  "explain global": "prints the result of explainGlobally",
  "explain id": "the row whose explanation of explain is printed",
  "explain row": "the row whose explanation of explain is printed",
  "train learningCurve": "also prints the result of learningCurve",
  "evaluate tiersOut": "also writes a part of the evaluation",
  "report card": "also writes the result of modelCard",
  "run check": "prints the result of planJob",
  "run schema": "prints the schema of job files",
  "run quiet": "prints nothing",
  "datasets download": "calls loadDataset, which downloads what is not at hand",
  "score into": "{ postgres } of the output; --postgres is that of the input",
  "simulate campaignShare": "campaign.share of the simulation",
  "simulate campaignFrom": "campaign.from of the simulation",
  "simulate campaignTo": "campaign.to of the simulation",
  "* inputFormat":
    "format of readTable, read.format, or format of { stream, format }; --format is that of the output",
};

const program = await createProgram();
const found = program.commands.map((command) => ({
  command: command.name(),
  names: command.options.map((option) => option.attributeName()),
}));

test("an option has one name in TypeScript and on the command line", () => {
  const differing = found.flatMap(({ command, names }) =>
    names
      .filter((name) => !(SAME_NAME[command] ?? []).includes(name))
      .filter((name) => OWN[`${command} ${name}`] === undefined && OWN[`* ${name}`] === undefined)
      .map((name) => `${command} ${name}`),
  );
  expect(differing).toEqual([]);
});

test("every option in the table exists on the command line", () => {
  const all = found.flatMap(({ command, names }) => names.map((name) => `${command} ${name}`));
  const listed = Object.entries(SAME_NAME).flatMap(([command, names]) =>
    names.map((name) => `${command} ${name}`),
  );
  const own = Object.keys(OWN).filter((name) => !name.startsWith("*"));
  expect([...listed, ...own].filter((name) => !all.includes(name))).toEqual([]);
});

test("an option is repeatable or takes a list, whatever the command", () => {
  const kinds = new Map<string, Set<string>>();
  for (const { options } of program.commands) {
    for (const option of options) {
      const kind = option.description.includes("(repeatable)") ? "repeatable" : "once";
      kinds.set(option.attributeName(), (kinds.get(option.attributeName()) ?? new Set()).add(kind));
    }
  }
  expect([...kinds].filter(([, each]) => each.size > 1)).toEqual([]);
});
