import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { readTable } from "../../src/formats/read-table.js";
import { FACT_NAMES } from "../../src/simulator/output/fact-log.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const committed = join(root, "datasets/simulated");
const made = temporaryFolder().path;

beforeAll(async () => {
  const script = join(root, "scripts/make-simulated-dataset.ts");
  await promisify(execFile)(process.execPath, ["--import", "tsx", script, made], { cwd: root });
});

describe("datasets/simulated", () => {
  test("holds the files that the generator makes, byte for byte, and its card", async () => {
    const names = readdirSync(made).sort();
    expect(readdirSync(committed).sort()).toEqual([...names, "README.md"].sort());
    for (const name of names) {
      const isSame = (await readFile(join(made, name))).equals(await readFile(join(committed, name)));
      expect([name, isSame]).toEqual([name, true]);
    }
  });

  test("has under 3.3 MB of history", async () => {
    const sizes = await Promise.all(
      FACT_NAMES.map(async (name) => (await stat(join(committed, `${name}.csv`))).size),
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(3_300_000);
  });

  test.each(FACT_NAMES)("has a card that names every column of %s and states its rows", async (name) => {
    const card = await readFile(join(committed, "README.md"), "utf8");
    const table = await readTable(join(committed, `${name}.csv`));
    expect(card).toContain(`| \`${name}.csv\` | ${table.rowCount.toLocaleString("en-US")} |`);
    for (const column of table.columns) expect(card).toContain(`\`${column.name}\``);
  });
});
