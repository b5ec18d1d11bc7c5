import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT } from "../package/entry-points.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { blocksOf, runPage, withOutputs } from "./page.js";

/** Some examples train every family on months of an operator. */
const MINUTES = 10 * 60_000;

/** The README, and the guides. */
const GUIDES = readdirSync(join(ROOT, "docs")).filter((name) => name.endsWith(".md"));
const PAGES = ["README.md", ...GUIDES.map((name) => join("docs", name))];

describe.each(PAGES)("%s", (name) => {
  const folder = temporaryFolder();
  const page = readFileSync(join(ROOT, name), "utf8");

  test(
    `its ${blocksOf(page).length} blocks run as written and print what it says (npm run docs)`,
    async () => {
      expect(withOutputs(page, await runPage(page, folder.path))).toBe(page);
    },
    MINUTES,
  );
});

test("a block that prints something else than its page says is found", () => {
  const page = "```ts\nconsole.log(1);\n```\n\n```text\n2\n```\n";
  expect(withOutputs(page, ["2\n"])).toBe(page);
  expect(withOutputs(page, ["1\n"])).toBe(page.replace("\n2\n", "\n1\n"));
  expect(withOutputs(page.replace("\n2\n", "\n2\n…\n"), ["2\n3\n4\n"])).toBe(
    page.replace("\n2\n", "\n2\n…\n"),
  );
  expect(withOutputs("```ts\nx\n```\n", ["1\n"])).toBe("```ts\nx\n```\n\n```text\n1\n```\n");
});
