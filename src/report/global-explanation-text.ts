import type { GlobalExplanation } from "../predict/explaining/explain-globally.js";
import { printable } from "../printing/printable.js";
import { checkGlobalExplanation } from "./check-global-explanation.js";
import { explanationSections, headSentences } from "./global-explanation-sections.js";
import { textTable } from "./text-table.js";

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
