import { Command, Option } from "commander";
import { type AnalyzeOptions, checkAnalyzeOptions, reasonProblems } from "../../analytics/analyze-options.js";
import { HoldfastError, invalidArgument } from "../../errors.js";
import type { LocaleName } from "../../explain/reasons/locales.js";
import { anyOf } from "../../history/churn/any-of.js";
import type { CauseMap } from "../../history/churn/churn-causes.js";
import type { ChurnDefinition } from "../../history/churn/churn-definition.js";
import { involuntary, voluntary } from "../../history/churn/disconnected.js";
import type { History } from "../../history/history.js";
import type { Block } from "../../page/page.js";
import { LOCALE_NAMES } from "../../predict/explaining/explain-options.js";
import { loadCharts } from "../load-charts.js";
import { share, wholeNumber } from "../options/arguments.js";
import { CHURN_HELP, parseChurnSpec } from "../options/churn-spec.js";
import { columnList } from "../options/evaluation-output.js";
import { addHistoryOptions, type HistoryOptions, openFolder } from "../options/history-options.js";
import { readJsonFile } from "../options/json-file.js";
import { addReadingOptions, OPERATOR_ZONE } from "../options/reading-options.js";
import { checkFolderOf, checkNoFile } from "../options/writable-folder.js";
import { blocksText } from "../print/blocks.js";
import { watchWork } from "../progress-display.js";

interface Options extends HistoryOptions {
  out?: string;
  lists?: string;
  json?: boolean;
  from?: string;
  to?: string;
  churn: string;
  base: "start" | "end";
  by?: string[];
  reasons?: string;
  tenureBands?: number[];
  arpuBands?: number[];
  measure?: string;
  groupLeavers?: number;
  model?: string;
  falseDiscoveryRate?: number;
  locale: LocaleName;
  title?: string;
}

const EXAMPLES = `
The page begins with what a manager needs this Monday: what the last month was like, where churn is beyond chance, what
changed, what it costs, and whom to call. All its numbers are in the JSON.

Examples:
  holdfast analyze history --out analysis.html --lists monday
  holdfast analyze history --from 2025-01 --to 2025-12 --by tariff,region,"tariff*tenure" --out 2025.html --json
  holdfast analyze history --churn voluntary --reasons reasons.json --out voluntary.html
  holdfast analyze history --churn inactive:90 --base end --json
  holdfast analyze 历史 --encoding gb18030 --map 列名.json --out 分析.html --locale zh

The file of --reasons maps your own reasons (end_reason) to causes: { "携号转网": "competitor", "欠费停机": "arrears" }. Causes are
quality, price, competitor, care, moved or deceased, arrears, abuse and other.`;

export function analyzeCommand(): Command {
  const command = new Command("analyze")
    .argument("<folder>", "the folder with the files of the history")
    .option("--out <file>", "where to write the page: .html or .md (default: the tables are printed)")
    .option("--json", "write all numbers as JSON beside the page; without --out, print them")
    .option("--lists <folder>", "also write the lists for Monday there, as CSV for spreadsheets")
    .option("--from <month>", "the first month of the cuts, such as 2025-01 (default: of the last twelve)")
    .option("--to <month>", "the last month (default: the last that the history covers as a whole)")
    .option("--churn <what>", CHURN_HELP, "disconnected")
    .addOption(
      new Option("--base <when>", "by whom churn is divided: at risk at the start, or at the end")
        .choices(["start", "end"])
        .default("start"),
    )
    .option(
      "--by <cuts>",
      "tenure, tariff, arpu, groupKind, group, region, dealer, usageTrend, complaints, faults or columns of subscribers, with commas between; two crossed with * (default: all that the history has)",
      columnList,
    )
    .option("--reasons <file>", "JSON with the causes of your reasons")
    .option(
      "--tenure-bands <months>",
      "upper bounds of tenure bands, with commas between (default: 3,6,12,24,36,60)",
      numbers("--tenure-bands"),
    )
    .option(
      "--arpu-bands <amounts>",
      "bounds of ARPU bands, with commas between (default: 30,50,80,100,150,200)",
      numbers("--arpu-bands"),
    )
    .option("--measure <name>", "the measure of usage whose trend is cut by (default: the first)")
    .option(
      "--group-leavers <n>",
      "fewest leavers of a group that is listed (default: 30)",
      wholeNumber("--group-leavers"),
    )
    .option(
      "--model <file>",
      "a model by whose probability subscribers are at risk (default: signs in the history)",
    )
    .option(
      "--false-discovery-rate <share>",
      "share of false alarms among what stands out (default: 10%)",
      share("--false-discovery-rate"),
    )
    .addOption(
      new Option("--locale <language>", "language of texts and page").choices(LOCALE_NAMES).default("en"),
    )
    .option("--title <text>", "the heading of the page");
  addHistoryOptions(command)
    .option("--threads <n>", "threads of DuckDB (default: all cores)", wholeNumber("--threads"))
    .addHelpText("after", EXAMPLES);
  return addReadingOptions(command, OPERATOR_ZONE).action(run);
}

