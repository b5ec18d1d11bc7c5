import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { runCli } from "../run-cli.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);
const run = (...args: string[]) => runCli(["describe", ...args], folder.path);

beforeAll(async () => {
  const rows = Array.from(
    { length: 100 },
    (_, i) =>
      `K${100 + i};${i % 25 === 3 ? "?" : i % 60};${["甲", "乙"][i % 2]};${i},5;${i % 4 === 0 ? "流失" : "在网"};${i % 3}`,
  );
  await writeFile(at("用户.csv"), `编号;月数;套餐;费用;状态;x\n${rows.join("\n")}\n`);
});

describe("holdfast describe", () => {
  test("prints what the file holds, and commands that repeat the options of reading", async () => {
    const { code, stdout, stderr } = await run("用户.csv", "--delimiter", ";", "--decimal", "费用=,");
    expect([code, stderr]).toEqual([0, "reading …\n"]);
    expect(stdout).toMatch(/^Description of 用户\.csv\nTable {5}100 rows × 6 columns: 3 numeric/u);
    expect(stdout).toContain("- 月数: 4 cells taken as missing");
    expect(stdout).toContain(
      "holdfast describe 用户.csv --delimiter ';' --decimal 费用=, --label 状态\n2. Train a model\n",
    );
  });

  test("what it proposes runs", async () => {
    const { stdout } = await run("用户.csv", "--delimiter", ";", "--label", "状态", "--json");
    const [{ command }] = JSON.parse(stdout).next;
    expect(command).toBe("holdfast describe 用户.csv --delimiter ';' --label 状态 --decimal 费用=,");
    const words = command.replaceAll("'", "").split(" ").slice(2);
    const next = JSON.parse((await run(...words, "--json")).stdout);
    expect(next.columns[3]).toMatchObject({ name: "费用", kind: "numeric", distinct: 100 });
    expect(next.next[0].command).toMatch(
      /^holdfast train 用户\.csv .* --label 状态 --id 编号 --out 用户\.model\.json$/u,
    );
  });

  test("writes a page or data", async () => {
    await run("用户.csv", "--out", "page.md");
    expect(await readFile(at("page.md"), "utf8")).toMatch(/^# 用户\.csv\n/u);
    const { code, stderr } = await run("用户.csv", "--out", "page.txt");
    expect([code, stderr]).toEqual([2, expect.stringContaining("--out: must end in .md or .json")]);
  });

  test("a label of three values is bad data, one that does not exist too", async () => {
    const { code, stderr } = await run("用户.csv", "--label", "x");
    expect(code).toBe(3);
    expect(stderr).toContain('holdfast describe: 用户.csv: column "x": must have exactly two values');
    expect((await run("用户.csv", "--label", "y")).code).toBe(3);
  });
});
