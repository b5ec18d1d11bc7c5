import type { Block, Picture } from "../../../../page/page.js";
import { driftPlot } from "../../../../plots/index.js";
import { pictureOf } from "../../../../plots/picture.js";
import type { ModelDrift } from "../../../../predict/drift/model-drift.js";
import { decimal, percent } from "../../../../printing/numbers.js";
import { sentences } from "../../../../printing/prose.js";
import type { DistributionDrift, DriftBin } from "../../../../vectors/drift/distribution-drift.js";
import { type Context, type MakeSection, missingOf, tableOf } from "../context.js";

/** Inputs in the table, and those that are drawn. */
const SHOWN = 20;
const DRAWN = 4;

/** How the data differ from the training rows. */
export const driftSection: MakeSection = (context) => {
  const { report, say } = context;
  const section = { id: "drift", title: say("What has changed since training") };
  if (report.drift === null) return { ...section, blocks: missingOf(context, "drift") };
  return { ...section, blocks: [...textBlocks(context), ...pictureBlocks(context), ...inputsTable(context)] };
};

function textBlocks(context: Context): Block[] {
  const { report, say } = context;
  const { drift } = report;
  if (drift === null) return [];
  const drifted = drift.inputs.filter(({ isDrift }) => isDrift);
  return [
    {
      is: "text",
      text: sentences(
        context,
        drifted.length === 0
          ? say(
              "No column has drifted: none has a population stability index (PSI) of 0.1 or more that stands a test.",
            )
          : say(
              "{count} of {all} columns {count|has|have} drifted, with a population stability index (PSI) of 0.1 or more that stands a test; 0.25 or more is a large shift.",
              { count: drifted.length, all: drift.inputs.length },
            ),
        scoresText(context, drift.scores),
        drift.rows < report.training.rows / 20 &&
          say("With so few rows chance alone makes a PSI of {psi}.", {
            psi: decimal(drift.scores.expectedPsi, 3),
          }),
      ),
    },
  ];
}

function scoresText({ say }: Context, { psi, isDrift }: DistributionDrift): string {
  const figures = { psi: decimal(psi, 3) };
  return isDrift
    ? say("The predicted probabilities have drifted (PSI {psi}).", figures)
    : say("The predicted probabilities have not drifted (PSI {psi}).", figures);
}

function pictureBlocks(context: Context): Block[] {
  const { report, say } = context;
  const { drift } = report;
  if (drift === null) return [];
  const drawn = drift.inputs.filter(({ isDrift }) => isDrift).slice(0, DRAWN);
  const draw = (
    id: string,
    title: string,
    of: DistributionDrift,
    format?: (value: number) => string,
  ): Picture =>
    pictureOf(context, id, title, (options) => driftPlot(binsIn(context, drift, of.bins, format), options));
  return [
    {
      is: "pictures",
      pictures: [
        draw("drift-scores", say("Predicted probabilities, in training and now"), drift.scores, percent),
        ...drawn.map((input, at) =>
          draw(`drift-${at + 1}`, say("{column}, in training and now", { column: input.input }), input),
        ),
      ],
    },
  ];
}

/** Of rows rather than shares, as the index takes half a row more in each bin. */
function binsIn(
  { say }: Context,
  { rows, trainingRows }: ModelDrift,
  bins: readonly DriftBin[],
  format = shortNumber,
) {
  return bins.map((bin) => ({
    name: nameOf(bin),
    expected: bin.expected * trainingRows,
    observed: bin.observed * rows,
  }));

  function nameOf(bin: DriftBin): string {
    switch (bin.kind) {
      case "category":
        return bin.name;
      case "other":
        return say("(other)");
      case "missing":
        return say("(missing)");
      case "range":
        if (bin.from === null) return bin.to === null ? say("(all)") : `≤ ${format(bin.to)}`;
        return bin.to === null ? `> ${format(bin.from)}` : `${format(bin.from)} – ${format(bin.to)}`;
    }
  }
}

function shortNumber(value: number): string {
  return String(Number(value.toPrecision(4)));
}

function inputsTable(context: Context): Block[] {
  const { report, say } = context;
  const { drift } = report;
  if (drift === null) return [];
  const { inputs } = drift;
  return [
    tableOf(
      context,
      "drift-inputs",
      say("Columns by how far they have moved since training"),
      {
        head: [
          "column",
          "PSI",
          say("by chance"),
          say("p (adjusted)"),
          say("missing in training"),
          say("missing now"),
          say("unseen categories"),
          say("verdict"),
        ],
        rows: inputs.map(({ input, psi, expectedPsi, pValue, missing, unseen, isDrift, isLarge }) => [
          input,
          decimal(psi, 3),
          decimal(expectedPsi, 3),
          pValue === null ? "–" : pValue < 0.001 ? "< 0.001" : decimal(pValue, 3),
          percent(missing.expected),
          percent(missing.observed),
          unseen === null ? "–" : percent(unseen),
          isLarge ? say("large drift") : isDrift ? say("drift") : "",
        ]),
      },
      { most: SHOWN, isOff: (row) => inputs[row].isDrift },
    ),
  ];
}
