import { markdownTable } from "../../../src/printing/text-table.js";
import { type BenchResult, result } from "../result.js";
import { type Cell, cellName, type Part } from "./cells.js";
import type { Summary } from "./summary.js";

/** The summaries of all cells that have runs, and over all cells of a part. */
export interface HonestyFigures {
  readonly cells: readonly { readonly cell: Cell; readonly summary: Summary }[];
  readonly overall: readonly { readonly part: Part; readonly summary: Summary }[];
}

/** How all runs were made. */
export interface HonestySettings {
  readonly repeats: number;
  readonly replicates: number;
  readonly newRows: number;
}

/** A figure of a table, with the bars that it must reach where there are any. */
interface Figure {
  readonly name: string;
  readonly value: (summary: Summary) => number;
  /** Its standard error, where it is a mean to be read with one. */
  readonly error?: (summary: Summary) => number;
  readonly shown: (value: number) => string;
  /** The bar over all cells of the part, and of each cell. */
  readonly bar?: Bar;
  readonly cellBar?: Bar;
}

interface Bar {
  readonly text: string;
  readonly limit: number;
  /** What is compared with the limit. Default: the value. */
  readonly compared?: (summary: Summary) => number;
  /** Default: the limit is the most. */
  readonly isLeast?: boolean;
}

const percent = (value: number) => `${(100 * value).toFixed(1)}%`;
const three = (value: number) => value.toFixed(3);
const signed = (value: number) => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(4)}`;
const atLeast = (limit: number): Bar => ({ text: `≥ ${percent(limit)}`, limit, isLeast: true });
const COVERED = { bar: atLeast(0.9), cellBar: atLeast(0.8) };

const NEW_AUC: Figure = { name: "new AUC", value: ({ newAuc }) => newAuc.mean, shown: three };
const AUC_COVERAGE: Figure = {
  name: "AUC interval holds new AUC",
  value: ({ aucCoverage }) => aucCoverage,
  shown: percent,
};
const LOG_LOSS_COVERAGE: Figure = {
  name: "log loss interval holds new log loss",
  value: ({ logLossCoverage }) => logLossCoverage,
  shown: percent,
};
const AUC_OPTIMISM: Figure = {
  name: "reported − new AUC",
  value: ({ aucOptimism }) => aucOptimism.mean,
  error: ({ aucOptimism }) => aucOptimism.error,
  shown: signed,
};
const LOG_LOSS_OPTIMISM: Figure = {
  name: "reported − new log loss",
  value: ({ logLossOptimism }) => logLossOptimism.mean,
  error: ({ logLossOptimism }) => logLossOptimism.error,
  shown: signed,
};
const CONSTANT: Figure = { name: "constant kept", value: ({ constant }) => constant, shown: percent };

const CHANCE_AUC: Bar = {
  text: "0.5 ± 0.01",
  limit: 0.01,
  compared: ({ reportedAuc }) => Math.abs(reportedAuc.mean - 0.5),
};
const SIGNAL_OPTIMISM: Bar = {
  text: "0 ± 0.005",
  limit: 0.005,
  compared: ({ aucOptimism }) => Math.abs(aucOptimism.mean),
};
const TELCO_OPTIMISM: Bar = {
  text: "0 ± 2 standard errors",
  limit: 2,
  compared: ({ aucOptimism: { mean, error } }) => Math.abs(mean / error),
};

const FIGURES: Readonly<Record<Part, readonly Figure[]>> = {
  chance: [
    {
      name: "reported AUC",
      value: ({ reportedAuc }) => reportedAuc.mean,
      error: ({ reportedAuc }) => reportedAuc.error,
      shown: three,
      bar: CHANCE_AUC,
    },
    { ...AUC_COVERAGE, ...COVERED },
    { name: "one tier", value: ({ oneTier }) => oneTier, shown: percent, bar: atLeast(0.9) },
    {
      name: "new log loss − a constant's",
      value: ({ aboveConstant }) => aboveConstant.mean,
      error: ({ aboveConstant }) => aboveConstant.error,
      shown: signed,
      bar: { text: "≤ +0.0020", limit: 0.002 },
    },
    CONSTANT,
  ],
  signal: [
    NEW_AUC,
    { ...AUC_OPTIMISM, bar: SIGNAL_OPTIMISM },
    { ...AUC_COVERAGE, ...COVERED },
    LOG_LOSS_OPTIMISM,
    { ...LOG_LOSS_COVERAGE, ...COVERED },
    CONSTANT,
  ],
  telco: [
    NEW_AUC,
    { ...AUC_OPTIMISM, bar: TELCO_OPTIMISM },
    AUC_COVERAGE,
    LOG_LOSS_OPTIMISM,
    LOG_LOSS_COVERAGE,
    CONSTANT,
  ],
};

const TITLES: Readonly<Record<Part, string>> = {
  chance: "Labels of chance",
  signal: "Simulated signal, rate 0.25",
  telco: "Telco, trained on one half and measured on the other",
};

/** A table for each part: its cells, all of them together, and what they must reach. */
export function honestyMarkdown({ cells, overall }: HonestyFigures, settings: HonestySettings): string {
  const tables = overall.map(({ part, summary }) => {
    const figures = FIGURES[part];
    const line = (name: string, of: Summary) => [
      name,
      of.runs,
      ...figures.map((figure) => shownIn(figure, of)),
      of.cpu.toFixed(1),
    ];
    const ofPart = cells.filter(({ cell }) => cell.part === part);
    const bars = figures.flatMap(({ name, bar, cellBar }) =>
      bar === undefined ? [] : `${name} ${bar.text}${cellBar === undefined ? "" : `, each ${cellBar.text}`}`,
    );
    const table = markdownTable({
      head: ["", "runs", ...figures.map(({ name }) => name), "training, CPU s"],
      rows: [
        ...ofPart.map(({ cell, summary }) => line(cellName(cell), summary)),
        ...(ofPart.length > 1 ? [line("all", summary)] : []),
      ],
    });
    return `${TITLES[part]}:\n\n${table}\n\nMust reach: ${bars.join("; ")}.\n`;
  });
  const { repeats, replicates, newRows } = settings;
  const said = `All defaults but \`repeats: ${repeats}\`, \`replicates: ${replicates}\` and \`tiers: auto\`; ${newRows.toLocaleString("en-US")} new rows (the other half of telco). ± is one standard error over the runs.`;
  return [...tables, `${said}\n`].join("\n");
}

