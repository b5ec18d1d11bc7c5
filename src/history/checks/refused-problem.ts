import { count, optionText, type Problem } from "../../errors.js";
import type { FactExample, FactProblem } from "../report/history-report.js";
import type { FactPlan } from "../sources/fact-plan.js";
import { OPENED_BY } from "../sources/fact-source.js";
import type { CheckWords } from "./fact-check.js";

/** A problem with facts, as part of the error that refuses them. */
export function refusedProblem(
  plan: FactPlan,
  words: CheckWords,
  { kind, rows, examples }: FactProblem,
): Problem {
  const shown = examples.map(exampleText);
  const received = shown.filter((text) => text !== "");
  const column = plan.columns.find(({ name }) => name === words.column);
  const ofColumn =
    column?.unread !== undefined && !column.isRequired && kind.startsWith("unreadable")
      ? [`${optionText("exclude", [column.own])} leaves the column out`]
      : [];
  return {
    code: CODES[kind] ?? "data.malformed",
    path: {
      function: OPENED_BY,
      file: plan.label,
      argument: plan.table.name,
      ...(words.column === undefined ? {} : { column: words.column }),
    },
    expected: `${words.expected}, ${count(rows, "row does", "rows do")} not (${kind})`,
    received: received.length === 0 ? undefined : received,
    hint: [`${optionText("onProblems", "drop")} leaves them out`, ...ofColumn, ...(HINTS[kind] ?? [])].join(
      "; ",
    ),
  };
}

/** `subscriber 7: 2025-02-30 (line 12)`. */
function exampleText({ subscriber, value, row, line }: FactExample): string {
  const what = [subscriber === null ? undefined : `subscriber ${subscriber}`, value ?? undefined]
    .filter((part) => part !== undefined)
    .join(": ");
  const where = line !== undefined ? `line ${line}` : row !== undefined ? `row ${row}` : undefined;
  if (where === undefined) return what;
  return what === "" ? where : `${what} (${where})`;
}

/** What else can be done about a problem. */
const HINTS: Partial<Record<FactProblem["kind"], readonly string[]>> = {
  "duplicate fact": ["facts that are two have an id or a time that tells them apart"],
  "future date": [`${optionText("today", "2030-01-01")} where the facts are of later days`],
};

const CODES: Partial<Record<FactProblem["kind"], Problem["code"]>> = {
  "unreadable date": "data.wrong-type",
  "unreadable number": "data.wrong-type",
  "not finite": "data.not-finite",
};
