import { type Cell, linesOf, type Notebook, type Output, textOf } from "./notebook.js";

/** What every notebook says of its kernel: no trace of the machine that executed it. */
const METADATA = {
  kernelspec: { display_name: "Deno", language: "typescript", name: "deno" },
  language_info: { file_extension: ".ts", mimetype: "text/x.typescript", name: "typescript" },
};

/**
 * The notebook as it is kept: the same on every run. Times of execution are left out, streams that came in pieces are one,
 * cells are numbered from 1.
 */
export function normalForm({ cells }: Notebook): Notebook {
  let count = 0;
  return {
    cells: cells.map((cell, place): Cell => {
      const id = `cell-${place + 1}`;
      const source = linesOf(textOf(cell.source));
      if (cell.cell_type !== "code") return { cell_type: cell.cell_type, id, metadata: {}, source };
      count++;
      return {
        cell_type: "code",
        execution_count: count,
        id,
        metadata: {},
        outputs: outputsOf(cell.outputs ?? []),
        source,
      };
    }),
    metadata: METADATA,
    nbformat: 4,
    nbformat_minor: 5,
  };
}

function outputsOf(outputs: readonly Output[]): Output[] {
  const kept: Output[] = [];
  for (const output of outputs) {
    const last = kept.at(-1);
    if (output.output_type !== "stream") {
      const { output_type, data = {} } = output;
      const forms = Object.entries(data).map(([type, text]) => [type, linesOf(textOf(text))]);
      kept.push({ data: Object.fromEntries(forms), metadata: {}, output_type });
    } else if (last?.output_type === "stream" && last.name === output.name) {
      kept[kept.length - 1] = { ...last, text: linesOf(textOf(last.text) + textOf(output.text)) };
    } else {
      const { name = "stdout", text } = output;
      kept.push({ name, output_type: "stream", text: linesOf(textOf(text)) });
    }
  }
  return kept;
}
