import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, extname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { FAMILIES } from "../src/classifiers/families.js";
import { FORMATS } from "../src/formats/formats.js";
import { DERIVED, withDerived } from "./support/derived-docs.js";

// Rules that keep the code easy to navigate; ARCHITECTURE.md says why.

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const CODE = [".ts", ".js", ".cjs", ".py"];
const MOST_LINES = 300;
const MOST_FILES = 20;

interface SourceFile {
  /** From the root, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** All code below a folder, but for packages that are installed there. */
function codeIn(folder: string): SourceFile[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true }).flatMap((entry) => {
    if (!entry.isFile() || !CODE.includes(extname(entry.name))) return [];
    const file = join(entry.parentPath, entry.name);
    if (file.includes("node_modules")) return [];
    return [{ path: relative(ROOT, file).replaceAll("\\", "/"), text: readFileSync(file, "utf8") }];
  });
}

const SOURCE = codeIn("src");
const ALL = ["src", "test", "scripts", "examples", ".ci"].flatMap(codeIn);

/** Files outside its own folder that name something as a literal. */
function naming(name: string, isOwn: (path: string) => boolean): string[] {
  const literal = new RegExp(`(["'\`])${name}\\1`);
  return SOURCE.filter(({ path, text }) => !isOwn(path) && literal.test(text)).map(({ path }) => path);
}

describe("the name of an entry of a list appears in at most two files outside its own folder:", () => {
  test.each(FAMILIES.map(({ name }) => name))("the family %s", (name) => {
    const files = naming(name, (path) => path.startsWith(`src/classifiers/${name}/`));
    expect(files.length, files.join(", ")).toBeLessThanOrEqual(2);
  });

  test.each(FORMATS.map(({ name }) => name))("the format %s", (name) => {
    const files = naming(name, (path) => /^src\/formats\/[^/]+\//.test(path));
    expect(files.length, files.join(", ")).toBeLessThanOrEqual(2);
  });
});

test("a file has at most 300 lines, or says at its head why it is longer", () => {
  const long = ALL.filter(({ text }) => {
    const lines = text.split("\n");
    return (
      lines.length - 1 > MOST_LINES &&
      !lines.slice(0, 10).some((line) => /Longer than 300 lines: ./.test(line))
    );
  });
  expect(long.map(({ path }) => path)).toEqual([]);
});

test("a folder has at most about 20 files side by side", () => {
  const counts = new Map<string, number>();
  for (const { path } of ALL) {
    const folder = path.slice(0, path.lastIndexOf("/"));
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  expect([...counts].filter(([, count]) => count > MOST_FILES)).toEqual([]);
});

test("comments name only files that exist", () => {
  const dead = ALL.flatMap(({ path, text }) =>
    text
      .split("\n")
      .filter((line) => /^\s*(\/\/|\/?\*)/.test(line))
      .flatMap((line) => line.match(/[\w.-][\w./-]*\.ts\b/g) ?? [])
      .map((named) => named.replace(/^(\.\.?\/)+/, ""))
      .filter((named) => !ALL.some((file) => `/${file.path}`.endsWith(`/${named}`)))
      .map((named) => `${path}: ${named}`),
  );
  expect(dead).toEqual([]);
});

/** Pages for readers. */
const PAGES = [
  ".",
  "docs",
  "datasets",
  "datasets/simulated",
  "examples",
  ...["script", "nightly-batch", "fastify-service"].map((name) => `examples/${name}`),
  "models",
  "notebooks",
].flatMap((folder) =>
  readdirSync(join(ROOT, folder)).flatMap((name) => (name.endsWith(".md") ? [join(folder, name)] : [])),
);

/** Headings of a page, as links name them. */
function headingsOf(path: string): string[] {
  return [...readFileSync(path, "utf8").matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, "")
      .replaceAll(" ", "-"),
  );
}

describe.each(PAGES)("%s", (name) => {
  const text = readFileSync(join(ROOT, name), "utf8");

  test("names only files and folders that exist", () => {
    const named = [...text.matchAll(/`((?:src|test|scripts|datasets|models|notebooks)\/[\w./-]*)`/g)].map(
      ([, path]) => path,
    );
    expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  test("links to headings and files that exist", () => {
    const links = [...text.matchAll(/\]\((?!https?:)([^)]+)\)/g)].map(([, link]) => link);
    const dead = links.filter((link) => {
      const [file, heading] = link.split("#");
      const path = file === "" ? join(ROOT, name) : join(ROOT, dirname(name), file);
      return !existsSync(path) || (heading !== undefined && !headingsOf(path).includes(heading));
    });
    expect(dead).toEqual([]);
  });
});

test("the derived parts of pages are up to date (npm run docs), and each is on one page", () => {
  const texts = PAGES.map((name) => readFileSync(join(ROOT, name), "utf8"));
  for (const text of texts) expect(withDerived(text)).toBe(text);
  for (const name of Object.keys(DERIVED)) {
    expect(texts.filter((text) => text.includes(`<!-- begin ${name} -->`))).toHaveLength(1);
  }
});

test("ARCHITECTURE.md draws and describes every room", () => {
  const text = readFileSync(join(ROOT, "ARCHITECTURE.md"), "utf8");
  for (const name of readdirSync(join(ROOT, "src"))) {
    const room = name.endsWith(".ts") ? name : `${name}/`;
    expect(text).toContain(`["${room}"]`);
    expect(text).toContain(`\`src/${room}\``);
  }
});

test("the floors are those of the rooms that exist", () => {
  const rooms = readdirSync(join(ROOT, "src")).map((name) => basename(name, ".ts"));
  const { forbidden } = createRequire(import.meta.url)("../.dependency-cruiser.cjs") as {
    readonly forbidden: readonly { readonly name: string }[];
  };
  const floors = forbidden.flatMap(({ name }) => /^floor-of-(.*)/.exec(name)?.[1] ?? []);
  expect(floors.sort()).toEqual(rooms.sort());
});
