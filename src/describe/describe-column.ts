import { chiSquareTail } from "../math/chi-square-tail.js";
import { mannWhitneyPValue } from "../math/mann-whitney.js";
import type { CategoricalColumn, Column, NumericColumn, TextColumn } from "../table/column.js";
import { aloneAucOf, type NumberTally, tallyNumbers } from "../training/rows/alone-auc.js";
import { MINIMUM_ROWS_PER_LEVEL } from "../vectors/column-roles/features.js";
import type { ColumnChurn, ColumnDescription, LevelSummary } from "./description.js";
import { type CountedGroup, chiSquareOf, churnGroups, informationValue } from "./groups.js";
import { numberGroups } from "./number-bands.js";
import { centreOf, finiteOf, risingNumbers, summaryOfDates, summaryOfNumbers } from "./numbers.js";

/** Of categories this many are shown, the most frequent first. */
const SHOWN_LEVELS = 10;
const SHOWN_EXAMPLES = 3;

/** What a column holds. Its role, why it is left out, the AUC of categories and adjusted p-values are known later. */
export type ColumnFacts = Omit<ColumnDescription, "role" | "leftOut">;

/** @param labels 1 = churned; undefined without a label, and of the label itself. */
export function describeColumn(column: Column, labels: Uint8Array | undefined): ColumnFacts {
  if (column.kind === "numeric") return describeNumbers(column, labels);
  return column.kind === "categorical" ? describeCategories(column, labels) : describeText(column, labels);
}

function describeNumbers(column: NumericColumn, labels: Uint8Array | undefined): ColumnFacts {
  const tally = tallyNumbers(column.values, labels);
  const { values, missing } = tally;
  const isDate = column.isDate === true;
  const isFlag = values.length > 0 && values.every((value) => value === 0 || value === 1);
  const rising = labels === undefined ? finiteOf(tally.ofNegatives) : risingNumbers(tally);
  const summary = summaryOfNumbers(rising, infiniteRows(tally));
  const present = rising.length;
  return {
    ...factsOf(column, missing.positives + missing.negatives, column.values.length),
    kind: isDate ? "date" : isFlag ? "flag" : "numeric",
    distinct: values.length,
    numbers: isDate ? null : summary,
    dates: isDate ? summaryOfDates(rising) : null,
    levels: isFlag ? levelsOfFlag(tally, present) : null,
    churn: labels === undefined ? null : churnOfNumbers(tally, summary, isDate),
  };
}

function levelsOfFlag({ values, positives, negatives }: NumberTally, present: number): LevelSummary[] {
  const levels = Array.from(values, (value, at): LevelSummary => {
    const rows = positives[at] + negatives[at];
    return { value: String(value), rows, share: rows / present };
  });
  return levels.sort((a, b) => b.rows - a.rows);
}

function churnOfNumbers(
  tally: NumberTally,
  summary: ColumnDescription["numbers"],
  isDate: boolean,
): ColumnChurn {
  const { positives, negatives, missing } = tally;
  const groups = numberGroups(tally, summary, isDate);
  const [churners, others] = [finiteOf(tally.ofPositives), finiteOf(tally.ofNegatives)];
  const isTested = tally.values.length > 1 && churners.length > 0 && others.length > 0;
  return {
    missing: {
      churned: missing.positives / (tally.ofPositives.length + missing.positives),
      stayed: missing.negatives / (tally.ofNegatives.length + missing.negatives),
    },
    churned: centreOf(churners, isDate),
    stayed: centreOf(others, isDate),
    groups: churnGroups(groups),
    rocAuc: tally.values.length > 0 ? aloneAucOf(tally) : null,
    direction: isTested ? directionOf(positives, negatives) : null,
    pValue: isTested ? mannWhitneyPValue(positives, negatives) : null,
    adjustedPValue: null,
    informationValue: informationValue(groups),
    cramersV: null,
  };
}

/** Whether a random churner has a higher number than a random other more often than a lower one. */
function directionOf(positives: Float64Array, negatives: Float64Array): "higher" | "lower" | null {
  let [difference, abovePositives, aboveNegatives] = [0, 0, 0];
  for (let at = 0; at < positives.length; at++) {
    difference += negatives[at] * abovePositives - positives[at] * aboveNegatives;
    abovePositives += positives[at];
    aboveNegatives += negatives[at];
  }
  if (difference === 0) return null;
  return difference > 0 ? "higher" : "lower";
}

