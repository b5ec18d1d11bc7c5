import { checkOptions, type OptionNames } from "../../arguments.js";
import { invalidArgument } from "../../errors.js";
import type { LocaleName } from "../../explain/reasons/locales.js";
import { checkPath } from "../../files/check-path.js";
import { writeWholeFile } from "../../files/whole-file.js";
import { type PageHtml, pageHtml } from "../../page/html/page-html.js";
import { type PageMarkdown, pageMarkdown } from "../../page/markdown/page-markdown.js";
import type { Page } from "../../page/page.js";
import { writePage } from "../../page/write-page.js";
import { plotVariables } from "../../plots/index.js";
import { LOCALE_NAMES } from "../../predict/explaining/explain-options.js";
import { contextOf, reportPage } from "./page/report-page.js";
import { cardParts } from "./page/sections/card.js";
import type { ChurnReport } from "./report.js";

/** Options of `reportHtml` and `reportMarkdown`. */
export interface ReportPageOptions {
  /** The language. Default `en`; reasons are in the language in which the report was measured. */
  readonly locale?: LocaleName | undefined;
  /** The heading. Default: what it is. */
  readonly title?: string | undefined;
  /** With what the names of files beside the page begin. Default `report`. */
  readonly name?: string | undefined;
}

const PAGE_OPTIONS: OptionNames<ReportPageOptions> = {
  locale: "optional",
  title: "optional",
  name: "optional",
};

/** Options of `modelCard`. */
export type ModelCardOptions = Pick<ReportPageOptions, "locale">;

const CARD_OPTIONS: OptionNames<ModelCardOptions> = { locale: "optional" };

/** Options of `writeReport`. */
export type WriteReportOptions = Pick<ReportPageOptions, "locale" | "title">;

const WRITE_OPTIONS: OptionNames<WriteReportOptions> = { locale: "optional", title: "optional" };

const VARIABLES = { light: plotVariables("light"), dark: plotVariables("dark") };

/**
 * A report as one HTML file that opens without a network and runs nothing but its own small script; readable with scripts off, on a
 * telephone, in the dark, on paper.
 * @param report of `churnReport`.
 * @returns the text, and CSV files of tables that the page cuts, to be put beside it.
 * @example await writeFile("report.html", reportHtml(report, { locale: "zh" }).html)
 * @throws HoldfastError for something else in the place of a report, and options out of range.
 */
export function reportHtml(report: ChurnReport, options: ReportPageOptions = {}): PageHtml {
  const page = checkedPage("reportHtml", report, options);
  return pageHtml(page, { name: options.name ?? "report", plotVariables: VARIABLES });
}

/**
 * A report as Markdown, with its pictures as SVG files to be put beside it.
 * @param report of `churnReport`.
 * @example const { markdown, files } = reportMarkdown(report)
 * @throws HoldfastError as `reportHtml`.
 */
export function reportMarkdown(report: ChurnReport, options: ReportPageOptions = {}): PageMarkdown {
  const page = checkedPage("reportMarkdown", report, options);
  return pageMarkdown(page, { name: options.name ?? "report" });
}

/**
 * The model card as Markdown: intended use, data, definition of churn, metrics with intervals, calibration, limits, who is treated differently,
 * and how to make the model again (Mitchell et al. 2019, Model Cards for Model Reporting).
 * @param report of `churnReport`.
 * @example await writeFile("MODEL_CARD.md", modelCard(report))
 * @throws HoldfastError as `reportHtml`.
 */
export function modelCard(report: ChurnReport, options: ModelCardOptions = {}): string {
  checkReport("modelCard", report);
  checkOptions("modelCard", options, CARD_OPTIONS);
  checkLocale("modelCard", options.locale);
  const { locale = "en" } = options;
  const context = contextOf(report, locale);
  const { title, subtitle, foot } = reportPage(
    { ...report, examples: [] },
    locale,
    context.say("Model card"),
  );
  return pageMarkdown({ locale, title, subtitle, foot, sections: cardParts(context) }, { name: "model-card" })
    .markdown;
}

/**
 * Writes a report as HTML (`.html`), Markdown (`.md`) or JSON (`.json`), and the files that a page leads to beside it.
 * @returns the paths of all files, the report's first.
 * @example await writeReport(report, "march.html")
 * @throws HoldfastError for another extension, and where a file can't be written.
 */
export async function writeReport(
  report: ChurnReport,
  path: string,
  options: WriteReportOptions = {},
): Promise<string[]> {
  checkPath("writeReport", "path", path);
  checkOptions("writeReport", options, WRITE_OPTIONS);
  if (/\.json$/iu.test(path)) {
    checkReport("writeReport", report);
    await writeWholeFile(path, `${JSON.stringify(report)}\n`);
    return [path];
  }
  if (!/\.(html|md)$/iu.test(path))
    invalidArgument("writeReport", "path", "must end in .html, .md or .json", path);
  return writePage(checkedPage("writeReport", report, options), path, { plotVariables: VARIABLES });
}

function checkedPage(functionName: string, report: ChurnReport, options: ReportPageOptions): Page {
  checkReport(functionName, report);
  if (functionName !== "writeReport") checkOptions(functionName, options, PAGE_OPTIONS);
  const { locale = "en", title } = options;
  checkLocale(functionName, locale);
  if (title !== undefined && typeof title !== "string")
    invalidArgument(functionName, "title", "must be a text", title);
  return reportPage(report, locale, title);
}

function checkLocale(functionName: string, locale: LocaleName | undefined): void {
  if (locale === undefined || LOCALE_NAMES.includes(locale)) return;
  invalidArgument(functionName, "locale", `must be one of ${LOCALE_NAMES.join(", ")}`, locale);
}

/** @throws HoldfastError that says where a report comes from. */
function checkReport(functionName: string, report: unknown): void {
  const { model, scores, missing, then } = (report ?? {}) as Partial<ChurnReport> & {
    readonly then?: unknown;
  };
  if (typeof model === "object" && typeof scores === "object" && Array.isArray(missing)) return;
  const isPromise = typeof then === "function";
  const expected = `must be a report${isPromise ? ", not a promise of one" : ""}`;
  const hint = isPromise ? "await it first" : "await churnReport(model, table) makes one";
  invalidArgument(functionName, "report", expected, isPromise ? undefined : report, hint);
}
