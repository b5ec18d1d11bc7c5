import type { Block } from "../../../page/page.js";
import { percent } from "../../../printing/numbers.js";
import { sentences } from "../../../printing/prose.js";
import { translator } from "../../../printing/translator.js";
import type { Analysis } from "../../analysis.js";
import type { RateChange } from "../../change/rate-change.js";
import { points, pointsCell, shareCell, tableBlock } from "../cells.js";
import { cutTitle, valueName } from "../names.js";
import type { PageContext, SectionOf } from "../page-context.js";
import { CHINESE_CHANGE, type ChangeText } from "../words/chinese-change.js";

/** Segments of a cut that are shown. */
const MOST_SEGMENTS = 3;

/** Why the churn rate is not what it was: by how much each segment moved it, by its rate and by its share of the base. */
export const changeSection: SectionOf<Analysis> = ({ change }, context) => {
  const say = translator<ChangeText>(context.locale === "zh" ? CHINESE_CHANGE : null);
  return {
    id: "change",
    title: say("What changed"),
    blocks:
      change.length === 0
        ? [{ is: "note", tone: "missing", text: say("There is no earlier month to compare with.") }]
        : [
            {
              is: "text",
              text: say(
                "The change of the churn rate is split into what segments add to it in percentage points: by their rates, and by the mix, because subscribers moved between segments of unlike rates. Each split sums to the change.",
              ),
            },
            ...change.flatMap((each, i) => blocksOf(each, i, context)),
          ],
  };
};

function blocksOf(change: RateChange, place: number, context: PageContext): Block[] {
  const say = translator<ChangeText>(context.locale === "zh" ? CHINESE_CHANGE : null);
  const { month, against, before, after, by } = change;
  if (before === null || after === null || change.change === null) return [];
  return [
    {
      is: "heading",
      text: say("{month} against {against}", { month, against }),
    },
    {
      is: "text",
      text: sentences(
        context,
        say("{before} in {against}, {after} in {month}: {change} points.", {
          before: percent(before),
          after: percent(after),
          against,
          month,
          change: points(change.change),
        }),
      ),
    },
    tableBlock({
      id: `change-${place + 1}`,
      caption: say("What moved the rate, in percentage points"),
      head: [
        say("by"),
        say("segment"),
        say("rate before"),
        say("rate after"),
        say("by its rate"),
        say("by the mix"),
        say("together"),
      ],
      rows: by.flatMap(({ cut, mix, rate, segments }) => [
        [
          cutTitle(cut, context),
          say("all"),
          shareCell(before),
          shareCell(after),
          pointsCell(rate),
          pointsCell(mix),
          pointsCell(change.change),
        ],
        ...segments
          .slice(0, MOST_SEGMENTS)
          .map((segment) => [
            cutTitle(cut, context),
            valueName(cut, segment.value, context),
            shareCell(segment.rateBefore),
            shareCell(segment.rateAfter),
            pointsCell(segment.rate),
            pointsCell(segment.mix),
            pointsCell(segment.total),
          ]),
      ]),
    }),
  ];
}
