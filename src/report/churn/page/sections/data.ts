import { sectionsOf } from "../../../../describe/description-sections.js";
import type { Block } from "../../../../page/page.js";
import { whole } from "../../../../printing/numbers.js";
import { listed, sentences } from "../../../../printing/prose.js";
import { type Context, firstOf, type MakeSection, missingOf, tableOf } from "../context.js";
import { oddItemsIn } from "../notes.js";

/** Rows of a table of columns that the page shows. */
const SHOWN_COLUMNS = 25;
/** Names in a sentence. */
const SHOWN_NAMES = 12;

/** The ids of tables by the headings of a description; the last one has none. */
const TABLE_IDS: Readonly<Record<string, string>> = {
  Numbers: "profile-numbers",
  Dates: "profile-dates",
  "Categories and flags": "profile-categories",
  Text: "profile-texts",
};

/** The data, what counts as churn, what the columns hold, and what is odd about them. */
export const dataSection: MakeSection = (context) => ({
  id: "data",
  title: context.say("Data and what counts as churn"),
  blocks: [
    { is: "text", text: dataText(context) },
    ...windowsTable(context),
    ...oddBlocks(context),
    ...profileBlocks(context),
    ...missingOf(context, "profile"),
  ],
});

function dataText(context: Context): string {
  const { report, say } = context;
  const { data, model, evaluation } = report;
  const { column, positive, negative } = model.label;
  const figures = { rows: data.rows, columns: data.columns };
  return sentences(
    context,
    data.source === null
      ? say("{rows} {rows|row|rows} of {columns} {columns|column|columns}.", figures)
      : say("{rows} {rows|row|rows} of {columns} {columns|column|columns} of {source}.", {
          ...figures,
          source: data.source,
        }),
    data.definition === null
      ? say("Churned means {column} = {positive}, stayed {column} = {negative}.", {
          column,
          positive,
          negative,
        })
      : say("Churned means: {definition} ({column} = {positive}).", {
          definition: data.definition,
          column,
          positive,
        }),
    evaluation?.weights?.areApplied === true &&
      say("Rows are weighted by {column}.", { column: evaluation.weights.column }),
    evaluation?.weights?.areApplied === false &&
      say("Rows are not weighted, though the model was trained with the weights of {column}.", {
        column: evaluation.weights.column,
      }),
  );
}

function windowsTable(context: Context): Block[] {
  const { report, say } = context;
  const { windows } = report.data;
  if (windows.length === 0) return [];
  if (windows.every(({ labelFrom, labelTo }) => labelFrom === null && labelTo === null)) {
    const days = windows.map(({ cutoff }) => cutoff);
    const shown = days.length > SHOWN_NAMES ? [days[0], "…", days[days.length - 1]] : days;
    return [{ is: "text", text: say("Snapshots of {days}.", { days: listed(context, shown) }) }];
  }
  return [
    tableOf(
      context,
      "windows",
      say("Days of the snapshots, and the time in which leaving counted"),
      {
        head: [say("snapshot"), say("leaving counts from"), say("to"), say("rows")],
        rows: windows.map(({ cutoff, labelFrom, labelTo, rows }) => [
          cutoff,
          labelFrom ?? "–",
          labelTo ?? "–",
          whole(rows),
        ]),
      },
      { most: SHOWN_COLUMNS },
    ),
  ];
}

/** What is odd, and what was decided about it. */
function oddBlocks(context: Context): Block[] {
  const { report, say } = context;
  if (report.profile === null) return [];
  const items = oddItemsIn(context, report.profile);
  if (items.length === 0) return [{ is: "text", text: say("Nothing about these data is odd.") }];
  return [
    { is: "heading", text: say("What is odd, and what was decided") },
    { is: "list", items },
  ];
}

function profileBlocks(context: Context): Block[] {
  const { report, say } = context;
  const { profile, samples } = report;
  if (profile === null) return [];
  const sample = samples.find(({ part }) => part === "profile");
  const tables = sectionsOf(profile).flatMap(({ heading, table }) =>
    table === undefined
      ? []
      : [
          tableOf(context, TABLE_IDS[heading] ?? "profile-by-churn", headingIn(context, heading), table, {
            most: SHOWN_COLUMNS,
          }),
        ],
  );
  return [
    {
      is: "details",
      summary: say("What the columns hold"),
      blocks: [
        ...(sample === undefined
          ? []
          : [
              {
                is: "text" as const,
                text: say("Of a random sample of {rows} of {of} rows.", { rows: sample.rows, of: sample.of }),
              },
            ]),
        ...tables,
      ],
    },
  ];
}

/** Headings of descriptions. */
function headingIn({ say }: Context, heading: string): string {
  switch (heading) {
    case "Numbers":
      return say("Numbers");
    case "Dates":
      return say("Dates");
    case "Categories and flags":
      return say("Categories and flags");
    case "Text":
      return say("Text");
    default:
      return say("By churn, each column alone, what separates most first");
  }
}

/** Columns that the model does not read. */
export function leftOutText(context: Context): string {
  const { report, say } = context;
  const names = report.training.leftOut.map(({ name }) => name);
  if (names.length === 0) return "";
  return say("Not read: {columns}.", { columns: firstOf(context, names, SHOWN_NAMES) });
}
