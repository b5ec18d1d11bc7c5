import type { Block } from "../../../../page/page.js";
import { contributionsPlot, dependencePlot, importancePlot } from "../../../../plots/index.js";
import { pictureOf } from "../../../../plots/picture.js";
import { percent, shareText } from "../../../../printing/numbers.js";
import { sentences } from "../../../../printing/prose.js";
import { curveTable, importanceTable, interactionsTable } from "../../../global-explanation-tables.js";
import { type Context, type MakeSection, missingOf, tableOf, withoutColumns } from "../context.js";

const SHOWN = 15;
const CURVES = 6;
/** More than a curve has of numbers. */
const POINTS = 25;

/** What the model goes by. */
export const importanceSection: MakeSection = (context) => {
  const { report, say } = context;
  const { explanation } = report;
  const section = { id: "importance", title: say("What the model goes by") };
  if (explanation === null) return { ...section, blocks: missingOf(context, "explanation") };
  if (explanation.isConstant)
    return {
      ...section,
      blocks: [
        {
          is: "text",
          text: say("No column matters: the model predicts {probability} for everyone.", {
            probability: percent(explanation.meanProbability),
          }),
        },
      ],
    };
  return {
    ...section,
    blocks: [
      ...sampleText(context),
      ...importanceBlocks(context),
      ...contributionBlocks(context),
      ...interactionBlocks(context),
      ...missingOf(context, "explanation"),
    ],
  };
};

function sampleText({ report, say }: Context): Block[] {
  const sample = report.samples.find(({ part }) => part === "explanation");
  if (sample === undefined) return [];
  return [
    {
      is: "text",
      text: say("Of a random sample of {rows} of {of} rows.", { rows: sample.rows, of: sample.of }),
    },
  ];
}

function importanceBlocks(context: Context): Block[] {
  const { report, say } = context;
  const importance = report.explanation?.importance ?? null;
  if (importance === null)
    return [
      {
        is: "note",
        tone: "missing",
        text: say("importance: it needs labels of both classes"),
      },
    ];
  const { inputs, families, repeats, level } = importance;
  const inputTable = withoutColumns(importanceTable("input", inputs, level), 1);
  const familyTable = withoutColumns(importanceTable("family", families, level), 1);
  return [
    {
      is: "text",
      text: sentences(
        context,
        say(
          "How much worse the model gets when the values of a column are exchanged between rows, {repeats} times; intervals of {level} over rows and permutations.",
          { repeats, level: shareText(level) },
        ),
        say("It is what the model goes by, and no cause: changing the column need not change who leaves."),
      ),
    },
    {
      is: "pictures",
      pictures: [
        pictureOf(context, "importance-inputs", say("Increase of the log loss by column"), (options) =>
          importancePlot(importance, { ...options, most: SHOWN }),
        ),
        ...(families.length < 2
          ? []
          : [
              pictureOf(
                context,
                "importance-families",
                say("Increase of the log loss by family of columns"),
                (options) =>
                  importancePlot(
                    families.map(({ name, logLoss }) => ({
                      name,
                      value: logLoss.value,
                      ...(logLoss.low === null || logLoss.high === null
                        ? {}
                        : { low: logLoss.low, high: logLoss.high }),
                    })),
                    { ...options, most: SHOWN },
                  ),
              ),
            ]),
      ],
    },
    {
      is: "details",
      summary: say("All columns"),
      blocks: [
        tableOf(context, "importance-table", say("Importance by permutation"), inputTable, {
          most: SHOWN,
          ofWords: [inputTable.head.length - 1],
        }),
        ...(families.length < 2
          ? []
          : [
              tableOf(
                context,
                "importance-family-table",
                say("Importance of families, permuted as a whole"),
                familyTable,
                { most: SHOWN },
              ),
            ]),
      ],
    },
  ];
}

function contributionBlocks(context: Context): Block[] {
  const { report, say } = context;
  const contributions = report.explanation?.contributions ?? null;
  if (contributions === null || contributions.features.every(({ meanAbsolute }) => meanAbsolute === 0))
    return [];
  return [
    {
      is: "pictures",
      pictures: [
        pictureOf(
          context,
          "contributions",
          say("What columns add to the log-odds (SHAP)"),
          (options) => contributionsPlot(contributions, options),
          {
            wide: true,
            caption: say(
              "Of {rows} rows: where most contributions are, by low and high values of the column.",
              { rows: contributions.rows },
            ),
          },
        ),
      ],
    },
  ];
}

function interactionBlocks(context: Context): Block[] {
  const { report, say } = context;
  const interactions = report.explanation?.interactions ?? null;
  if (interactions === null) return [];
  return [
    {
      is: "details",
      summary: say("Which columns act together"),
      blocks: [
        tableOf(
          context,
          "interactions",
          say("Interactions of the most important columns"),
          withoutColumns(interactionsTable(interactions.pairs), 1),
          { most: SHOWN },
        ),
      ],
    },
  ];
}

/** How predictions depend on the most important columns. */
export const dependenceSection: MakeSection = (context) => {
  const { report, say } = context;
  const curves = report.explanation?.curves.slice(0, CURVES) ?? [];
  if (curves.length === 0) return null;
  return {
    id: "dependence",
    title: say("How predictions depend on the most important columns"),
    blocks: [
      {
        is: "text",
        text: say(
          "The mean probability over {rows} rows if all of them had the value, all else as it is; bars say how frequent values are.",
          { rows: report.explanation?.curveRows ?? 0 },
        ),
      },
      {
        is: "pictures",
        pictures: curves.map((curve, at) =>
          pictureOf(context, `dependence-${at + 1}`, curve.input, (options) =>
            dependencePlot(curve, options),
          ),
        ),
      },
      {
        is: "details",
        summary: say("The curves as tables"),
        blocks: curves.map((curve, at) => {
          // Bars of density and probability, which the page draws.
          const table = withoutColumns(curveTable(curve), 2, 4);
          return tableOf(context, `dependence-table-${at + 1}`, curve.input, table, { most: POINTS });
        }),
      },
    ],
  };
};
