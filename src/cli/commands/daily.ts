import { Command, Option } from "commander";
import { A_DAY } from "../../analytics/daily/covered-days.js";
import { comparisonOf } from "../../analytics/daily/daily-report.js";
import type { ExtendedDaily } from "../../analytics/daily/extend-daily.js";
import { extendDaily } from "../../analytics/daily/extend-daily.js";
import { dailyBlocks, dailyWords } from "../../analytics/page/sections/daily-blocks.js";
import { invalidArgument } from "../../errors.js";
import type { LocaleName } from "../../explain/reasons/locales.js";
import type { History } from "../../history/history.js";
import { dayOf } from "../../history/windows/day-problem.js";
import { LOCALE_NAMES } from "../../predict/explaining/explain-options.js";
import { packageVersion } from "../../version.js";
import { loadCharts } from "../load-charts.js";
import { share, wholeNumber } from "../options/arguments.js";
import { addHistoryOptions, type HistoryOptions, openFolder } from "../options/history-options.js";
import { addReadingOptions, OPERATOR_ZONE } from "../options/reading-options.js";
import { checkFolderOf } from "../options/writable-folder.js";
import { blocksText } from "../print/blocks.js";
import { watchWork } from "../progress-display.js";

interface Options extends HistoryOptions {
  into: string;
  day?: string;
  weeks?: number;
  falseDiscoveryRate?: number;
  out?: string;
  locale: LocaleName;
  json?: boolean;
}

const EXAMPLES = `
The first run counts every day that the history covers, a later one the days since the last of the file. Each day is counted
once: the same facts change nothing. Facts of earlier days that became known since correct these days, and are listed.
The file is a DuckDB file with the tables region_days and corrections, and the view head_office_days.

Examples:
  holdfast daily history --into daily.duckdb --day 2026-02-03
  holdfast daily history --into daily.duckdb --json
  holdfast daily history --into daily.duckdb --out daily.html --locale zh
  holdfast daily 历史 --encoding gb18030 --map 列名.json --into 日报.duckdb --locale zh`;

export function dailyCommand(): Command {
  const command = new Command("daily")
    .argument("<folder>", "the folder with the files of the history")
    .requiredOption("--into <file>", "the file of daily figures: it is made, or extended by new days")
    .option("--day <day>", "the day, such as 2026-02-03 (default: the last day of the history with facts)")
    .option(
      "--weeks <n>",
      "weeks before the day whose same weekday it is compared with (default: 8)",
      wholeNumber("--weeks"),
    )
    .option(
      "--false-discovery-rate <share>",
      "share of false alarms among what stands out (default: 5%)",
      share("--false-discovery-rate"),
    )
    .option("--out <file>", "also write a page with a chart: .html or .md")
    .addOption(
      new Option("--locale <language>", "language of texts and page").choices(LOCALE_NAMES).default("en"),
    );
  addHistoryOptions(command)
    .option("--threads <n>", "threads of DuckDB (default: all cores)", wholeNumber("--threads"))
    .option("--json", "print the result as JSON")
    .addHelpText("after", EXAMPLES);
  return addReadingOptions(command, OPERATOR_ZONE).action(run);
}

async function run(folder: string, options: Options): Promise<void> {
  const { into, day, weeks, falseDiscoveryRate, out, locale, json } = options;
  if (out !== undefined && !/\.(html|md)$/iu.test(out))
    invalidArgument("holdfast daily", "--out", "must end in .html or .md", out);
  // Checked before anything is read.
  if (day !== undefined) dayOf("holdfast daily", "--day", day, A_DAY);
  comparisonOf("holdfast daily", { weeks, falseDiscoveryRate });
  for (const path of [into, out]) if (path !== undefined) await checkFolderOf(path);
  const work = watchWork();
  const { onProgress, signal } = work;
  let history: History | undefined;
  try {
    history = await openFolder(folder, options, { onProgress, signal });
    const daily = await extendDaily(history, into, { day, weeks, falseDiscoveryRate, onProgress, signal });
    work.stop();
    if (out !== undefined)
      for (const path of await writeDailyPage(daily, out, locale)) console.error(`Wrote ${path}`);
    console.log(json ? JSON.stringify(daily, null, 2) : blocksText(dailyBlocks(daily, { locale }), locale));
  } finally {
    work.stop();
    history?.close();
  }
}

async function writeDailyPage(daily: ExtendedDaily, out: string, locale: LocaleName): Promise<string[]> {
  // Late, as only a page draws charts.
  const { dailySection, plotVariables } = await loadPage();
  const { writePage } = await import("../../page/write-page.js");
  const title = dailyWords({ locale })("Daily figures");
  const page = {
    locale,
    title,
    subtitle: daily.day,
    sections: [dailySection(daily, { locale })],
    foot: [dailyWords({ locale })("Made by holdfast {version}.", { version: packageVersion() })],
  };
  return writePage(page, out, {
    plotVariables: { light: plotVariables("light"), dark: plotVariables("dark") },
  });
}

/** @throws HoldfastError where the libraries that draw charts are not installed. */
function loadPage() {
  return loadCharts({ command: "holdfast daily", option: "--out" }, async () => {
    const { dailySection } = await import("../../analytics/page/sections/daily.js");
    const { plotVariables } = await import("../../plots/index.js");
    return { dailySection, plotVariables };
  });
}
