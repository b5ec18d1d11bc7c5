import * as Plot from "@observablehq/plot";
import type { OptionNames } from "../../../arguments.js";
import { argumentProblem, HoldfastError, invalidArgument } from "../../../errors.js";
import type { ContributionSummary, PermutationImportance } from "../../../explain/global/explanation.js";
import { axisBelow, limitsOf, margins } from "../../drawing/axes.js";
import { checkEntries, hintOf, isList, isObject } from "../../drawing/check-data.js";
import { firstOf, moreNotes, mostOf, ROW_PLOT_OPTIONS, type RowPlotOptions } from "../../drawing/most.js";
import { amountText, amountTick, decimalText, evenly } from "../../drawing/numbers.js";
import type { Paper } from "../../drawing/paper.js";
import { type Drawing, picture } from "../../drawing/picture.js";
import { bandOf, rowLabels, rowTexts } from "../../drawing/row-labels.js";
import { nameOf } from "../../drawing/text.js";

/** How important something is. */
export interface NamedImportance {
  readonly name: string;
  readonly value: number;
  readonly low?: number | null | undefined;
  readonly high?: number | null | undefined;
}

/** Options of {@link importancePlot}. */
export interface ImportancePlotOptions extends RowPlotOptions {
  /** Of permutation importance: the loss to show. Default `logLoss`. */
  readonly by?: "logLoss" | "rocAuc" | undefined;
  /** Whether families of inputs are shown in the place of inputs. Default: inputs. */
  readonly of?: "inputs" | "families" | undefined;
}

const IMPORTANCE_OPTIONS: OptionNames<ImportancePlotOptions> = {
  ...ROW_PLOT_OPTIONS,
  by: "optional",
  of: "optional",
};
const CHOICES = { by: ["logLoss", "rocAuc"], of: ["inputs", "families"] };
const MOST = 20;
const MOST_NAMED = 5;
const ROW = 24;
const TIPS = 40;

/**
 * How important inputs are, as bars with intervals, in the order in which they are given.
 * @param importance `importance` or `contributions` of what `explainGlobally` returns, or a list of names and values.
 * @param options `most`: how many are shown (default 20); `by`: of permutation importance `logLoss` (default) or `rocAuc`; `of`: `inputs`
 * (default) or `families`; and see {@link PlotOptions}.
 * @returns SVG text
 * @example importancePlot([{ name: "tenure", value: 0.08, low: 0.07, high: 0.09 }, { name: "calls", value: 0.02 }])
 * @throws HoldfastError for anything else, and values that are not finite.
 */
export function importancePlot(
  importance: PermutationImportance | ContributionSummary | readonly NamedImportance[],
  options: ImportancePlotOptions = {},
): string {
  return picture("importancePlot", options, IMPORTANCE_OPTIONS, (paper) => {
    for (const [name, choices] of Object.entries(CHOICES) as ["by" | "of", string[]][])
      if (options[name] !== undefined && !choices.includes(options[name]))
        invalidArgument("importancePlot", name, `must be one of ${choices.join(", ")}`, options[name]);
    const most = mostOf("importancePlot", options, MOST);
    const { entries, argument, label } = entriesOf(paper, importance, options);
    const members = { name: "text", value: "number", low: "number?", high: "number?" } as const;
    checkEntries("importancePlot", argument, entries, members);
    return drawingOf(paper, entries, most, label);
  });
}

interface Entries {
  readonly entries: readonly NamedImportance[];
  readonly argument: string;
  /** What the values are. */
  readonly label: string;
}