/** The same figures; the peer of those that must reach a bar is the bar. */
export function honestyResults({ cells, overall }: HonestyFigures): BenchResult[] {
  const rows = overall.flatMap(({ part, summary }) => [
    ...cells
      .filter(({ cell }) => cell.part === part)
      .flatMap(({ cell, summary }) =>
        FIGURES[part].map((figure) => resultOf(cellName(cell), figure, summary, figure.cellBar)),
      ),
    ...FIGURES[part].map((figure) => resultOf(`${part}, all`, figure, summary, figure.bar)),
  ]);
  const cpu = overall.reduce((sum, { summary }) => sum + summary.runs * summary.cpu, 0);
  return [...rows, result("honesty", "all trainings, CPU", cpu, "s")];
}

function resultOf(name: string, figure: Figure, summary: Summary, bar: Bar | undefined): BenchResult {
  const what = `${name}: ${figure.name}`;
  if (bar === undefined) return result("honesty", what, figure.value(summary), "");
  const peer = { name: bar.isLeast ? "at least" : "at most", value: bar.limit };
  const { compared } = bar;
  if (compared === undefined) return result("honesty", what, figure.value(summary), "", peer);
  return result("honesty", `${what}, as a distance`, compared(summary), "", peer);
}

function shownIn({ value, error, shown }: Figure, summary: Summary): string {
  return `${shown(value(summary))}${error === undefined ? "" : ` ± ${shown(error(summary)).replace("+", "")}`}`;
}
