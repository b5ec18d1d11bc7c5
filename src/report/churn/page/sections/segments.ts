import { segmentsPlot } from "../../../../plots/index.js";
import { pictureOf } from "../../../../plots/picture.js";
import { segmentsTable } from "../../../evaluation-tables.js";
import { type MakeSection, missingOf, tableOf } from "../context.js";

const SHOWN = 20;
const DRAWN = 20;

/** Segments, worst first. */
export const segmentsSection: MakeSection = (context) => {
  const { report, say } = context;
  const { evaluation } = report;
  if (evaluation === null) return null;
  const { segments } = evaluation;
  const section = { id: "segments", title: say("Segments") };
  const notes = missingOf(context, "segments");
  if (segments.length === 0)
    return {
      ...section,
      blocks: [
        ...notes,
        {
          is: "text",
          text: say(
            "There are no segments: the model has no categorical column of few levels, and none was asked for.",
          ),
        },
      ],
    };
  const off = segments.filter((each) => each.isMiscalibrated || each.isRankedWorse);
  const table = segmentsTable(segments);
  const drawn = segments.slice(0, DRAWN);
  return {
    ...section,
    blocks: [
      ...notes,
      {
        is: "text",
        text:
          off.length === 0
            ? say("None of {all} segments is off beyond chance, all tests taken together (Holm).", {
                all: segments.length,
              })
            : say(
                "{off} of {all} segments {off|is|are} off beyond chance, all tests taken together (Holm): they come first.",
                { off: off.length, all: segments.length },
              ),
      },
      tableOf(context, "segment-table", say("Segments, those that are off first"), table, {
        most: SHOWN,
        ofWords: [table.head.length - 1],
        isOff: (row) => row < off.length,
      }),
      {
        is: "pictures",
        pictures: [
          pictureOf(
            context,
            "segments-observed",
            say("Predicted and observed by segment"),
            (options) => segmentsPlot(drawn, options),
            { wide: true },
          ),
        ],
      },
    ],
  };
};
