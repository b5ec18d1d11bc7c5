import type { Block, PageCell } from "../../../page/page.js";
import { percent, whole } from "../../../printing/numbers.js";
import { money, sentences } from "../../../printing/prose.js";
import { type Translate, translator } from "../../../printing/translator.js";
import { type CorrectionRun, correctionRuns } from "../../daily/correction-runs.js";
import type { DailyReport, DayFigures, StandOut } from "../../daily/daily-types.js";
import type { ExtendedDaily } from "../../daily/extend-daily.js";
import { LEAST_WEEKDAYS } from "../../daily/stands-out.js";
import type { PageContext } from "../page-context.js";
import { CHINESE_DAILY, type DailyText } from "../words/chinese-daily.js";

type Say = Translate<DailyText>;

/** Rows of tables that a page shows. */
const MOST = 40;

/** A day in texts and tables, without charts. */
export function dailyBlocks(data: DailyReport | ExtendedDaily, context: PageContext): Block[] {
  const say = dailyWords(context);
  return [
    { is: "text", lead: true, text: dayText(data, context, say) },
    ...("corrected" in data ? fileBlocks(data, say) : []),
    {
      is: "table",
      table: { id: "daily-regions", caption: say("The day by region"), ...regionTable(data, say) },
    },
    { is: "text", text: sentences(context, ...comparedTexts(data, say)) },
    ...standOutBlocks(data, say),
  ];
}

export function dailyWords({ locale }: PageContext): Say {
  return translator<DailyText>(locale === "zh" ? CHINESE_DAILY : null);
}

function dayText({ day, headOffice }: DailyReport, context: PageContext, say: Say): string {
  const { joins, leaves, base, payments } = headOffice;
  return sentences(
    context,
    say(
      "On {weekday}, {day}, {joins} {joins|subscriber|subscribers} joined and {leaves} left, of {base} at the start of the day.",
      { weekday: weekdayOf(day, context), day, joins, leaves, base },
    ),
    payments !== null &&
      say("{payments} {payments|payment|payments} brought {amount}.", {
        payments: payments.count,
        amount: money(payments.amount),
      }),
  );
}

function weekdayOf(day: string, { locale }: PageContext): string {
  const language = locale === "zh" ? "zh-CN" : "en-GB";
  return new Date(day).toLocaleDateString(language, { weekday: "long", timeZone: "UTC" });
}

/** What a run has changed in the file. */
function fileBlocks(data: ExtendedDaily, say: Say): Block[] {
  const { corrected } = data;
  const text = fileText(data, say);
  if (corrected.length === 0) return [{ is: "text", text }];
  const count = say(
    "Facts that became known since have corrected {count} {count|figure|figures} of days that the file had.",
    { count: corrected.length },
  );
  const table = {
    id: "daily-corrections",
    caption: say("What was corrected; before and after are those of the last of the days"),
    head: [say("days"), say("region"), say("figure"), say("before"), say("after"), say("change")],
    rows: correctionRuns(corrected).map((run) => correctionCells(run, say)),
    most: MOST,
  };
  return [
    { is: "text", text },
    { is: "text", text: count },
    { is: "table", table },
  ];
}

function fileText({ added, corrected, isFirst }: ExtendedDaily, say: Say): string {
  if (added === null)
    return say(
      corrected.length === 0
        ? "The file had the day already: it was not changed."
        : "The file had the day already.",
    );
  if (isFirst) return say("The file is new, with {days} {days|day|days}: {from} to {to}.", added);
  if (added.days === 1) return say("The file was extended by {day}.", { day: added.to });
  return say("The file was extended by {days} {days|day|days}: {from} to {to}.", added);
}

function correctionCells({ from, last, change }: CorrectionRun, say: Say): PageCell[] {
  const { day, region, measure, before, after } = last;
  const shown = (value: number | null) => figureText(measure, value);
  const sign = change !== null && change > 0 ? "+" : "";
  return [
    from === day ? day : `${from}–${day}`,
    regionName(region, say),
    say(measure),
    shown(before),
    shown(after),
    `${sign}${shown(change)}`,
  ];
}