async function run(folder: string, options: Options): Promise<void> {
  const { out, json, locale, title } = options;
  if (out !== undefined && !/\.(html|md)$/iu.test(out))
    invalidArgument("holdfast analyze", "--out", "must end in .html or .md", out);
  if (out !== undefined) await checkFolderOf(out);
  if (options.lists !== undefined) await checkNoFile(options.lists);
  const asked = await analyzeOptionsOf(options);
  // Checked before anything is read.
  checkAnalyzeOptions(asked);
  // Late, as few commands draw charts.
  const { analyzeWhole, analysisBlocks, writeAnalysis, writeLists } = await loadAnalytics();
  const work = watchWork();
  const { onProgress, signal } = work;
  let history: History | undefined;
  try {
    history = await openFolder(folder, options, { onProgress, signal });
    const whole = { ...asked, locale, onProgress, signal };
    const { analysis, lists, migration } = await analyzeWhole(history, whole, options.lists !== undefined);
    const written = [
      ...(options.lists === undefined ? [] : await writeLists(lists, options.lists, { migration, locale })),
      ...(out === undefined ? [] : await writeAnalysis(analysis, out, { locale, title })),
      ...(out === undefined || json !== true
        ? []
        : await writeAnalysis(analysis, out.replace(/\.(html|md)$/iu, ".json"))),
    ];
    work.stop();
    for (const path of written) console.error(`Wrote ${path}`);
    if (out === undefined)
      console.log(
        json
          ? JSON.stringify(analysis, null, 2)
          : blocksText(shownBlocks(analysisBlocks(analysis, locale)), locale),
      );
  } finally {
    work.stop();
    history?.close();
  }
}

/** Without what a page folds away: whole lists of subscribers, which `--lists` writes. */
function shownBlocks(blocks: readonly Block[]): Block[] {
  return blocks.filter((block) => block.is !== "details");
}

async function analyzeOptionsOf(options: Options): Promise<AnalyzeOptions> {
  const { from, to, base, by, tenureBands, arpuBands, measure, groupLeavers, falseDiscoveryRate } = options;
  const reasons = options.reasons === undefined ? undefined : reasonsOfFile(options.reasons);
  const model =
    options.model === undefined
      ? undefined
      : await (await import("../../predict/load.js")).loadChurnModel(options.model);
  const churn = definitionOf(options.churn, reasons);
  return {
    from,
    to,
    churn,
    base,
    by,
    reasons,
    tenureBands,
    arpuBands,
    measure,
    groupLeavers,
    falseDiscoveryRate,
    model,
  };
}

/** The definition; the operator's own reasons say which ends are voluntary. */
function definitionOf(spec: string, reasons: CauseMap | undefined): ChurnDefinition {
  const parts = spec.split("+").map((part) => {
    if (part.trim() === "voluntary") return voluntary(reasons);
    if (part.trim() === "involuntary") return involuntary(reasons);
    const churn = parseChurnSpec(part, CHURN_HELP);
    return churn === false
      ? invalidArgument("holdfast analyze", "--churn", `must name ${CHURN_HELP}`, spec)
      : churn;
  });
  return parts.length === 1 ? parts[0] : anyOf(...parts);
}

function reasonsOfFile(path: string): CauseMap {
  const given = readJsonFile("holdfast analyze", "--reasons", path);
  const problems = reasonProblems("holdfast analyze", "--reasons", given);
  if (problems.length > 0) throw new HoldfastError(problems);
  return given as CauseMap;
}

/** A parser for rising numbers with commas between. */
function numbers(option: string): (text: string) => number[] {
  return (text) => {
    const values = text.split(/[,，]/u).map((each) => (each.trim() === "" ? Number.NaN : Number(each)));
    if (values.every((value, i) => Number.isFinite(value) && (i === 0 || value > values[i - 1])))
      return values;
    return invalidArgument("holdfast analyze", option, "must be rising numbers with commas between", text);
  };
}

/** @throws HoldfastError where the libraries that draw charts are not installed. */
function loadAnalytics() {
  return loadCharts({ command: "holdfast analyze" }, async () => {
    const { analyzeWhole } = await import("../../analytics/analyze.js");
    const { writeLists } = await import("../../analytics/lists/write-lists.js");
    const { analysisBlocks, writeAnalysis } = await import("../../analytics/write-analysis.js");
    return { analyzeWhole, analysisBlocks, writeAnalysis, writeLists };
  });
}
