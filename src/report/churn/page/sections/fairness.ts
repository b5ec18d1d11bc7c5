import type {
  ColumnFairness,
  ComparedRate,
  FairnessMeasure,
  SegmentTreatment,
} from "../../../../metrics/evaluation/fairness/group-fairness.js";
import type { Block } from "../../../../page/page.js";
import { decimal, percent, range, whole } from "../../../../printing/numbers.js";
import { listed, sentences } from "../../../../printing/prose.js";
import { type Context, missingOf, tableOf } from "../context.js";

const SHOWN = 20;

/** How groups of people are treated: who is flagged, who is found, who is flagged wrongly, calibration. */
export function fairnessBlocks(context: Context): Block[] {
  const { report, say } = context;
  const { fairness, scores } = report;
  const notes = missingOf(context, "fairness");
  if (fairness === null)
    return [
      ...notes,
      {
        is: "text",
        text: say(
          "No column of these data is marked as about people's gender, age, origin or the like, so that nothing was compared.",
        ),
      },
    ];
  const [top] = scores.tiers;
  return [
    ...notes,
    {
      is: "text",
      text: sentences(
        context,
        say(
          "Flagged means in tier {tier}. Differences are named where they stand all tests taken together (Holm).",
          { tier: top.tier },
        ),
        differencesText(context, fairness),
      ),
    },
    ...fairness.map((column, at) => treatmentTable(context, column, at)),
    parityTable(context, fairness),
  ];
}

function differencesText(context: Context, fairness: readonly ColumnFairness[]): string {
  const { say } = context;
  const found = fairness.flatMap(({ by, segments }) =>
    segments.flatMap((each) =>
      each.differs.length === 0
        ? []
        : [
            say("{by} = {segment}: {measures}", {
              by,
              segment: each.segment ?? say("(missing)"),
              measures: listed(
                context,
                each.differs.map((measure) => differenceText(context, each, measure)),
              ),
            }),
          ],
    ),
  );
  if (found.length === 0) return say("None does.");
  return `${found.slice(0, SHOWN).join(context.locale === "zh" ? "；" : "; ")}${found.length > SHOWN ? " …" : ""}${context.locale === "zh" ? "。" : "."}`;
}

function differenceText({ say }: Context, each: SegmentTreatment, measure: FairnessMeasure): string {
  const differenceOf = (rate: ComparedRate | null) => ({ points: pointsText(rate?.difference ?? 0) });
  switch (measure) {
    case "flagged":
      return say("share flagged {points} points", differenceOf(each.flagged));
    case "truePositiveRate":
      return say("churners found {points} points", differenceOf(each.truePositiveRate));
    case "falsePositiveRate":
      return say("stayed but flagged {points} points", differenceOf(each.falsePositiveRate));
    case "calibration":
      return say("{mean} predicted, {rate} left", {
        mean: percent(each.meanProbability),
        rate: percent(each.observedRate?.value ?? 0),
      });
  }
}

/** A difference of shares in percentage points: `+5.1`. */
function pointsText(difference: number): string {
  return `${difference < 0 ? "−" : "+"}${(100 * Math.abs(difference)).toFixed(1)}`;
}

function treatmentTable(context: Context, { by, segments }: ColumnFairness, at: number): Block {
  const { say } = context;
  const shown = (rate: { value: number; low: number; high: number } | null): string =>
    rate === null ? "–" : `${percent(rate.value)} (${range(rate, (share) => (100 * share).toFixed(0))})`;
  const names: Readonly<Record<FairnessMeasure, string>> = {
    flagged: say("flagged"),
    truePositiveRate: say("found"),
    falsePositiveRate: say("flagged wrongly"),
    calibration: say("calibration"),
  };
  return tableOf(
    context,
    `treatment-${at + 1}`,
    say("How the model treats groups by {column}", { column: by }),
    {
      head: [
        by,
        "rows",
        say("flagged"),
        say("churners found"),
        say("stayed but flagged"),
        say("flagged who left"),
        "mean probability",
        "churned",
        say("differs in"),
      ],
      rows: segments.map((each) => [
        each.segment ?? say("(missing)"),
        whole(each.rows),
        shown(each.flagged),
        shown(each.truePositiveRate),
        shown(each.falsePositiveRate),
        shown(each.precision),
        percent(each.meanProbability),
        shown(each.observedRate),
        listed(
          context,
          each.differs.map((measure) => names[measure]),
        ),
      ]),
    },
    { most: SHOWN, ofData: [0], isOff: (row) => segments[row].differs.length > 0 },
  );
}

function parityTable(context: Context, fairness: readonly ColumnFairness[]): Block {
  const { say } = context;
  return tableOf(context, "parity", say("Parity of groups, as fairlearn defines it"), {
    head: [
      "column",
      say("demographic parity difference"),
      say("ratio"),
      say("equalized odds difference"),
      say("ratio"),
    ],
    rows: fairness.map((each) => [
      each.by,
      decimal(each.demographicParityDifference, 3),
      decimal(each.demographicParityRatio, 3),
      decimal(each.equalizedOddsDifference, 3),
      decimal(each.equalizedOddsRatio, 3),
    ]),
  });
}
