import type { Block, PageCell, Picture } from "../../../page/page.js";
import { timePlot } from "../../../plots/index.js";
import { pictureOf } from "../../../plots/picture.js";
import { decimal, percent } from "../../../printing/numbers.js";
import { listed, sentences } from "../../../printing/prose.js";
import { translator } from "../../../printing/translator.js";
import type { Analysis } from "../../analysis.js";
import type { MonthFigures, SpanFigures } from "../../months/month-figures.js";
import { countCell, moneyCell, shareCell, signed, tableBlock } from "../cells.js";
import type { PageContext, SectionOf } from "../page-context.js";
import { CHINESE_MONTHS, type MonthsText } from "../words/chinese-months.js";

const SHOWN = 36;

/** Who joined and left by month, quarter and year, and the months that break from the season. */
export const monthsSection: SectionOf<Analysis> = (analysis, context) => {
  const say = translator<MonthsText>(context.locale === "zh" ? CHINESE_MONTHS : null);
  const { months, quarters, years, total, dividedBy } = analysis;
  const base = dividedBy === "start" ? say("base at the start") : say("base at the end");
  const head = [
    say("joined"),
    say("left"),
    base,
    say("churn rate"),
    say("left per 100 new"),
    say("net"),
    say("revenue"),
    say("ARPU"),
  ];
  return {
    id: "months",
    title: say("Months"),
    blocks: [
      {
        is: "text",
        text: sentences(
          context,
          say("From {from} to {to} {joined} subscribers joined and {left} left, {per} a month.", {
            from: analysis.period.from,
            to: analysis.period.to,
            joined: total.joined,
            left: total.left,
            per: total.leftPerMonth,
          }),
          total.churnRate !== null &&
            total.churnRatePerMonth !== null &&
            say("That is {rate} of the base, {perMonth} a month.", {
              rate: percent(total.churnRate),
              perMonth: percent(total.churnRatePerMonth),
            }),
          seasonSentence(analysis, context),
        ),
      },
      ...breakBlocks(analysis, context),
      ...pictureBlocks(analysis, context),
      tableBlock({
        id: "months-table",
        caption: say("By month"),
        head: [say("month"), ...head],
        rows: months.map((month) => [month.month, ...cells(month)]),
        most: SHOWN,
      }),
      tableBlock({
        id: "spans-table",
        caption: say("By quarter and year"),
        head: [say("quarter or year"), ...head, say("left per month"), say("churn rate per month")],
        rows: [...years, ...quarters].map((span) => [
          span.isWhole
            ? span.span
            : say("{span} ({months} {months|month|months})", { span: span.span, months: span.months }),
          ...cells(span),
          countCell(span.leftPerMonth),
          shareCell(span.churnRatePerMonth),
        ]),
      }),
    ],
  };
};

function cells(of: MonthFigures | SpanFigures): PageCell[] {
  const { joined, left, base, churnRate, churnToNew, net, revenue, arpu } = of;
  return [
    countCell(joined),
    countCell(left),
    countCell(base),
    shareCell(churnRate),
    { text: churnToNew === null ? "–" : decimal(100 * churnToNew, 0), value: churnToNew },
    { text: signed(net), value: net },
    moneyCell(revenue),
    moneyCell(arpu),
  ];
}

function seasonSentence({ season }: Analysis, { locale }: PageContext): string {
  const say = translator<MonthsText>(locale === "zh" ? CHINESE_MONTHS : null);
  if (season.method === "stl")
    return say("The season is taken out by a seasonal-trend decomposition of {months} months.", {
      months: season.months.length,
    });
  if (season.method === "year before")
    return say("With fewer than 24 months, months are compared with the same month of the last year.");
  return say("With fewer than 13 months, nothing can be said of the season.");
}

function breakBlocks({ season }: Analysis, context: PageContext): Block[] {
  const say = translator<MonthsText>(context.locale === "zh" ? CHINESE_MONTHS : null);
  if (season.breaks.length === 0) {
    return [{ is: "text", text: say("No month breaks from the others by more than chance explains.") }];
  }
  return [
    {
      is: "note",
      tone: "warning",
      text: listed(
        context,
        season.breaks.map(({ month, rate, expected, kind }) =>
          kind === "level"
            ? say("{month}: the churn rate moved to {rate} and stayed there ({expected} was expected)", {
                month,
                rate: percent(rate),
                expected: percent(expected),
              })
            : say("{month}: a churn rate of {rate} where {expected} was expected", {
                month,
                rate: percent(rate),
                expected: percent(expected),
              }),
        ),
      ),
    },
  ];
}

function pictureBlocks({ months, season }: Analysis, context: PageContext): Block[] {
  const say = translator<MonthsText>(context.locale === "zh" ? CHINESE_MONTHS : null);
  if (months.length < 2) return [];
  const pointsOf = <Each extends { readonly month: string }>(
    of: readonly Each[],
    value: (each: Each) => number | null,
  ) =>
    of.flatMap((each) => {
      const found = value(each);
      return found === null ? [] : [{ time: each.month, value: found }];
    });
  const rates = pointsOf(season.months, ({ rate }) => rate);
  const adjusted = pointsOf(season.months, (each) => each.adjusted);
  const series = {
    [say("churn rate")]: rates,
    ...(adjusted.length < 2 ? {} : { [say("without the season")]: adjusted }),
  };
  const pictures: Picture[] = [
    ...(rates.length < 2
      ? []
      : [
          pictureOf(context, "churn-by-month", say("Churn rate by month"), (options) =>
            timePlot(series, { ...options, isShare: true, fromZero: true, label: say("churn rate") }),
          ),
        ]),
    pictureOf(context, "joined-and-left", say("Joined and left by month"), (options) =>
      timePlot(
        {
          [say("joined")]: pointsOf(months, ({ joined }) => joined),
          [say("left")]: pointsOf(months, ({ left }) => left),
        },
        { ...options, fromZero: true, label: say("subscribers") },
      ),
    ),
  ];
  return [{ is: "pictures", pictures }];
}