function entriesOf(
  paper: Paper,
  given: unknown,
  { by = "logLoss", of = "inputs" }: ImportancePlotOptions,
): Entries {
  if (isList(given))
    return {
      entries: given as unknown as readonly NamedImportance[],
      argument: "importance",
      label: paper.say("importance"),
    };
  if (isObject(given) && isList(given.inputs) && isList(given.families)) {
    const { [of]: list } = given as unknown as PermutationImportance;
    return {
      entries: list.flatMap(({ name, [by]: loss }) => (loss === null ? [] : [{ name, ...loss }])),
      argument: `importance.${of}`,
      label:
        by === "logLoss"
          ? paper.say("increase of the log loss when permuted")
          : paper.say("decrease of the ROC AUC when permuted"),
    };
  }
  if (isObject(given) && isList(given.features) && isList(given.families)) {
    const { features, families } = given as unknown as ContributionSummary;
    return {
      entries:
        of === "inputs"
          ? features.map(({ feature, meanAbsolute }) => ({ name: feature, value: meanAbsolute }))
          : families.map(({ name, meanAbsolute }) => ({ name, value: meanAbsolute })),
      argument: `importance.${of === "inputs" ? "features" : "families"}`,
      label: paper.say("mean of |contribution|, in log-odds"),
    };
  }
  const expected = "must be permutation importance, a summary of contributions, or a list of { name, value }";
  throw new HoldfastError(argumentProblem("importancePlot", "importance", expected, given, hintOf(given)));
}

function drawingOf(paper: Paper, entries: readonly NamedImportance[], most: number, label: string): Drawing {
  const title = paper.say("Importance of inputs");
  const missing = paper.say("There are no inputs.");
  if (entries.length === 0) return { title, description: missing, body: { missing } };
  const { shown, more } = firstOf(entries, most);
  const rows = shown.map((entry, row) => ({
    row,
    name: nameOf(entry.name),
    value: entry.value,
    low: entry.low ?? null,
    high: entry.high ?? null,
  }));
  const text = (row: (typeof rows)[number]) => paper.withInterval(row.value, row.low, row.high, amountText);
  const labels = rowLabels(
    paper,
    rows.map(({ name }) => name),
  );
  const texts = rowTexts(paper, evenly(rows.map(({ value }) => valueText(value, rows))));
  const withRange = rows.filter(({ low, high }) => low !== null && high !== null);
  const limits = limitsOf(
    rows.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]),
    { from: 0 },
  );
  return {
    title,
    description: paper.sentence(
      label,
      ...rows
        .slice(0, MOST_NAMED)
        .map((row) => paper.say("{name}: {text}", { name: row.name, text: text(row) })),
      ...moreNotes(paper, entries.length - Math.min(MOST_NAMED, rows.length)),
    ),
    notes: moreNotes(paper, more),
    body: {
      height: rows.length * ROW + 56,
      plot: {
        ...margins({ top: 4, left: labels.left, right: texts.right }),
        x: { domain: limits },
        y: bandOf(rows.length, 0.35),
        marks: [
          axisBelow(paper, {
            label,
            format: amountTick(paper.locale),
            ticks: Math.max(2, Math.round(paper.width / 140)),
          }),
          Plot.barX(rows, {
            y: "row",
            x1: 0,
            x2: "value",
            fill: paper.colour("blue"),
            title: (row) => (rows.length > TIPS ? null : `${row.name}\n${text(row)}`),
          }),
          Plot.ruleX([0], { stroke: paper.colour("line") }),
          Plot.ruleY(withRange, {
            y: "row",
            x1: "low",
            x2: "high",
            stroke: paper.colour("background"),
            strokeWidth: 4,
          }),
          Plot.ruleY(withRange, {
            y: "row",
            x1: "low",
            x2: "high",
            stroke: paper.colour("ink"),
            strokeWidth: 1.5,
          }),
          labels.mark,
          texts.mark,
        ],
      },
    },
  };
}

/** As many decimals as the largest needs for three digits. */
function valueText(value: number, rows: readonly { readonly value: number }[]): string {
  const largest = rows.reduce((most, row) => Math.max(most, Math.abs(row.value)), 0);
  if (largest >= 100 || largest === 0) return amountText(value);
  return decimalText(value, Math.min(8, Math.max(0, 2 - Math.floor(Math.log10(largest)))));
}
