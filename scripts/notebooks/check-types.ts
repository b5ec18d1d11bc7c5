import { join } from "node:path";
import ts from "typescript";
import { codeCells, NOTEBOOKS, type Notebook, textOf } from "./notebook.js";

/** As tsconfig.json of the project, for the code of a reader: what is imported need not be used. */
const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  lib: ["lib.esnext.d.ts"],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: ["node"],
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
  noEmit: true,
};

/** The cells of a notebook as one module: what a cell declares, later ones see. */
interface CellsModule {
  readonly text: string;
  /** The line, from 0, on which each cell begins. */
  readonly starts: readonly { readonly number: number; readonly line: number }[];
}

/** What the compiler says of the cells of notebooks, by name; they must have been built: `import "holdfast"` is `dist`. */
export function typeProblems(notebooks: ReadonlyMap<string, Notebook>): string[] {
  const modules = new Map(
    [...notebooks].map(([name, notebook]) => [join(NOTEBOOKS, `${name}.ts`), moduleOf(notebook)]),
  );
  const host = ts.createCompilerHost(OPTIONS);
  const fromDisk = { fileExists: host.fileExists, readFile: host.readFile };
  host.fileExists = (path) => modules.has(path) || fromDisk.fileExists(path);
  host.readFile = (path) => modules.get(path)?.text ?? fromDisk.readFile(path);
  const program = ts.createProgram([...modules.keys()], OPTIONS, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const message = ts.flattenDiagnosticMessageText(messageText, " ");
    const module = file === undefined ? undefined : modules.get(file.fileName);
    if (file === undefined || module === undefined || start === undefined) return message;
    const { line } = file.getLineAndCharacterOfPosition(start);
    const cell = module.starts.findLast((begin) => begin.line <= line);
    const place = cell === undefined ? "" : ` cell ${cell.number}, line ${line - cell.line + 1}`;
    return `${file.fileName.slice(NOTEBOOKS.length + 1, -".ts".length)}${place}: ${message}`;
  });
}

function moduleOf(notebook: Notebook): CellsModule {
  const lines = ["export {};"];
  const starts = codeCells(notebook).map(({ cell, number }) => {
    const line = lines.length;
    lines.push(...textOf(cell.source).split("\n"));
    return { number, line };
  });
  return { text: lines.join("\n"), starts };
}
