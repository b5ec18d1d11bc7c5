import type { KeyFigure } from "../../../page/page.js";
import { percent, whole } from "../../../printing/numbers.js";
import { listed, money, sentences } from "../../../printing/prose.js";
import { translator } from "../../../printing/translator.js";
import type { Analysis } from "../../analysis.js";
import { points, signed } from "../cells.js";
import { segmentName, valueName } from "../names.js";
import type { PageContext, SectionOf } from "../page-context.js";
import { CHINESE_SUMMARY, type SummaryText } from "../words/chinese-summary.js";

/** Segments, causes and dealers that a sentence names. */
const NAMED = 3;

/** The five sentences that a manager needs this Monday, and key figures. */
export const summarySection: SectionOf<Analysis> = (analysis, context) => {
  const say = sayOf(context);
  const texts = [
    monthSentence(analysis, context),
    placesSentence(analysis, context),
    changeSentence(analysis, context),
    costSentence(analysis, context),
    mondaySentence(analysis, context),
  ].filter((text) => text !== "");
  return {
    id: "summary",
    title: say("This Monday"),
    blocks: [
      { is: "list", items: texts },
      { is: "figures", items: keyFigures(analysis, context) },
    ],
  };
};

function sayOf({ locale }: PageContext) {
  return translator<SummaryText>(locale === "zh" ? CHINESE_SUMMARY : null);
}

function monthSentence({ months, dividedBy }: Analysis, context: PageContext): string {
  const say = sayOf(context);
  const last = months[months.length - 1];
  const before = months.length > 1 ? months[months.length - 2].churnRate : null;
  const yearBefore = months.length > 12 ? months[months.length - 13].churnRate : null;
  if (last.churnRate === null || last.base === null) {
    return say("In {month} {left} left and {joined} joined.", {
      month: last.month,
      left: last.left,
      joined: last.joined,
    });
  }
  const values = { month: last.month, left: last.left, base: last.base, joined: last.joined };
  return sentences(
    context,
    dividedBy === "start"
      ? say("In {month} {left} of {base} subscribers left, {rate}, and {joined} joined.", {
          ...values,
          rate: percent(last.churnRate),
        })
      : say("In {month} {left} subscribers left, {rate} of the {base} at its end, and {joined} joined.", {
          ...values,
          rate: percent(last.churnRate),
        }),
    last.net !== null &&
      (last.net < 0
        ? say("The base shrank by {net}.", { net: -last.net })
        : say("The base grew by {net}.", { net: last.net })),
    before !== null && say("The month before it was {rate}.", { rate: percent(before) }),
    yearBefore !== null && say("A year before it was {rate}.", { rate: percent(yearBefore) }),
  );
}

/** Where the churn is beyond chance. */
function placesSentence({ outliers, total }: Analysis, context: PageContext): string {
  const say = sayOf(context);
  const high = outliers
    .filter(({ direction, value }) => direction === "high" && value !== null)
    .toSorted((a, b) => b.leftOfBase - b.expected - (a.leftOfBase - a.expected));
  if (high.length === 0)
    return say("No segment loses more than chance explains, against {rate} of all in the period.", {
      rate: total.churnRate === null ? "–" : percent(total.churnRate),
    });
  const names = high.slice(0, NAMED).map(({ cut, value, rate, leftOfBase, expected }) =>
    say("{segment} ({rate}, {more} more than expected)", {
      segment: segmentName(cut, value, context),
      rate: percent(rate),
      more: leftOfBase - expected,
    }),
  );
  return say("In the period {rate} left; most beyond expectation: {names}.", {
    rate: total.churnRate === null ? "–" : percent(total.churnRate),
    names: listed(context, names),
  });
}

function changeSentence({ change }: Analysis, context: PageContext): string {
  const say = sayOf(context);
  // Last year rather than last month, because it has the same season.
  const [found] = change.toReversed();
  if (found === undefined || found.change === null) return "";
  const largest = found.by
    .flatMap(({ cut, segments }) => segments.slice(0, 1).map((segment) => ({ cut, segment })))
    .sort((a, b) => Math.abs(b.segment.total) - Math.abs(a.segment.total))[0];
  return sentences(
    context,
    say("Since {against} the monthly churn rate changed by {change} points.", {
      against: found.against,
      change: points(found.change),
    }),
    largest !== undefined &&
      say("The largest part is {segment}: {points} points.", {
        segment: segmentName(largest.cut, largest.segment.value, context),
        points: points(largest.segment.total),
      }),
  );
}

