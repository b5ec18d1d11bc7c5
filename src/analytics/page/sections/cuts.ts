import type { Block, PageCell } from "../../../page/page.js";
import { heatPlot } from "../../../plots/index.js";
import { pictureOf } from "../../../plots/picture.js";
import { percent, whole } from "../../../printing/numbers.js";
import { listed, sentences } from "../../../printing/prose.js";
import { translator } from "../../../printing/translator.js";
import type { Analysis } from "../../analysis.js";
import type { CutFigures } from "../../cuts/cut-figures.js";
import type { CellSum } from "../../cuts/tariff-by-tenure.js";
import { countCell, DASH, intervalCell, moneyCell, shareCell, tableBlock } from "../cells.js";
import { cutTitle, valueName } from "../names.js";
import type { PageContext, SectionOf } from "../page-context.js";
import { CHINESE_CUTS, type CutsText } from "../words/chinese-cuts.js";

const SHOWN = 15;
/** Values that the sentence of a cut names. */
const NAMED = 3;

/** By what those who left differ. */
export const cutsSection: SectionOf<Analysis> = (analysis, context) => {
  const say = translator<CutsText>(context.locale === "zh" ? CHINESE_CUTS : null);
  const { period, cuts, outliers } = analysis;
  return {
    id: "cuts",
    title: say("Who left"),
    blocks: [
      {
        is: "text",
        text: say(
          "Subscribers at risk on the first day of {from}, and those who left by the end of {to}, by what they were on the day before; those who joined later count by the day before they left. The estimated rate is drawn towards that of all, the more the smaller the base, so that small cells do not shout.",
          { from: period.from, to: period.to },
        ),
      },
      ...outlierBlocks(outliers, context),
      ...Object.entries(cuts).flatMap(([cut, figures], i) => cutBlocks(cut, figures, i, context)),
      ...matrixBlocks(analysis, context),
      ...groupBlocks(analysis, context),
      ...concentrationBlocks(analysis, context),
    ],
  };
};

function outlierBlocks(outliers: Analysis["outliers"], context: PageContext): Block[] {
  const say = translator<CutsText>(context.locale === "zh" ? CHINESE_CUTS : null);
  if (outliers.length === 0)
    return [{ is: "text", text: say("No value of any cut is too far from the others to be chance.") }];
  return [
    tableBlock({
      id: "outliers",
      caption: say("What stands out beyond chance"),
      head: [
        say("by"),
        say("value"),
        say("base"),
        say("left of base"),
        say("expected"),
        say("churn rate"),
        say("standard deviations"),
        say("false-discovery rate"),
      ],
      rows: outliers.map(({ cut, value, base, leftOfBase, expected, rate, z, q, direction }) => [
        cutTitle(cut, context),
        direction === "high"
          ? { text: valueName(cut, value, context), tone: "warning" as const }
          : valueName(cut, value, context),
        countCell(base),
        countCell(leftOfBase),
        countCell(expected),
        shareCell(rate),
        { text: z.toFixed(1).replace("-", "−"), value: z },
        { text: q < 0.001 ? "< 0.001" : q.toFixed(3), value: q },
      ]),
      most: SHOWN,
    }),
  ];
}

function cutBlocks(
  cut: string,
  figures: readonly CutFigures[],
  place: number,
  context: PageContext,
): Block[] {
  const say = translator<CutsText>(context.locale === "zh" ? CHINESE_CUTS : null);
  const title = cutTitle(cut, context);
  const most = Math.max(...figures.map(({ rate }) => rate ?? 0));
  const isBilled = figures.some(({ revenue }) => revenue !== null);
  const exceeds = figures.filter(({ base, left }) => left > base);
  const rowOf = (each: CutFigures): PageCell[] => [
    valueName(cut, each.value, context),
    countCell(each.base),
    countCell(each.left),
    countCell(each.leftOfBase),
    { ...rateCell(each, most), ...(each.left > each.base ? { tone: "warning" as const } : {}) },
    shareCell(each.shrunkRate),
    intervalCell(each.low, each.high),
    shareCell(each.shareOfLeavers),
    ...(isBilled ? [moneyCell(each.lostRevenue)] : []),
  ];
  return [
    { is: "heading", text: say("By {cut}", { cut: title }) },
    ...(figures.length <= NAMED ? [] : [{ is: "text" as const, text: topText(cut, figures, context) }]),
    tableBlock({
      id: `cut-${place + 1}`,
      caption: say("By {cut}", { cut: title }),
      head: [
        title,
        say("base"),
        say("left"),
        say("left of base"),
        say("churn rate"),
        say("estimated rate"),
        say("95% interval"),
        say("share of leavers"),
        ...(isBilled ? [say("revenue lost per month")] : []),
      ],
      rows: figures.map(rowOf),
      most: SHOWN,
    }),
    ...exceedingBlocks(
      exceeds.map(({ value }) => valueName(cut, value, context)),
      context,
    ),
  ];
}

/** Why a rate is above 1, where one is. */
function exceedingBlocks(values: readonly string[], context: PageContext): Block[] {
  const say = translator<CutsText>(context.locale === "zh" ? CHINESE_CUTS : null);
  if (values.length === 0) return [];
  const text = say(
    "{values}: more left than were there at the beginning, because those who joined in the period left too; such a rate is no probability.",
    { values: listed(context, values) },
  );
  return [{ is: "note", tone: "warning", text }];
}

