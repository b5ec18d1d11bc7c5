import type { Block } from "../../../../page/page.js";
import { waterfallPlot } from "../../../../plots/index.js";
import { pictureOf } from "../../../../plots/picture.js";
import { percent } from "../../../../printing/numbers.js";
import { sentences } from "../../../../printing/prose.js";
import type { ExampleKind, ReportedExample } from "../../report.js";
import { type Context, type MakeSection, missingOf } from "../context.js";

/** Subscribers with the reasons for their probability. */
export const examplesSection: MakeSection = (context) => {
  const { report, say } = context;
  const notes = missingOf(context, "examples");
  if (report.examples.length === 0 && notes.length === 0) return null;
  return {
    id: "examples",
    title: say("Subscribers, and why"),
    blocks: [
      {
        is: "text",
        text: say(
          "Reasons are what the model goes by, and no causes. This part names subscribers: show it to those who may see them.",
        ),
      },
      ...report.examples.flatMap((example, at) => exampleBlocks(context, example, at)),
      ...notes,
    ],
  };
};

function exampleBlocks(context: Context, example: ReportedExample, at: number): Block[] {
  const { say } = context;
  const { explanation, churned, row } = example;
  const { id, probability, tier, reasons } = explanation;
  const name = id ?? say("row {row}", { row: String(row) });
  return [
    { is: "heading", text: say("{name}: {kind}", { name, kind: kindText(context, example.is) }) },
    {
      is: "text",
      text: sentences(
        context,
        say("Probability {probability}, tier {tier}.", { probability: percent(probability), tier }),
        churned === true && say("Left."),
        churned === false && say("Stayed."),
        reasons.length === 0 && say("Nothing raises the risk beyond noise."),
      ),
    },
    ...(reasons.length === 0 ? [] : [{ is: "list", items: reasons.map(({ text }) => text) } as const]),
    {
      is: "pictures",
      pictures: [
        pictureOf(
          context,
          `why-${at + 1}`,
          say("What adds up to the probability of {name}", { name }),
          (options) => waterfallPlot(explanation, { ...options, most: 8 }),
        ),
      ],
    },
  ];
}

function kindText({ say }: Context, kind: ExampleKind): string {
  switch (kind) {
    case "riskiest":
      return say("one of the riskiest");
    case "typical":
      return say("typical of its tier");
    case "missed":
      return say("left at the lowest probability of all who left");
    case "false-alarm":
      return say("stayed at a very high probability");
  }
}