function regionTable(data: DailyReport, say: Say): { head: string[]; rows: PageCell[][] } {
  const { regions, headOffice, standsOut } = data;
  const cells = (
    name: string,
    of: StandOut["of"],
    region: string | null,
    figures: DayFigures,
  ): PageCell[] => {
    const cell = (measure: StandOut["measure"], value: number | null): PageCell => {
      const text = figureText(measure, value);
      const isOut = standsOut.some(
        (each) =>
          !each.returnsMonthly && each.of === of && each.region === region && each.measure === measure,
      );
      return isOut ? { text, value, tone: "warning" } : { text, value };
    };
    const { base, joins, leaves, payments } = figures;
    return [
      name,
      whole(base),
      cell("joins", joins),
      cell("leaves", leaves),
      cell("payments", payments?.count ?? null),
      cell("amount", payments?.amount ?? null),
    ];
  };
  return {
    head: [
      say("region"),
      say("base at the start"),
      say("joins"),
      say("leaves"),
      say("payments"),
      say("amount"),
    ],
    rows: [
      ...regions.map((each) => cells(regionName(each.region, say), "region", each.region, each)),
      cells(say("head office"), "head office", null, headOffice),
    ],
  };
}

function comparedTexts(
  { standsOut, compared, falseDiscoveryRate }: DailyReport,
  say: Say,
): (string | false)[] {
  const { sameWeekdays: weeks, judged, notJudged } = compared;
  const least = LEAST_WEEKDAYS;
  const monthly = standsOut.filter(({ returnsMonthly }) => returnsMonthly).length;
  if (judged === 0)
    return [
      say(
        "The day could not be compared: it needs at least {least} same weekdays before it, and has {weeks}.",
        {
          least,
          weeks,
        },
      ),
    ];
  return [
    standsOut.length === 0
      ? say(
          "None of {judged} {judged|figure|figures} stands out against the same weekday in the {weeks} {weeks|week|weeks} before.",
          { judged, weeks },
        )
      : say(
          "{count} of {judged} figures {count|stands|stand} out against the same weekday in the {weeks} {weeks|week|weeks} before, with at most {rate} false alarms among those that do.",
          { count: standsOut.length, judged, weeks, rate: percent(falseDiscoveryRate) },
        ),
    monthly > 0 &&
      say(
        "{monthly} of them {monthly|is|are} like {monthly|that|those} of the same day a month before: bills and dues return by month.",
        { monthly },
      ),
    notJudged > 0 &&
      say(
        "{count} {count|figure|figures} could not be compared: a figure needs at least {least} same weekdays before it.",
        { count: notJudged, least },
      ),
  ];
}

/** What is new first; what returns by month is folded away. */
function standOutBlocks({ standsOut }: DailyReport, say: Say): Block[] {
  const isMonthly = ({ returnsMonthly }: StandOut) => returnsMonthly;
  const [monthly, other] = [standsOut.filter(isMonthly), standsOut.filter((each) => !isMonthly(each))];
  const caption = say("What stands out against the same weekdays before");
  const folded = say("What stands out as it did a month before");
  return [
    ...(other.length === 0 ? [] : [standOutTable("daily-stands-out", caption, other, say)]),
    ...(monthly.length === 0
      ? []
      : [
          {
            is: "details" as const,
            summary: folded,
            blocks: [standOutTable("daily-returns-monthly", folded, monthly, say)],
          },
        ]),
  ];
}

function standOutTable(id: string, caption: string, standsOut: readonly StandOut[], say: Say): Block {
  const head = [
    say("region"),
    say("figure"),
    say("value"),
    say("expected"),
    say("usual range"),
    say("a month before"),
    say("false alarms"),
  ];
  const rows = standsOut.map((each): PageCell[] => {
    const { of, region, measure, value, expected, low, high, monthBefore, q } = each;
    const shown = (figure: number | null) => figureText(measure, figure);
    return [
      of === "head office" ? say("head office") : regionName(region, say),
      say(measure),
      shown(value),
      shown(expected),
      `${shown(low)}–${shown(high)}`,
      shown(monthBefore),
      q < 0.0001 ? "<0.01%" : `${(q * 100).toFixed(2)}%`,
    ];
  });
  return { is: "table", table: { id, caption, head, rows, most: MOST } };
}

function regionName(region: string | null, say: Say): string {
  return region ?? say("not stated");
}

/** 12, 1,204, 0.56 or 26,884.60; a dash where it is not known. */
function figureText(measure: string, value: number | null): string {
  if (value === null) return "–";
  const digits = Number.isInteger(value) ? 0 : 2;
  const least = measure === "amount" ? digits : 0;
  return value
    .toLocaleString("en-US", { minimumFractionDigits: least, maximumFractionDigits: digits })
    .replace("-", "−");
}
