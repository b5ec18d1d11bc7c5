import { leadsWithInterval } from "../../../../metrics/evaluation/shown-metric.js";
import type { Block, KeyFigure } from "../../../../page/page.js";
import { tierDriftLines } from "../../../../predict/tier-drift.js";
import { trainedOnLines } from "../../../../predict/trained-on-lines.js";
import { decimal, percent, range, whole } from "../../../../printing/numbers.js";
import { money, sentences } from "../../../../printing/prose.js";
import type { TierSummary } from "../../../../tiers/summary/tier-summary.js";
import { calibrationSentence } from "../calibration-sentence.js";
import { type Context, firstOf, type MakeSection } from "../context.js";

/** Columns that a warning names. */
const SHOWN_NAMES = 5;

/** The paragraph that is read first, key figures, and what to mind. */
export const summarySection: MakeSection = (context) => ({
  id: "summary",
  title: context.say("In short"),
  blocks: [
    { is: "text", lead: true, text: leadOf(context) },
    { is: "figures", items: keyFigures(context) },
    ...warningsOf(context),
  ],
});

function leadOf(context: Context): string {
  const { report, say } = context;
  const { evaluation, data, scores } = report;
  if (evaluation === null) {
    const [top] = scores.tiers;
    return sentences(
      context,
      say(
        "Who of these {rows} {rows|subscriber|subscribers} leaves is not known, so this report says what the model predicts, not how right it is.",
        { rows: data.rows },
      ),
      say("It expects {churners} of them to leave ({rate}).", {
        churners: scores.meanProbability * data.rows,
        rate: percent(scores.meanProbability),
      }),
      say("{rows} are in tier {tier} ({share}), where it expects {mean} to leave.", {
        rows: top.rows,
        tier: quoted(top.tier),
        share: percent(top.share),
        mean: top.meanProbability === null ? "–" : percent(top.meanProbability),
      }),
      expectedWorth(context),
    );
  }
  const { rocAuc } = evaluation.metrics;
  return sentences(
    context,
    say("Of {rows} {rows|subscriber|subscribers} {churners} left ({rate}).", {
      rows: evaluation.rows,
      churners: evaluation.positives,
      rate: percent(evaluation.baseRate),
    }),
    tierSentence(context, evaluation.tierTable),
    say(
      "Of a subscriber who left and one who stayed, the model gives the one who left the higher probability in {auc} of 100 cases ({range}).",
      {
        auc: decimal(100 * rocAuc.value, 0),
        range: range({ low: 100 * rocAuc.low, high: 100 * rocAuc.high }, (value) => decimal(value, 0)),
      },
    ),
    calibrationSentence(context),
    worthSentence(context),
  );
}

function quoted(name: string): string {
  return `“${name}”`;
}

function tierSentence(context: Context, tiers: readonly TierSummary[]): string {
  const { say } = context;
  const [top] = tiers;
  const tier = quoted(top.tier);
  if (tiers.length === 1)
    return say("All of them are in one tier, {tier}: the model tells no one apart.", { tier });
  if (top.observedRate === null) return say("None of them is in the highest tier, {tier}.", { tier });
  return say(
    "The model put {rows} into tier {tier} ({share}): {rate} of them left ({range}), {lift} times the average, and they are {captured} of all who left.",
    {
      rows: top.rows,
      tier,
      share: percent(top.share),
      rate: percent(top.observedRate.value),
      range: range(top.observedRate, percent),
      lift: decimal(top.lift, 1),
      captured: percent(top.captured),
    },
  );
}

function worthSentence(context: Context): string {
  const { report, say } = context;
  const contacted = report.worth?.contacted ?? null;
  if (contacted === null) return "";
  if (contacted.contacted === 0)
    return say("Under the assumptions below contacting anyone would cost more than it earns.");
  const { profit, random } = contacted;
  if (profit === null) return "";
  return say(
    "Contacting the {contacted} whose expected profit is positive would have earned {profit} ({range}), contacting as many at random {random}, under the assumptions below.",
    {
      contacted: contacted.contacted,
      profit: money(profit.value),
      range: range(profit, money),
      random: money(random.profit?.value ?? 0),
    },
  );
}

function expectedWorth({ report, say }: Context): string {
  const expected = report.worth?.expected;
  if (expected === undefined || expected.contacted === 0) return "";
  return say(
    "By its probabilities, contacting the {contacted} whose expected profit is positive would earn {profit}, under the assumptions below.",
    {
      contacted: expected.contacted,
      profit: money(expected.profit),
    },
  );
}

