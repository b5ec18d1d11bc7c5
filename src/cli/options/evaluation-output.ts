import { HoldfastError } from "../../errors.js";
import { writeWholeFile } from "../../files/whole-file.js";
import { type EvaluationReport, evaluationMarkdown } from "../../report/evaluation-markdown.js";

/** Parses an option that takes columns separated by commas, Chinese ones too. */
export function columnList(text: string): string[] {
  return text
    .split(/[,，]/)
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

/** Writes an evaluation as Markdown or JSON, by the file's extension. @throws HoldfastError for any other. */
export async function writeEvaluation(
  out: string,
  evaluation: EvaluationReport,
  json: object,
): Promise<void> {
  checkEvaluationPath(out);
  const text = /\.json$/i.test(out) ? `${JSON.stringify(json, null, 2)}\n` : evaluationMarkdown(evaluation);
  await writeWholeFile(out, text);
}

/** @throws HoldfastError for a path that is neither Markdown nor JSON. */
export function checkEvaluationPath(out: string): void {
  if (/\.(md|json)$/i.test(out)) return;
  throw new HoldfastError({
    code: "argument.invalid",
    path: { function: "holdfast", argument: "--out" },
    expected: "must end in .md or .json",
    received: out,
  });
}
