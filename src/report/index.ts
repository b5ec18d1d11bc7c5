/**
 * The report of a model on data that it has not seen: one page that opens without a network.
 *
 * `churnReport` measures everything and returns plain data; `reportHtml`, `reportMarkdown` and `modelCard` write it for
 * people, in English and Chinese, `writeReport` writes files. On the command line: `holdfast report`.
 *
 * @example
 * import { loadChurnModel, readTable } from "holdfast";
 * import { churnReport, writeReport } from "holdfast/report";
 *
 * const model = await loadChurnModel("churn.model.json");
 * const report = await churnReport(model, await readTable("march.csv"), { segments: ["tariff"] });
 * await writeReport(report, "march.html");
 * await writeReport(report, "march.zh.html", { locale: "zh" });
 * @packageDocumentation
 */

export { HoldfastError } from "../errors.js";
export { churnReport } from "./churn/churn-report.js";
export { modelCard, reportHtml, reportMarkdown, writeReport } from "./churn/write-report.js";

// The types of their arguments and results, which hold those of evaluations, explanations, trainings and descriptions.

export type * from "../describe/index.js";
export type { ContactProfit, ContactResult } from "../metrics/decision/contact-profit.js";
export type {
  ColumnFairness,
  ComparedRate,
  FairnessMeasure,
  GroupParity,
  RateInterval,
  SegmentTreatment,
} from "../metrics/evaluation/fairness/group-fairness.js";
export type { PageHtml } from "../page/html/page-html.js";
export type { PageMarkdown } from "../page/markdown/page-markdown.js";
export type { PageFile } from "../page/page.js";
export type * from "../predict/index.js";
export type * from "../training/index.js";
export type * from "./churn/report.js";
export type { CampaignOptions, ReportOptions } from "./churn/report-options.js";
export type {
  ModelCardOptions,
  ReportPageOptions,
  WriteReportOptions,
} from "./churn/write-report.js";
export type { CandidateRow, LeaderboardRow } from "./leaderboard.js";
export type { TrainingSummary } from "./training-summary.js";
