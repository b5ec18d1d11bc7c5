import type { GlobalExplanation } from "../predict/explaining/explain-globally.js";
import { printable } from "../printing/printable.js";
import { markdownTable, textTable } from "../printing/text-table.js";
import { checkGlobalExplanation } from "./check-global-explanation.js";
import { explanationSections, headSentences } from "./global-explanation-sections.js";

/**
 * A global explanation for a terminal: what matters, by how much, with bars, and the curves of the most important inputs. Control
 * characters in names of columns are shown as �.
 * @example console.log(globalExplanationText(await explainGlobally(model, test)))
 * @throws HoldfastError for what is no global explanation.
 */
export function globalExplanationText(explanation: GlobalExplanation): string {
  checkGlobalExplanation("globalExplanationText", explanation);
  const sections = explanationSections(explanation).map(({ heading, sentences, tables }) => [
    heading,
    ...sentences.map(printable),
    ...tables.flatMap(({ of, table }) => [
      "",
      ...(of === null ? [] : [printable(of)]),
      textTable(table.head, table.rows),
    ]),
  ]);
  return [["What matters overall", ...headSentences(explanation).map(printable)], ...sections]
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

/**
 * A global explanation as Markdown, with the same tables and bars as {@link globalExplanationText} has; aligned, so that it can be
 * read in a terminal too.
 * @example await writeFile("explanation.md", globalExplanationMarkdown(await explainGlobally(model, test)))
 * @throws HoldfastError for what is no global explanation.
 */
export function globalExplanationMarkdown(explanation: GlobalExplanation): string {
  checkGlobalExplanation("globalExplanationMarkdown", explanation);
  const sections = explanationSections(explanation).flatMap(({ heading, sentences, tables }) => [
    `## ${heading}`,
    ...sentences.map(printable),
    ...tables.flatMap(({ of, table }) => [
      ...(of === null ? [] : [`### ${printable(of)}`]),
      markdownTable(table),
    ]),
  ]);
  const parts = ["# What matters overall", ...headSentences(explanation).map(printable), ...sections];
  return `${parts.join("\n\n")}\n`;
}