function rateCell({ rate }: CutFigures, most: number) {
  const bar = rate === null || most === 0 ? 0 : rate / most;
  return rate === null
    ? { text: DASH, value: null }
    : { text: percent(rate), value: rate, bar: Math.min(1, bar) };
}

/** The first by leavers and by rate. */
function topText(cut: string, figures: readonly CutFigures[], context: PageContext): string {
  const say = translator<CutsText>(context.locale === "zh" ? CHINESE_CUTS : null);
  const known = figures.filter(({ value }) => value !== null);
  const top = (of: (each: CutFigures) => number | null, show: (value: number) => string) =>
    known
      .flatMap((each) => {
        const value = of(each);
        return value === null ? [] : [{ each, value }];
      })
      .sort((a, b) => b.value - a.value)
      .slice(0, NAMED)
      .map(({ each, value }) => `${valueName(cut, each.value, context)} (${show(value)})`);
  return sentences(
    context,
    say("Most leavers: {names}.", {
      names: listed(
        context,
        top(({ left }) => left, whole),
      ),
    }),
    say("Highest estimated rates: {names}.", {
      names: listed(
        context,
        top(({ shrunkRate }) => shrunkRate, percent),
      ),
    }),
  );
}

function matrixBlocks({ tariffByTenure, tariffByTenureTotals }: Analysis, context: PageContext): Block[] {
  const say = translator<CutsText>(context.locale === "zh" ? CHINESE_CUTS : null);
  if (tariffByTenure.length === 0) return [];
  const { tariffs, bands, all } = tariffByTenureTotals;
  const name = (tariff: string | null) => valueName("tariff", tariff, context);
  const cells = tariffByTenure.map(({ tariff, band, rate }) => ({
    row: name(tariff),
    column: band,
    value: rate,
  }));
  return [
    { is: "heading", text: say("Tariff by tenure") },
    {
      is: "pictures",
      pictures: [
        pictureOf(
          context,
          "tariff-by-tenure",
          say("Churn rate by tariff and tenure"),
          (options) =>
            heatPlot(cells, {
              ...options,
              isShare: true,
              rowLabel: cutTitle("tariff", context),
              columnLabel: cutTitle("tenure", context),
            }),
          { wide: true },
        ),
      ],
    },
    tableBlock({
      id: "tariff-by-tenure-table",
      caption: say("Churn rate by tariff and tenure (left/base)"),
      head: [cutTitle("tariff", context), ...bands.map(({ band }) => band), say("all")],
      rows: [
        ...tariffs.map(({ tariff, ...sum }) => {
          const own = tariffByTenure.filter((each) => each.tariff === tariff);
          return [name(tariff), ...own.map(cellText), cellText(sum)];
        }),
        [say("all"), ...bands.map(cellText), cellText(all)],
      ],
      most: SHOWN,
    }),
    ...exceedingBlocks(
      tariffByTenure
        .filter(({ base, left }) => left > base)
        .map(({ tariff, band }) => `${name(tariff)} ${valueName("tenure", band, context)}`),
      context,
    ),
  ];
}

/** A rate and what it is of; without a base the leavers, if any. */
function cellText({ base, left, rate }: CellSum): PageCell {
  if (rate === null) return { text: left === 0 ? DASH : `${DASH} (${whole(left)}/0)`, value: null };
  const text = `${percent(rate)} (${whole(left)}/${whole(base)})`;
  return { text, value: rate, ...(rate > 1 ? { tone: "warning" as const } : {}) };
}

function groupBlocks({ groups }: Analysis, context: PageContext): Block[] {
  const say = translator<CutsText>(context.locale === "zh" ? CHINESE_CUTS : null);
  if (groups.length === 0) return [];
  return [
    tableBlock({
      id: "groups",
      caption: say("Groups with many leavers"),
      head: [
        cutTitle("group", context),
        cutTitle("groupKind", context),
        say("base"),
        say("left"),
        say("churn rate"),
        say("revenue lost per month"),
      ],
      rows: groups.map(({ group, kind, base, left, rate, lostRevenue }) => [
        group,
        kind,
        countCell(base),
        countCell(left),
        shareCell(rate),
        moneyCell(lostRevenue),
      ]),
      most: SHOWN,
    }),
  ];
}

function concentrationBlocks({ concentration }: Analysis, context: PageContext): Block[] {
  const say = translator<CutsText>(context.locale === "zh" ? CHINESE_CUTS : null);
  const { base, lost } = concentration;
  if (base === null) return [];
  return [
    { is: "heading", text: say("How concentrated revenue is") },
    {
      is: "text",
      text: sentences(
        context,
        say("A fifth of the subscribers pay {share} of the revenue; {holders} of them pay 80%.", {
          share: percent(base.shareOfTopFifth),
          holders: percent(base.holdersOf80),
        }),
        lost !== null &&
          say("Of those who left, a fifth had paid {share} of what was lost; {holders} of them 80%.", {
            share: percent(lost.shareOfTopFifth),
            holders: percent(lost.holdersOf80),
          }),
      ),
    },
  ];
}
