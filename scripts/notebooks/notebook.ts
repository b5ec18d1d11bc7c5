import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
export const NOTEBOOKS = join(ROOT, "notebooks");

/** What a cell showed, as files of notebooks have it. */
export interface Output {
  readonly output_type: string;
  readonly name?: string;
  readonly text?: string | readonly string[];
  readonly data?: Readonly<Record<string, string | readonly string[]>>;
  readonly metadata?: object;
  readonly execution_count?: number | null;
  readonly ename?: string;
  readonly evalue?: string;
  readonly traceback?: readonly string[];
}

export interface Cell {
  readonly cell_type: "code" | "markdown" | "raw";
  readonly id?: string;
  readonly metadata: object;
  readonly source: string | readonly string[];
  readonly execution_count?: number | null;
  readonly outputs?: readonly Output[];
}

/** A file of Jupyter's format 4. */
export interface Notebook {
  readonly cells: readonly Cell[];
  readonly metadata: object;
  readonly nbformat: number;
  readonly nbformat_minor: number;
}

/** Paths of the committed notebooks, in the order of their names. */
export function notebookPaths(folder = NOTEBOOKS): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".ipynb") && !name.startsWith("."))
    .sort()
    .map((name) => join(folder, name));
}

export function readNotebook(path: string): Notebook {
  return JSON.parse(readFileSync(path, "utf8"));
}

export function writeNotebook(path: string, notebook: Notebook): void {
  writeFileSync(path, `${JSON.stringify(notebook, null, 1)}\n`);
}

export function nameOf(path: string): string {
  return relative(ROOT, path);
}

/** A text that a notebook may hold as a list of lines. */
export function textOf(text: string | readonly string[] = ""): string {
  return typeof text === "string" ? text : text.join("");
}

/** As notebooks keep a text: a list of lines, which changes little where the text does. */
export function linesOf(text: string): string[] {
  return text === "" ? [] : text.split(/(?<=\n)/u);
}

/** Cells with code, numbered from 1 as the kernel does. */
export function codeCells({ cells }: Notebook): { readonly cell: Cell; readonly number: number }[] {
  return cells.filter(({ cell_type }) => cell_type === "code").map((cell, i) => ({ cell, number: i + 1 }));
}