function keyFigures(context: Context): KeyFigure[] {
  const { report, say } = context;
  const { evaluation, data, scores, worth } = report;
  const subscribers: KeyFigure = { label: say("subscribers"), value: whole(data.rows) };
  if (evaluation === null) {
    const [top] = scores.tiers;
    return [
      subscribers,
      { label: say("mean probability"), value: percent(scores.meanProbability) },
      {
        label: say("in tier {tier}", { tier: top.tier }),
        value: whole(top.rows),
        detail: percent(top.share),
      },
    ];
  }
  const [top] = evaluation.tierTable;
  const { rocAuc } = evaluation.metrics;
  const interval = (text: string) => say("95% interval {range}", { range: text });
  return [
    { ...subscribers, detail: say("{churners} left", { churners: evaluation.positives }) },
    { label: say("churn rate"), value: percent(evaluation.baseRate) },
    ...(top.observedRate === null
      ? []
      : [
          {
            label: say("left in tier {tier}", { tier: top.tier }),
            value: percent(top.observedRate.value),
            detail: interval(range(top.observedRate, percent)),
          },
          {
            label: say("of all who left are in it"),
            value: percent(top.captured),
            detail: say("in {share} of the subscribers", { share: percent(top.share) }),
          },
        ]),
    {
      label: "ROC AUC",
      value: decimal(rocAuc.value, 3),
      detail: interval(range(rocAuc, (value) => decimal(value, 3))),
    },
    ...(worth?.contacted?.profit == null || worth.contacted.contacted === 0
      ? []
      : [
          {
            label: say("profit of {contacted} contacts", { contacted: worth.contacted.contacted }),
            value: money(worth.contacted.profit.value),
            detail: interval(range(worth.contacted.profit, money)),
          },
        ]),
  ];
}

/** What a reader must know before believing the figures. */
function warningsOf(context: Context): Block[] {
  const { report, say } = context;
  const { evaluation, drift, fairness } = report;
  const off = (evaluation?.segments ?? []).filter((each) => each.isMiscalibrated || each.isRankedWorse);
  const drifted = (drift?.inputs ?? []).filter(({ isDrift }) => isDrift);
  const treated = (fairness ?? []).flatMap(({ segments }) =>
    segments.filter(({ differs }) => differs.length > 0),
  );
  const texts = [
    ...trainedOnWarnings(context),
    ...(evaluation !== null && leadsWithInterval(evaluation.positives)
      ? [
          say("Only {churners} {churners|subscriber|subscribers} left: read the intervals, not the values.", {
            churners: evaluation.positives,
          }),
        ]
      : []),
    ...tierDriftWarnings(context),
    ...(drifted.length === 0
      ? []
      : [
          say("{count} of {all} columns {count|has|have} drifted since training: {names}.", {
            count: drifted.length,
            all: drift?.inputs.length ?? 0,
            names: firstOf(
              context,
              drifted.map(({ input }) => input),
              SHOWN_NAMES,
            ),
          }),
        ]),
    ...(off.length === 0
      ? []
      : [
          say("{count} of {all} segments {count|is|are} off beyond chance.", {
            count: off.length,
            all: evaluation?.segments.length ?? 0,
          }),
        ]),
    ...(treated.length === 0
      ? []
      : [
          say("{count} {count|group is|groups are} treated differently beyond chance: see the model card.", {
            count: treated.length,
          }),
        ]),
  ];
  return texts.map((text): Block => ({ is: "note", tone: "warning", text }));
}

function trainedOnWarnings({ report, locale, say }: Context): string[] {
  const { evaluation } = report;
  if (evaluation === null) return [];
  const lines = trainedOnLines(evaluation.trainedOn, evaluation.rows);
  if (locale === "en" || evaluation.trainedOn === null)
    return lines.map((line) => `${line[0].toUpperCase()}${line.slice(1)}.`);
  const { rows, subscribers, isBeyondChance } = evaluation.trainedOn;
  return [
    ...(rows !== null && rows > 0 && isBeyondChance
      ? [
          say("The model was trained on {rows} of these rows: what is measured on them is too good.", {
            rows,
          }),
        ]
      : []),
    ...(subscribers !== null && (subscribers.known ?? 0) > 0
      ? [say("{known} of these subscribers are known from training.", { known: subscribers.known ?? 0 })]
      : []),
  ];
}

function tierDriftWarnings({ report, say, locale }: Context): string[] {
  const tiers = report.evaluation?.tierDrift ?? report.drift?.tiers ?? null;
  if (locale === "en")
    return tierDriftLines(tiers).map((line) => `${line[0].toUpperCase()}${line.slice(1)}.`);
  return (tiers ?? []).flatMap(({ tier, share, drawn, isDrift }) =>
    isDrift
      ? [
          say("Tier {tier} holds {share} of the rows, and was drawn for {drawn}.", {
            tier,
            share: percent(share),
            drawn: percent(drawn),
          }),
        ]
      : [],
  );
}
