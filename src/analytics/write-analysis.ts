import { checkOptions, type OptionNames } from "../arguments.js";
import { invalidArgument } from "../errors.js";
import type { LocaleName } from "../explain/reasons/locales.js";
import { checkPath } from "../files/check-path.js";
import { writeWholeFile } from "../files/whole-file.js";
import { type PageHtml, pageHtml } from "../page/html/page-html.js";
import { type PageMarkdown, pageMarkdown } from "../page/markdown/page-markdown.js";
import type { Block, Page } from "../page/page.js";
import { writePage } from "../page/write-page.js";
import { plotVariables } from "../plots/index.js";
import { LOCALE_NAMES } from "../predict/explaining/explain-options.js";
import type { Analysis } from "./analysis.js";
import { analysisPage } from "./page/analysis-page.js";

/** Options of `analysisHtml` and `analysisMarkdown`. */
export interface AnalysisPageOptions {
  /** The language. Default `en`. */
  readonly locale?: LocaleName | undefined;
  /** The heading. Default: what it is. */
  readonly title?: string | undefined;
  /** With what the names of files beside the page begin. Default `analysis`. */
  readonly name?: string | undefined;
}

const PAGE_OPTIONS: OptionNames<AnalysisPageOptions> = {
  locale: "optional",
  title: "optional",
  name: "optional",
};

/** Options of `writeAnalysis`. */
export type WriteAnalysisOptions = Pick<AnalysisPageOptions, "locale" | "title">;

const WRITE_OPTIONS: OptionNames<WriteAnalysisOptions> = { locale: "optional", title: "optional" };

const VARIABLES = { light: plotVariables("light"), dark: plotVariables("dark") };

/**
 * An analysis as one HTML file that opens without a network; it begins with what a manager needs this Monday.
 * @param analysis of `analyze`.
 * @returns the text, and CSV files of tables that the page cuts, to be put beside it.
 * @example await writeFile("analysis.html", analysisHtml(analysis, { locale: "zh" }).html)
 * @throws HoldfastError for something else in the place of an analysis, and options out of range.
 */
export function analysisHtml(analysis: Analysis, options: AnalysisPageOptions = {}): PageHtml {
  checkOptions("analysisHtml", options, PAGE_OPTIONS);
  const page = checkedPage("analysisHtml", analysis, options);
  return pageHtml(page, { name: options.name ?? "analysis", plotVariables: VARIABLES });
}

/**
 * An analysis as Markdown, with its pictures as SVG files to be put beside it.
 * @param analysis of `analyze`.
 * @example const { markdown, files } = analysisMarkdown(analysis)
 * @throws HoldfastError as `analysisHtml`.
 */
export function analysisMarkdown(analysis: Analysis, options: AnalysisPageOptions = {}): PageMarkdown {
  checkOptions("analysisMarkdown", options, PAGE_OPTIONS);
  const page = checkedPage("analysisMarkdown", analysis, options);
  return pageMarkdown(page, { name: options.name ?? "analysis" });
}

/**
 * Writes an analysis as HTML (`.html`), Markdown (`.md`) or JSON (`.json`), and the files that a page leads to beside it.
 * @returns the paths of all files, the analysis first.
 * @example await writeAnalysis(analysis, "2026-01.html")
 * @throws HoldfastError for another extension, and where a file can't be written.
 */
export async function writeAnalysis(
  analysis: Analysis,
  path: string,
  options: WriteAnalysisOptions = {},
): Promise<string[]> {
  checkPath("writeAnalysis", "path", path);
  checkOptions("writeAnalysis", options, WRITE_OPTIONS);
  if (/\.json$/iu.test(path)) {
    checkAnalysis("writeAnalysis", analysis);
    await writeWholeFile(path, `${JSON.stringify(analysis)}\n`);
    return [path];
  }
  if (!/\.(html|md)$/iu.test(path))
    invalidArgument("writeAnalysis", "path", "must end in .html, .md or .json", path);
  return writePage(checkedPage("writeAnalysis", analysis, options), path, { plotVariables: VARIABLES });
}

function checkedPage(functionName: string, analysis: Analysis, options: AnalysisPageOptions): Page {
  checkAnalysis(functionName, analysis);
  const { locale = "en", title } = options;
  if (!LOCALE_NAMES.includes(locale))
    invalidArgument(functionName, "locale", `must be one of ${LOCALE_NAMES.join(", ")}`, locale);
  if (title !== undefined && typeof title !== "string")
    invalidArgument(functionName, "title", "must be a text", title);
  return analysisPage(analysis, { locale }, title);
}

/** @throws HoldfastError that says where an analysis comes from. */
function checkAnalysis(functionName: string, analysis: unknown): void {
  const { months, cuts, missing, then } = (analysis ?? {}) as Partial<Analysis> & {
    readonly then?: unknown;
  };
  if (Array.isArray(months) && typeof cuts === "object" && Array.isArray(missing)) return;
  const isPromise = typeof then === "function";
  const expected = `must be an analysis${isPromise ? ", not a promise of one" : ""}`;
  const hint = isPromise ? "await it first" : "await analyze(history) makes one";
  invalidArgument(functionName, "analysis", expected, isPromise ? undefined : analysis, hint);
}

/** All that an analysis says as blocks of a page, for a terminal. */
export function analysisBlocks(analysis: Analysis, locale: LocaleName): Block[] {
  const { title, subtitle, sections } = analysisPage(analysis, { locale });
  return [
    { is: "text", text: `${title} · ${subtitle}` },
    ...sections.flatMap(({ title: heading, blocks }): Block[] => [
      { is: "heading", text: heading },
      ...blocks,
    ]),
  ];
}
