import type { Page, PageSection } from "../../page/page.js";
import { translator } from "../../printing/translator.js";
import type { Analysis } from "../analysis.js";
import { definitionName } from "./names.js";
import type { PageContext } from "./page-context.js";
import { activationSection } from "./sections/activation.js";
import { causesSection } from "./sections/causes.js";
import { changeSection } from "./sections/change.js";
import { cutsSection } from "./sections/cuts.js";
import { dailySection } from "./sections/daily.js";
import { listsSection } from "./sections/lists.js";
import { methodSection } from "./sections/method.js";
import { monthsSection } from "./sections/months.js";
import { summarySection } from "./sections/summary.js";
import { tariffsSection } from "./sections/tariffs.js";
import { CHINESE_SUMMARY, type SummaryText } from "./words/chinese-summary.js";

/** The sections of an analysis in their order. A new one is a file and a line here. */
const SECTIONS: readonly ((analysis: Analysis, context: PageContext) => PageSection)[] = [
  summarySection,
  ({ lists }, context) => listsSection(lists, context),
  ({ activation }, context) => activationSection(activation, context),
  ({ daily }, context) => dailySection(daily, context),
  monthsSection,
  changeSection,
  cutsSection,
  ({ tariffs, migration }, context) => tariffsSection({ tariffs, migration }, context),
  causesSection,
  methodSection,
];

/** An analysis as a page, in a language. @param title default: what it is. */
export function analysisPage(analysis: Analysis, context: PageContext, title?: string): Page {
  const say = translator<SummaryText>(context.locale === "zh" ? CHINESE_SUMMARY : null);
  const { period, definition, holdfast } = analysis;
  return {
    locale: context.locale,
    title: title ?? say("Churn analysis"),
    subtitle: say("Operator, {from} to {to}; churned: {definition}", {
      from: period.from,
      to: period.to,
      definition: definitionName(definition, context),
    }),
    sections: SECTIONS.map((make) => make(analysis, context)),
    foot: [say("Made by holdfast {version}.", { version: holdfast })],
  };
}
