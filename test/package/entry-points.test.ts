import { readFileSync } from "node:fs";
import { relative } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import {
  ENTRY_POINTS,
  entryPointProgram,
  exportsOf,
  isInternal,
  placeOf,
  ROOT,
  typesMet,
} from "./entry-points.js";

const program = entryPointProgram();

/** What the main entry point may hold: a page of completions that a newcomer reads to its end. */
const MAIN_NAMES = 54;

describe.each(ENTRY_POINTS)("$specifier", ({ specifier, source }) => {
  const names = exportsOf(program, source);

  test("exports every type that its signatures name", () => {
    const missing = [...typesMet(program, names.values())]
      .filter((type) => names.get(type.name) !== type)
      .map((type) => `${type.name} of ${placeOf(type)}`);
    expect(missing, `to be exported by ${relative(ROOT, source)}`).toEqual([]);
  });

  test("begins with an introduction and an example", () => {
    const text = readFileSync(source, "utf8");
    const [introduction] = /^\/\*\*[\s\S]*?\*\//u.exec(text) ?? [""];
    expect(introduction).toContain("@example");
    expect(introduction).toContain(`from "${specifier}"`);
    expect(introduction.split("\n").length).toBeGreaterThan(8);
  });

  test("documents every name", () => {
    const checker = program.getTypeChecker();
    const silent = [...names.values()].filter(
      (symbol) => ts.displayPartsToString(symbol.getDocumentationComment(checker)) === "",
    );
    expect(silent.map((symbol) => `${symbol.name} of ${placeOf(symbol)}`)).toEqual([]);
  });

  test("is built with exactly the values that its source exports", async () => {
    const built = new URL(
      relative(ROOT, source).replace("src/", "../../dist/").replace(/\.ts$/u, ".js"),
      import.meta.url,
    );
    const values = [...exportedValues(source)];
    expect(Object.keys(await import(built.href)).sort()).toEqual(values.sort());
  });
});

/** Names that an entry point exports as values. */
function exportedValues(source: string): Set<string> {
  const file = program.getSourceFile(source) as ts.SourceFile;
  const values = new Set<string>();
  for (const statement of file.statements) {
    if (!ts.isExportDeclaration(statement) || statement.isTypeOnly || statement.exportClause === undefined)
      continue;
    if (!ts.isNamedExports(statement.exportClause)) continue;
    for (const { name, isTypeOnly } of statement.exportClause.elements)
      if (!isTypeOnly) values.add(name.text);
  }
  return values;
}

test("the main entry point holds the main walk and no more", () => {
  const [main] = ENTRY_POINTS;
  expect(main.specifier).toBe("holdfast");
  expect(exportedValues(main.source).size).toBeLessThanOrEqual(MAIN_NAMES);
});

test("every value of the main entry point is also in the entry point of its subject, or reads, writes or reports", () => {
  const [main, ...others] = ENTRY_POINTS;
  const elsewhere = new Set(others.flatMap(({ source }) => [...exportedValues(source)]));
  const only = [...exportedValues(main.source)].filter((name) => !elsewhere.has(name));
  const places = only.map((name) => placeOf(exportsOf(program, main.source).get(name) as ts.Symbol));
  expect(places.filter((place) => !/^src\/(formats|report|vectors|predict)\//u.test(place))).toEqual([]);
});

test("what is internal is in no declaration file", () => {
  const internal = program
    .getSourceFiles()
    .filter(({ fileName }) => fileName.startsWith(`${ROOT}src/`))
    .flatMap((file) => {
      const found: string[] = [];
      const visit = (node: ts.Node) => {
        if (ts.isTypeElement(node) || ts.isClassElement(node)) {
          if (isInternal(node)) found.push(`${relative(ROOT, file.fileName)} ${node.name?.getText()}`);
        }
        ts.forEachChild(node, visit);
      };
      visit(file);
      return found;
    });
  expect(internal.length).toBeGreaterThan(0);
  for (const each of internal) {
    const [path, name] = each.split(" ");
    const declarations = readFileSync(
      `${ROOT}${path.replace("src/", "dist/").replace(/\.ts$/u, ".d.ts")}`,
      "utf8",
    );
    expect(declarations, each).not.toMatch(new RegExp(`^\\s+(readonly )?${name}\\b`, "mu"));
  }
});
