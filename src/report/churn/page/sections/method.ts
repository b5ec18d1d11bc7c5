import type { Block } from "../../../../page/page.js";
import { sentences } from "../../../../printing/prose.js";
import type { ReportedSample } from "../../report.js";
import type { Context, MakeSection } from "../context.js";

/** How the page was made, and how to make it again. */
export const methodSection: MakeSection = (context) => {
  const { report, say } = context;
  return {
    id: "method",
    title: say("How this was made"),
    blocks: [
      {
        is: "text",
        text: sentences(
          context,
          say(
            "Measured by holdfast {version}, seed {seed}, {replicates} bootstrap samples; rows of one subscriber were drawn together.",
            {
              version: report.holdfast,
              seed: String(report.seed),
              replicates: report.replicates,
            },
          ),
          report.bands !== null &&
            say("For intervals, probabilities were rounded to {bands} bands of equally many rows.", {
              bands: report.bands,
            }),
          ...report.samples.map((sample) => sampleText(context, sample)),
        ),
      },
    ],
  };
};

function sampleText({ say }: Context, { part, rows, of }: ReportedSample): string {
  const figures = { rows, of };
  switch (part) {
    case "profile":
      return say("The columns were described on a random sample of {rows} of {of} rows.", figures);
    case "explanation":
      return say("Importance was measured on a random sample of {rows} of {of} rows.", figures);
    case "contributions":
      return say("SHAP values are of {rows} of {of} rows.", figures);
    case "curves":
      return say("Curves are means over {rows} of {of} rows.", figures);
  }
}

/** What makes the same model and the same report again. */
export function reproduceBlocks({ report, say }: Context): Block[] {
  const { model, training, command } = report;
  const { folds, repeats, seed } = training.crossFit;
  return [
    {
      is: "list",
      items: [
        say("model: {name}, content SHA-256 {hash}", { name: model.name, hash: model.contentHash }),
        say(
          "trained by holdfast {version} on data of SHA-256 {hash}, seed {seed}, {folds} folds, {repeats} {repeats|repeat|repeats}",
          {
            version: model.holdfast,
            hash: model.dataFingerprint,
            seed: String(seed),
            folds,
            repeats,
          },
        ),
      ],
    },
    ...(command === null
      ? []
      : [
          { is: "text", text: say("This command makes it again:") } as const,
          { is: "code", text: command } as const,
        ]),
  ];
}