function costSentence({ concentration, causes, period }: Analysis, context: PageContext): string {
  const say = sayOf(context);
  const { lost, base } = concentration;
  const stated = causes.causes.filter(({ cause }) => cause !== "not stated" && cause !== "other");
  const [first] = stated;
  return sentences(
    context,
    lost !== null &&
      base !== null &&
      say("Those who left from {from} to {to} had paid {lost} a month, {share} of the revenue of the base.", {
        from: period.from,
        to: period.to,
        lost: money(lost.total),
        share: percent(lost.total / base.total),
      }),
    first !== undefined &&
      say("The first stated cause is {cause} ({left}).", {
        cause: causeName(first.cause, context),
        left: first.left,
      }),
  );
}

function causeName(name: string, context: PageContext): string {
  return valueName("cause", name, context);
}

function mondaySentence(analysis: Analysis, context: PageContext): string {
  const say = sayOf(context);
  const { lists, abnormalActivation, migration, daily } = analysis;
  const { atRisk, silent, newcomers } = lists;
  const dealers = abnormalActivation.map(({ dealer }) => dealer);
  const odd = "missing" in daily ? 0 : daily.standsOut.length;
  const tasks = [
    atRisk.listed > 0 &&
      say("call {rows} {rows|subscriber|subscribers} of high value at risk ({revenue} a month)", {
        rows: atRisk.listed,
        revenue: money(atRisk.revenue),
      }),
    newcomers.listed > 0 && say("call {rows} new {rows|subscriber|subscribers}", { rows: newcomers.listed }),
    silent.listed > 0 && say("win back {rows} who fell silent", { rows: silent.listed }),
    dealers.length > 0 &&
      say("check the cards of {dealers}", {
        dealers: listed(context, [
          ...dealers.slice(0, NAMED),
          ...(dealers.length > NAMED ? [say("{more} more", { more: dealers.length - NAMED })] : []),
        ]),
      }),
    migration.listed > 0 &&
      say("decide on {rows} who would pay {saving} a month less in another tariff", {
        rows: migration.listed,
        saving: money(migration.saving),
      }),
    odd > 0 && say("ask about {odd} unusual {odd|figure|figures} of the last day", { odd }),
  ].filter((task) => task !== false);
  return tasks.length === 0
    ? say("There is nothing on the lists.")
    : say("To do: {what}.", { what: joined(tasks, context) });
}

/** Tasks in one sentence. */
function joined(tasks: readonly string[], { locale }: PageContext): string {
  return tasks.join(locale === "zh" ? "；" : "; ");
}

function keyFigures({ months, concentration, period }: Analysis, context: PageContext): KeyFigure[] {
  const say = sayOf(context);
  const last = months[months.length - 1];
  const { lost } = concentration;
  return [
    {
      label: say("churn rate in {month}", { month: last.month }),
      value: last.churnRate === null ? "–" : percent(last.churnRate),
      detail: say("{left} left", { left: last.left }),
    },
    {
      label: say("subscribers"),
      value: last.base === null ? "–" : whole(last.base),
      detail: say("net {net}", { net: signed(last.net) }),
    },
    {
      label: say("left per 100 new"),
      value: last.churnToNew === null ? "–" : whole(100 * last.churnToNew),
      detail: say("{joined} joined", { joined: last.joined }),
    },
    ...(last.arpu === null
      ? []
      : [
          {
            label: say("ARPU"),
            value: money(last.arpu),
            detail: say("revenue {revenue}", { revenue: money(last.revenue ?? 0) }),
          },
        ]),
    ...(lost === null
      ? []
      : [
          {
            label: say("revenue lost per month"),
            value: money(lost.total),
            detail: say("{from} to {to}", period),
          },
        ]),
  ];
}
