import type { Block } from "../../../../page/page.js";
import { heatPlot, tierPlot } from "../../../../plots/index.js";
import { pictureOf } from "../../../../plots/picture.js";
import { decimal, percent, whole } from "../../../../printing/numbers.js";
import { money } from "../../../../printing/prose.js";
import { tiersTable } from "../../../../tiers/summary/tiers-text.js";
import { valueGridTable } from "../../../evaluation-tables.js";
import { type Context, type MakeSection, missingOf, tableOf } from "../context.js";

/** Tiers of a capacity rule may be hundreds. */
const SHOWN_TIERS = 12;

/** The risk tiers on these data, and risk by value. */
export const tiersSection: MakeSection = (context) => {
  const { report, say } = context;
  const { evaluation } = report;
  return {
    id: "tiers",
    title: say("Risk tiers"),
    blocks: [
      ...(evaluation === null ? scoredTiers(context) : measuredTiers(context)),
      ...gridBlocks(context),
      ...missingOf(context, "grid"),
    ],
  };
};

function measuredTiers(context: Context): Block[] {
  const { report, say } = context;
  const { evaluation } = report;
  if (evaluation === null) return [];
  const { tierTable } = evaluation;
  return [
    tableOf(context, "tier-table", say("Risk tiers, and what happened in them"), tiersTable(tierTable), {
      most: SHOWN_TIERS,
      ofWords: tierTable.some(({ isCalibrated }) => isCalibrated === false)
        ? [tiersTable(tierTable).head.length - 1]
        : [],
      isOff: (row) => tierTable[row].isCalibrated === false,
    }),
    {
      is: "pictures",
      pictures: [
        pictureOf(
          context,
          "tiers-observed",
          say("Predicted and observed by tier"),
          (options) => tierPlot(tierTable.slice(0, SHOWN_TIERS), options),
          {
            wide: true,
            caption: say("The mean predicted probability, and the share that left with its 95% interval."),
          },
        ),
      ],
    },
  ];
}

function scoredTiers(context: Context): Block[] {
  const { report, say } = context;
  const { tiers } = report.scores;
  const hasValues = tiers.some(({ value }) => value !== null);
  return [
    tableOf(
      context,
      "tier-table",
      say("Risk tiers"),
      {
        head: [
          "tier",
          tiers[0].by === undefined ? "probability from" : "expected loss from",
          "rows",
          "share",
          "mean probability",
          ...(hasValues ? ["value", "expected loss"] : []),
        ],
        rows: tiers.map(({ tier, from, by, rows, share, meanProbability, value, expectedLoss }) => [
          tier,
          decimal(from, by === undefined ? 4 : 2),
          whole(rows),
          percent(share),
          meanProbability === null ? "–" : percent(meanProbability),
          ...(hasValues ? [money(value ?? 0), money(expectedLoss ?? 0)] : []),
        ]),
      },
      { most: SHOWN_TIERS },
    ),
  ];
}

function gridBlocks(context: Context): Block[] {
  const { report, say } = context;
  const { grid } = report;
  if (grid === null) return [];
  const table = valueGridTable(grid);
  const cells = grid.map(({ tier, band, rows, expectedLoss }) => ({
    row: tier,
    column: band,
    value: expectedLoss,
    text: `${money(expectedLoss)} (${whole(rows)})`,
  }));
  return [
    { is: "heading", text: say("Risk by value") },
    {
      is: "pictures",
      pictures: [
        pictureOf(
          context,
          "value-grid",
          say("Expected loss by risk tier and value band"),
          (options) => heatPlot(cells, options),
          {
            wide: true,
            caption: say("Expected loss a month, and in brackets the number of subscribers."),
          },
        ),
      ],
    },
    tableOf(
      context,
      "value-grid-table",
      say("Subscribers and expected loss by risk tier and value band"),
      table,
      // Names of bands stand before each of "expected loss".
      { most: SHOWN_TIERS, ofData: table.head.flatMap((_, column) => (column % 2 === 1 ? [column] : [])) },
    ),
  ];
}