function describeCategories(column: CategoricalColumn, labels: Uint8Array | undefined): ColumnFacts {
  const size = column.categories.length;
  const churned = new Float64Array(size + 1);
  const rows = new Float64Array(size + 1);
  for (let row = 0; row < column.codes.length; row++) {
    const code = column.codes[row];
    const at = code < 0 ? size : code;
    rows[at]++;
    if (labels !== undefined) churned[at] += labels[row];
  }
  const present = column.codes.length - rows[size];
  const codes = [...column.categories.keys()].filter((code) => rows[code] > 0);
  codes.sort((a, b) => rows[b] - rows[a] || a - b);
  const countsOf = (code: number) => ({ churned: churned[code], stayed: rows[code] - churned[code] });
  return {
    ...factsOf(column, rows[size], column.codes.length),
    kind: "categorical",
    distinct: codes.length,
    levels: codes.slice(0, SHOWN_LEVELS).map((code) => ({
      value: column.categories[code],
      rows: rows[code],
      share: rows[code] / present,
    })),
    churn:
      labels === undefined
        ? null
        : churnOfLevels(
            codes.map((code) => ({ name: column.categories[code], is: "value", ...countsOf(code) })),
            { name: "missing", is: "missing", ...countsOf(size) },
          ),
  };
}

function churnOfLevels(levels: readonly CountedGroup[], missing: CountedGroup): ColumnChurn {
  const shown = levels.length === SHOWN_LEVELS + 1 ? levels : levels.slice(0, SHOWN_LEVELS);
  const rest = levels.slice(shown.length);
  // As training joins them: too little is known about each.
  const isCommon = ({ churned, stayed }: CountedGroup) => churned + stayed >= MINIMUM_ROWS_PER_LEVEL;
  const tested = [...levels.filter(isCommon), joined(levels.filter((each) => !isCommon(each))), missing];
  const { statistic, degrees, churners, others } = chiSquareOf(tested);
  const isTested = degrees > 0;
  return {
    missing: { churned: missing.churned / churners, stayed: missing.stayed / others },
    churned: null,
    stayed: null,
    groups: churnGroups([...shown, joined(rest), missing]),
    rocAuc: null,
    direction: null,
    pValue: isTested ? chiSquareTail(statistic, degrees) : null,
    adjustedPValue: null,
    informationValue: informationValue(tested),
    // The smaller side of the table has two groups: churned and stayed.
    cramersV: isTested ? Math.sqrt(statistic / (churners + others)) : null,
  };
}

function joined(groups: readonly CountedGroup[]): CountedGroup {
  let [churned, stayed] = [0, 0];
  for (const group of groups) {
    churned += group.churned;
    stayed += group.stayed;
  }
  return { name: groups.length === 1 ? "1 other" : `${groups.length} others`, is: "others", churned, stayed };
}

function describeText(column: TextColumn, labels: Uint8Array | undefined): ColumnFacts {
  const different = new Set<string>();
  // Rows with a text, and without.
  const [present, missing] = [
    { name: "any text", is: "others" as const, churned: 0, stayed: 0 },
    { name: "missing", is: "missing" as const, churned: 0, stayed: 0 },
  ];
  column.values.forEach((text, row) => {
    const group = text === null ? missing : present;
    if (text !== null) different.add(text);
    if (labels?.[row] === 1) group.churned++;
    else group.stayed++;
  });
  return {
    ...factsOf(column, missing.churned + missing.stayed, column.values.length),
    kind: "text",
    distinct: different.size,
    examples: [...firstOf(different, SHOWN_EXAMPLES)],
    churn: labels === undefined ? null : churnOfLevels([present], missing),
  };
}

function* firstOf<Item>(items: Iterable<Item>, count: number): Generator<Item> {
  let taken = 0;
  for (const item of items) {
    if (taken++ === count) return;
    yield item;
  }
}

/** What is the same for all kinds. */
function factsOf({ name, reading }: Column, missing: number, rows: number) {
  return {
    name,
    missing: { rows: missing, share: rows === 0 ? 0 : missing / rows },
    numbers: null,
    dates: null,
    levels: null,
    examples: null,
    notes: (reading?.notes ?? []).map(({ decidedBy, ...note }) => note),
  };
}

function infiniteRows({ values, positives, negatives }: NumberTally): number {
  let rows = 0;
  // They are at the ends.
  for (const at of new Set([0, values.length - 1])) {
    if (Math.abs(values[at]) === Infinity) rows += positives[at] + negatives[at];
  }
  return rows;
}
