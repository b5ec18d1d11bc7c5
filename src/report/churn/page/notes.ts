import type { DescribedLeak, TableDescription } from "../../../describe/description.js";
import { describeProblem } from "../../../errors.js";
import type { TrainingNote } from "../../../model-file/churn/training-note.js";
import type { ReadingNote } from "../../../table/grammar/column-reading.js";
import { readingNotes } from "../../../training/rows/note-reading.js";
import { type Context, firstOf } from "./context.js";

/** Names in an item. */
const SHOWN_NAMES = 12;

/** What is odd about data and what was decided, an item each, in the page's language. */
export function oddItemsIn(context: Context, profile: TableDescription): readonly string[] {
  const { columns, leaks, notes, problems } = profile;
  const { say, locale } = context;
  const readings = columns.flatMap((column) => column.notes);
  return [
    ...(locale === "en"
      ? trainingNotesIn(context, readingNotes(readings))
      : readings.map((note) => readingNoteIn(context, note))),
    ...leaks.map((leak) => leakIn(context, leak)),
    ...noFeatures(context, profile),
    ...columns.flatMap(({ name, numbers }) =>
      numbers === null || numbers.infinite === 0
        ? []
        : [say("{column}: {cells} infinite numbers", { column: name, cells: numbers.infinite })],
    ),
    ...trainingNotesIn(context, notes),
    ...problems.map(({ hint: _, path: { function: __, file: ___, ...path }, ...problem }) =>
      say("Training refuses: {problem}", { problem: describeProblem({ ...problem, path }) }),
    ),
  ];
}

/** Columns that would be no features, those of one reason together. */
function noFeatures(context: Context, { columns }: TableDescription): string[] {
  const byReason = new Map<string, string[]>();
  for (const { name, leftOut, role } of columns) {
    if (leftOut === null || role !== null) continue;
    byReason.set(leftOut, [...(byReason.get(leftOut) ?? []), name]);
  }
  return Array.from(byReason, ([reason, names]) => {
    return context.say("{count} {count|column says|columns say} nothing ({reason}): {columns}", {
      count: names.length,
      reason: reasonIn(context, reason),
      columns: firstOf(context, names, SHOWN_NAMES),
    });
  });
}

/** What was decided when a column was read. */
function readingNoteIn({ say }: Context, { kind, column, cells, example }: ReadingNote): string {
  const values = { column, cells, example };
  switch (kind) {
    case "markers":
    case "markers-beside":
      return say("{column}: {cells} cells such as “{example}” were taken as missing", values);
    case "money":
      return say("{column}: read as money, such as “{example}”", values);
    case "thousands":
      return say("{column}: read as numbers with thousands, such as “{example}”", values);
    case "percent":
      return say("{column}: read as shares, such as “{example}”", values);
    case "compact-date":
      return say("{column}: read as dates, such as “{example}”", values);
    case "odd-cells":
      return say("{column}: read as words, because of {cells} cells such as “{example}”", values);
    case "odd-dates":
      return say(
        "{column}: read as numbers, because of {cells} cells such as “{example}” that are no dates",
        values,
      );
    case "currencies":
      return say("{column}: read as words, because of amounts in several currencies", values);
    case "looks-like":
      return say(
        "{column}: {cells} cells such as “{example}” may be numbers or dates of another notation",
        values,
      );
  }
}

function leakIn({ say }: Context, { column, is }: DescribedLeak): string {
  switch (is) {
    case "certain":
      return say("{column}: determines the label of every row", { column });
    case "probable":
      return say("{column}: alone ranks churners almost perfectly: was it known before the churn?", {
        column,
      });
    case "possible":
      return say("{column}: all rows with some of its values churned: was it known before the churn?", {
        column,
      });
  }
}

/** Why a column is no feature. */
function reasonIn({ say }: Context, reason: string): string {
  switch (reason) {
    case "constant":
      return say("constant");
    case "no value in any row":
      return say("no value in any row");
    case "the cutoff":
      return say("the cutoff");
    case "the label's window":
      return say("the label's window");
    default:
      return reason.startsWith("text:") ? say("text: an id or free text") : reason;
  }
}

/** What training noted, in the page's language; the figures are those of the note. */
export function trainingNotesIn(context: Context, notes: readonly TrainingNote[]): string[] {
  return notes.map((note) => {
    const english = note.column === null ? note.detail : `${note.column}: ${note.detail}`;
    return context.locale === "en" ? english : noteIn(context, note, english);
  });
}

function noteIn({ say }: Context, { kind, column, detail }: TrainingNote, english: string): string {
  const [first = "", second = ""] = detail.match(/\d[\d,.]*%?/gu) ?? [];
  const named = { column: column ?? "", first, second };
  switch (kind) {
    case "duplicate-rows":
      return say("{first} rows ({second}) have the same features as a row of another fold", named);
    case "near-copies":
      return say("about {first} of the rows equal a row of another fold but for noise", named);
    case "few-churners":
      return say("only {first} churners: look at the intervals before the values", named);
    case "rows-without-weight":
      return say("{column}: {first} rows have a weight of 0 and were left out", named);
    case "extreme-values":
      return say("{column}: has absolute values up to {first}", {
        column: named.column,
        first: detail.match(/[\d.]+e[+-]?\d+/u)?.[0] ?? "",
      });
    case "probable-leak":
      return say(
        "{column}: alone ranks churners with an AUC of {first}: was it known before the churn?",
        named,
      );
    case "leak-allowed":
      return say("{column}: determines the label of every row, which was allowed", named);
    case "label-turned":
      return say("{column}: is named for staying, its answers were turned round", named);
    case "group-guessed":
      return say(
        "{column}: repeats as names of subscribers do; its rows share a fold and it is no feature",
        named,
      );
    case "repeated-names":
      return say("{column}: repeats as names of subscribers do, in several folds", named);
    case "snapshot-roles":
      return say("a table of snapshots, whose columns are known");
    case "total":
      return say("a sum of columns was added as a feature: {sum}", {
        sum: detail.replace(/^added up (.*) as a feature.*$/u, "$1"),
      });
    case "no-signal":
      return say("nothing predicts better than the churn rate itself: every row gets it");
    case "families-left-out":
      return say(
        "some families were not trained because of the size of the data or the rules that were asked for",
      );
    case "tier-ties":
      return say("a tier holds less than its capacity, as too many rows share a probability");
    case "reading":
      return english;
  }
}
