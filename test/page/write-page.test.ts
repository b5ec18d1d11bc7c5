import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writePage } from "../../src/page/write-page.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { examplePage } from "./example-page.js";

const folder = temporaryFolder();

test("writes a page by its extension, with the files that it leads to beside it", async () => {
  const at = (name: string) => join(folder.path, name);
  expect(await writePage(examplePage(), at("r.HTML"))).toEqual([at("r.HTML"), at("r-segments-all.csv")]);
  expect(await writePage(examplePage(), at("m.md"))).toEqual(
    ["m.md", "m-lift.svg", "m-gain.svg", "m-months.svg", "m-segments-all.csv"].map(at),
  );
  expect(readdirSync(folder.path)).toHaveLength(7);
  expect(readFileSync(at("r.HTML"), "utf8")).toMatch(/^<!doctype html>/u);
  expect(readFileSync(at("m-segments-all.csv"), "utf8").split("\n")).toHaveLength(3141 + 2);
});

test("refuses other extensions, and names them", async () => {
  await expect(writePage(examplePage(), "report.pdf")).rejects.toThrow(
    'writePage: path: must end in .html or .md, received "report.pdf"',
  );
});
