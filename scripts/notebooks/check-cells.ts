import { codeCells, type Notebook, type Output, textOf } from "./notebook.js";

/** A notebook with its outputs is read in a browser, and is part of every clone. */
const LARGEST = 400_000;

/** What is wrong with an executed notebook: a cell that failed, warned or showed nothing, paths of this machine, its size. */
export function problemsOfOutputs(notebook: Notebook, folders: readonly string[]): string[] {
  const cells = codeCells(notebook);
  // What follows a cell that failed says nothing more.
  const failed = cells.findIndex(({ cell }) => cell.outputs?.some(isError));
  const problems = cells
    .slice(0, failed < 0 ? cells.length : failed + 1)
    .flatMap(({ cell: { outputs = [] }, number }) => {
      if (outputs.length === 0) return [`cell ${number} shows nothing`];
      return outputs
        .flatMap((output) => problemsOfOutput(output, folders))
        .map((problem) => `cell ${number} ${problem}`);
    });
  const bytes = JSON.stringify(notebook).length;
  return bytes > LARGEST ? [...problems, `has ${bytes} bytes, more than ${LARGEST}`] : problems;
}

function isError({ output_type }: Output): boolean {
  return output_type === "error";
}

function problemsOfOutput(output: Output, folders: readonly string[]): string[] {
  if (isError(output)) return [`failed: ${output.ename}: ${output.evalue}`];
  const texts = [textOf(output.text), ...Object.values(output.data ?? {}).map(textOf)];
  const found = folders.find((folder) => texts.some((text) => text.includes(folder)));
  return [
    ...(output.name === "stderr" ? [`warned: ${textOf(output.text)}`] : []),
    ...(texts.every((text) => text.trim() === "") ? ["shows nothing"] : []),
    ...(found === undefined ? [] : [`shows a path of this machine: ${found}`]),
  ];
}
