import { homedir, tmpdir } from "node:os";
import { basename } from "node:path";
import { describe, expect, test } from "vitest";
import { problemsOfOutputs } from "../../scripts/notebooks/check-cells.js";
import { typeProblems } from "../../scripts/notebooks/check-types.js";
import { normalForm } from "../../scripts/notebooks/normal-form.js";
import {
  codeCells,
  type Notebook,
  notebookPaths,
  type Output,
  ROOT,
  readNotebook,
  textOf,
} from "../../scripts/notebooks/notebook.js";
import { outsideOf } from "../../scripts/notebooks/outside-of.js";

const NOTEBOOKS = new Map(notebookPaths().map((path) => [basename(path, ".ipynb"), readNotebook(path)]));
const FOLDERS = [ROOT.replace(/\/$/u, ""), homedir(), tmpdir()];

test("there are seven chapters", () => {
  expect(NOTEBOOKS.size).toBe(7);
});

test("the types of all cells are right", () => {
  expect(typeProblems(NOTEBOOKS)).toEqual([]);
});

describe.each([...NOTEBOOKS])("%s", (name, notebook) => {
  test("every cell shows something, and no path of the machine that executed it", () => {
    expect(problemsOfOutputs(notebook, FOLDERS)).toEqual([]);
  });

  test("is kept in the form that is the same on every run", () => {
    expect(normalForm(notebook)).toEqual(notebook);
  });

  test("is text for people: it begins with a title, and most cells have a sentence before them", () => {
    const [first] = notebook.cells;
    expect(textOf(first.source)).toMatch(/^# /u);
    const prose = notebook.cells.filter(({ cell_type }) => cell_type === "markdown");
    expect(prose.length).toBeGreaterThan(codeCells(notebook).length * 0.7);
  });

  test("links to chapters that are there", () => {
    const links = notebook.cells
      .filter(({ cell_type }) => cell_type === "markdown")
      .flatMap(({ source }) => [...textOf(source).matchAll(/\]\((\S+?)\.ipynb\)/gu)].map(([, to]) => to));
    expect(
      links.filter((to) => !NOTEBOOKS.has(to)),
      name,
    ).toEqual([]);
  });
});

function notebookOf(...outputs: readonly Output[][]): Notebook {
  const cells = outputs.map((each, i) => ({
    cell_type: "code" as const,
    id: `x${i}`,
    metadata: { execution: { "iopub.status.busy": "2026-01-01T00:00:00Z" } },
    source: "await show(1);\n",
    execution_count: 7 + i,
    outputs: each,
  }));
  return { cells, metadata: { language_info: { version: "6" } }, nbformat: 4, nbformat_minor: 4 };
}

const stream = (name: string, text: string): Output => ({ output_type: "stream", name, text });

describe("a run fails", () => {
  test.each([
    ["where a cell shows nothing", [], "cell 1 shows nothing"],
    ["where what it shows is empty", [stream("stdout", " \n")], "cell 1 shows nothing"],
    ["where a cell warns", [stream("stderr", "old API")], "cell 1 warned: old API"],
    [
      "where it shows a path",
      [stream("stdout", `${FOLDERS[0]}/x.csv`)],
      `cell 1 shows a path of this machine: ${FOLDERS[0]}`,
    ],
    [
      "where a cell fails",
      [{ output_type: "error", ename: "Error", evalue: "no", traceback: [] }],
      "cell 1 failed: Error: no",
    ],
  ])("%s", (_, outputs, problem) => {
    expect(problemsOfOutputs(notebookOf(outputs), FOLDERS)).toEqual([problem]);
  });

  test("once for all that follows a cell that failed", () => {
    const failed = [{ output_type: "error", ename: "Error", evalue: "no" }];
    expect(problemsOfOutputs(notebookOf(failed, failed, []), FOLDERS)).toEqual(["cell 1 failed: Error: no"]);
  });

  test("where a notebook is too large", () => {
    const large = notebookOf([stream("stdout", "x".repeat(500_000))]);
    expect(problemsOfOutputs(large, FOLDERS).join()).toContain("more than 400000");
  });

  test("where a cell has a fault of types, with its line", () => {
    const wrong = notebookOf([], []);
    const cells = wrong.cells.map((cell, i) => ({
      ...cell,
      source: i === 0 ? 'const a: string = "x";' : "\nconst b: number = a;",
    }));
    const [problem] = typeProblems(new Map([["wrong", { ...wrong, cells }]]));
    expect(problem).toBe("wrong cell 2, line 2: Type 'string' is not assignable to type 'number'.");
  });

  test("where its page would ask another host", () => {
    const page = `<a href="https://example.org">a link</a><svg xmlns="http://www.w3.org/2000/svg"></svg>
<script src="https://cdn.example/a.js"></script><img src="//cdn.example/b.png"><link href="https://cdn.example/c.css">
<style>@import url("https://cdn.example/d.css"); p { background: url(https://cdn.example/e.png) }</style>
<script type="module">await import("https://cdn.example/f.mjs")</script>`;
    expect(outsideOf(page).length).toBeGreaterThanOrEqual(6);
    expect(outsideOf('<a href="https://example.org">x</a><img src="data:image/png;base64,AA">')).toEqual([]);
  });
});

test("the normal form joins pieces of a stream, numbers cells from 1 and leaves times out", () => {
  const { cells, metadata } = normalForm(
    notebookOf([stream("stdout", "a\n"), stream("stdout", "b\n"), stream("stderr", "c")]),
  );
  expect(cells).toEqual([
    {
      cell_type: "code",
      execution_count: 1,
      id: "cell-1",
      metadata: {},
      outputs: [
        { name: "stdout", output_type: "stream", text: ["a\n", "b\n"] },
        { name: "stderr", output_type: "stream", text: ["c"] },
      ],
      source: ["await show(1);\n"],
    },
  ]);
  expect(JSON.stringify(metadata)).not.toContain("version");
});
