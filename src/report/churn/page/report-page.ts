import type { LocaleName } from "../../../explain/reasons/locales.js";
import type { Page, PageSection } from "../../../page/page.js";
import { translator } from "../../../printing/translator.js";
import type { ChurnReport } from "../report.js";
import type { Context, MakeSection } from "./context.js";
import { calibrationSection } from "./sections/calibration.js";
import { cardSection } from "./sections/card.js";
import { dataSection } from "./sections/data.js";
import { driftSection } from "./sections/drift.js";
import { examplesSection } from "./sections/examples.js";
import { dependenceSection, importanceSection } from "./sections/importance.js";
import { methodSection } from "./sections/method.js";
import { profitSection } from "./sections/profit.js";
import { rankingSection } from "./sections/ranking.js";
import { segmentsSection } from "./sections/segments.js";
import { stabilitySection } from "./sections/stability.js";
import { summarySection } from "./sections/summary.js";
import { tiersSection } from "./sections/tiers.js";
import { learningCurveSection, trainingSection } from "./sections/training.js";
import { CHINESE } from "./words/chinese.js";

/** The sections of a report in their order. A new one is a file and a line here. */
const SECTIONS: readonly MakeSection[] = [
  summarySection,
  tiersSection,
  profitSection,
  dataSection,
  trainingSection,
  rankingSection,
  calibrationSection,
  segmentsSection,
  stabilitySection,
  importanceSection,
  dependenceSection,
  examplesSection,
  driftSection,
  learningCurveSection,
  cardSection,
  methodSection,
];

/** What sections are written from, in a language. */
export function contextOf(report: ChurnReport, locale: LocaleName): Context {
  return { report, locale, say: translator(locale === "zh" ? CHINESE : null) };
}

/** A report as a page, in a language. @param title default: what it is. */
export function reportPage(report: ChurnReport, locale: LocaleName, title?: string): Page {
  const context = contextOf(report, locale);
  const { say } = context;
  const { model, data } = report;
  return {
    locale,
    title: title ?? say("Churn report"),
    subtitle:
      data.source === null
        ? say("{model} on {rows} rows", { model: model.name, rows: data.rows })
        : say("{model} on {source}", { model: model.name, source: data.source }),
    sections: SECTIONS.map((make) => make(context)).filter(
      (section): section is PageSection => section !== null,
    ),
    foot: [say("Made by holdfast {version}.", { version: report.holdfast })],
  };
}
