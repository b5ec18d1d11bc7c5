import type { Picture } from "../../../page/page.js";
import { timePlot } from "../../../plots/index.js";
import { pictureOf } from "../../../plots/picture.js";
import type { DailyReport, NoDailyReport } from "../../daily/daily-types.js";
import type { ExtendedDaily } from "../../daily/extend-daily.js";
import type { PageContext, SectionOf } from "../page-context.js";
import { dailyBlocks, dailyWords } from "./daily-blocks.js";

/** A day by region and for the head office, with what stands out, what a run has changed in a file, and the days before. */
export const dailySection: SectionOf<DailyReport | ExtendedDaily | NoDailyReport> = (data, context) => {
  const section = { id: "daily", title: dailyWords(context)("Daily figures") };
  if ("missing" in data) return { ...section, blocks: [{ is: "note", tone: "missing", text: data.missing }] };
  return {
    ...section,
    blocks: [...dailyBlocks(data, context), { is: "pictures", pictures: [joinsAndLeaves(data, context)] }],
  };
};

function joinsAndLeaves({ recentDays }: DailyReport, context: PageContext): Picture {
  const say = dailyWords(context);
  const series = (measure: "joins" | "leaves") =>
    recentDays.map(({ day, [measure]: value }) => ({ time: day, value }));
  const source = { [say("joins")]: series("joins"), [say("leaves")]: series("leaves") };
  return pictureOf(
    context,
    "daily-joins-leaves",
    say("Joins and leaves by day"),
    (options) => timePlot(source, { ...options, label: say("subscribers"), fromZero: true }),
    { wide: true },
  );
}
