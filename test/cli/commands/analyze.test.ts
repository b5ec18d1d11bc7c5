import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Analysis } from "../../../src/analytics/analysis.js";
import { analyze } from "../../../src/analytics/analyze.js";
import type { AnalyzeOptions } from "../../../src/analytics/analyze-options.js";
import { inactive } from "../../../src/history/churn/inactive.js";
import type { History } from "../../../src/history/history.js";
import { openHistory } from "../../../src/history/history.js";
import { gb18030 } from "../../support/gb18030.js";
import { runJob } from "../../support/killed-jobs.js";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { runCli } from "../run-cli.js";

const OPERATOR = fileURLToPath(new URL("../../../datasets/simulated", import.meta.url));
const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);
const run = (...args: string[]) => runCli(["analyze", ...args], folder.path);
const read = (name: string) => readFileSync(at(name), "utf8");

let history: History;
beforeAll(async () => {
  history = await openHistory(OPERATOR);
});
afterAll(() => history.close());

/** What the library gives, as JSON has it. */
async function ofLibrary(options: AnalyzeOptions): Promise<Analysis> {
  return JSON.parse(JSON.stringify(await analyze(history, options)));
}

/** What `--json` prints. */
async function printed(...options: string[]): Promise<Analysis> {
  const { code, stdout, stderr } = await run(OPERATOR, ...options, "--json");
  expect([code, stderr]).toEqual([0, expect.not.stringContaining("Wrote")]);
  return JSON.parse(stdout);
}

describe("holdfast analyze", () => {
  test("writes the page, its numbers and the lists, and prints nothing", async () => {
    const { code, stdout, stderr } = await run(
      OPERATOR,
      "--out",
      "january.html",
      "--json",
      "--lists",
      "lists/monday",
    );
    expect([code, stdout]).toEqual([0, ""]);
    const lists = ["silent", "newcomers", "at-risk", "migration"].map((name) => `lists/monday/${name}.csv`);
    const wrote = [...stderr.matchAll(/^Wrote (.+)$/gmu)].map(([, name]) => name);
    expect(wrote).toEqual(expect.arrayContaining([...lists, "january.html", "january.json"]));
    for (const name of wrote) expect(existsSync(at(name)), name).toBe(true);
    const written: Analysis = JSON.parse(read("january.json"));
    expect(written).toEqual(await ofLibrary({}));
    // Every row is in the file of a list, below its head.
    const rows = (name: string) => read(`lists/monday/${name}.csv`).trimEnd().split(/\r?\n/u).length - 1;
    expect(rows("at-risk")).toBe(written.lists.atRisk.listed);
    expect(rows("migration")).toBe(written.migration.listed);
    const page = read("january.html");
    expect(page).toMatch(/^<!doctype html>\n<html lang="en"/iu);
    expect(page).toContain("This Monday");
    expect(page).toContain("</html>");
  });

  test("prints without --out what the page begins with, its tables, and no whole list of subscribers", async () => {
    const { code, stdout } = await run(OPERATOR);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Churn analysis · Operator, 2025-02 to 2026-01; churned: left\n\nThis Monday\n/u);
    expect(stdout).toMatch(/^2026-01 +31 +20 +1,379 +1\.5% /mu);
    expect(stdout).toMatch(/^… 15 of 60 rows$/mu);
    expect(stdout.match(/^S\d{7} /gmu)?.length).toBeLessThanOrEqual(20);
  });

  test("as Markdown links its pictures, with the heading that is asked for", async () => {
    const { code, stderr } = await run(
      OPERATOR,
      "--out",
      "2025.md",
      "--to",
      "2025-12",
      "--title",
      "The year 2025",
    );
    expect(code).toBe(0);
    const markdown = read("2025.md");
    expect(markdown).toMatch(/^# The year 2025\n/u);
    const linked = [...markdown.matchAll(/\]\((2025-[^)]*)\)/gu)].map(([, name]) => name);
    expect(linked.length).toBeGreaterThan(3);
    for (const name of linked) expect(stderr).toContain(`Wrote ${name}`);
  });

  test("of months, cuts, bands and groups is what the library gives", async () => {
    const options = ["--from", "2025-06", "--to", "2025-11", "--by", "tariff，region,tariff*tenure"];
    const more = [
      "--tenure-bands",
      "6,24",
      "--arpu-bands",
      "20，60",
      "--group-leavers",
      "5",
      "--measure",
      "sms",
    ];
    const given = await printed(...options, ...more, "--false-discovery-rate", "20%");
    expect(given).toEqual(
      await ofLibrary({
        from: "2025-06",
        to: "2025-11",
        by: ["tariff", "region", "tariff*tenure"],
        tenureBands: [6, 24],
        arpuBands: [20, 60],
        groupLeavers: 5,
        measure: "sms",
        falseDiscoveryRate: 0.2,
      }),
    );
    expect(given.period).toEqual({ from: "2025-06", to: "2025-11", months: 6 });
    expect(Object.keys(given.cuts)).toEqual(["tariff", "region", "tariff*tenure"]);
    expect(given.tariffByTenureTotals.bands.map(({ band }) => band)).toEqual(["1-6", "7-24", "24+"]);
  });

  test("divides by the end, or counts another churn, as the library does", async () => {
    const months = ["--from", "2025-11", "--to", "2025-12", "--by", "region"];
    const asked = { from: "2025-11", to: "2025-12", by: ["region"] };
    const atEnd = await printed(...months, "--base", "end");
    expect(atEnd).toEqual(await ofLibrary({ ...asked, base: "end" }));
    expect(atEnd.dividedBy).toBe("end");
    const silent = await printed(...months, "--churn", "inactive:90");
    expect(silent).toEqual(await ofLibrary({ ...asked, churn: inactive({ days: 90 }) }));
    expect(silent.definition.name).toBe("inactive");
    expect(silent.total.left).not.toBe(atEnd.total.left);
  });
});

describe("--reasons", () => {
  test("gives the causes, and says which ends are voluntary, in joined definitions too", async () => {
    // Of the simulated operator's reasons, voluntary is made one of arrears, so that it is no voluntary churn.
    writeFileSync(at("reasons.json"), JSON.stringify({ voluntary: "arrears", ported_out: "price" }));
    const all = await printed("--reasons", "reasons.json");
    expect(all.causes).toEqual(
      (await ofLibrary({ reasons: { voluntary: "arrears", ported_out: "price" } })).causes,
    );
    const left = (cause: string) => all.causes.causes.find((each) => each.cause === cause)?.left ?? 0;
    expect(left("competitor")).toBe(0);
    const chosen = await printed("--churn", "voluntary", "--reasons", "reasons.json");
    expect(chosen.total.left).toBe(all.total.left - left("arrears"));
    const joined = await printed("--churn", "voluntary+disconnected:natural", "--reasons", "reasons.json");
    expect(joined.total.left).toBe(chosen.total.left);
  });

  test.each([
    ['{ "携号转网": "prise" }', '--reasons["携号转网"]: must be one of natural', 'did you mean "price"?'],
    ["voluntary: price", "--reasons: must be a file of JSON", 'received "wrong.json"'],
    ['["price"]', "--reasons: must be an object of reasons and causes", "携号转网"],
  ])("refuses %s", async (text, ...messages) => {
    writeFileSync(at("wrong.json"), text);
    const { code, stderr } = await run(OPERATOR, "--reasons", "wrong.json");
    expect(code).toBe(2);
    for (const message of messages) expect(stderr).toContain(message);
  });
});

describe("an operator's own files", () => {
  test("in GB18030 with Chinese names of files and columns give a Chinese page, numbers and lists", async () => {
    mkdirSync(at("历史"));
    writeFileSync(at("历史/用户.csv"), gb18030(subscribers()));
    const names = {
      subscriber_id: "用户编号",
      activated_on: "入网日期",
      ended_on: "离网日期",
      end_reason: "离网原因",
      region: "地市",
    };
    writeFileSync(at("列名.json"), JSON.stringify({ subscribers: names }));
    writeFileSync(at("原因.json"), JSON.stringify({ 携号转网: "competitor", 资费高: "price" }));
    const map = ["--map", "subscribers=用户.csv", "--map", "列名.json", "--encoding", "gb18030"];
    const asked = ["--reasons", "原因.json", "--locale", "zh", "--title", "一月分析", "--by", "region"];
    const out = ["--out", "分析.html", "--json", "--lists", "名单"];
    const { code, stderr } = await run("历史", ...map, ...asked, ...out);
    expect([code, stderr]).toEqual([0, expect.stringContaining("Wrote 分析.json")]);
    const { cuts, causes, missing, lists }: Analysis = JSON.parse(read("分析.json"));
    expect(new Set(cuts.region.map(({ value }) => value))).toEqual(new Set(["南京", "苏州"]));
    // Every fourth of 120 leaves, for the two reasons in turn.
    expect(causes.causes.map(({ cause, left }) => [cause, left])).toEqual(
      expect.arrayContaining([
        ["competitor", 15],
        ["price", 15],
      ]),
    );
    expect(missing.map(({ part }) => part)).toContain("revenue");
    expect(lists.silent.missing).not.toBeNull();
    const page = read("分析.html");
    expect(page).toContain('<html lang="zh-CN">');
    expect(page).toContain("<h1>一月分析</h1>");
    expect(page).toContain("苏州");
    expect(readdirSync(at("名单")).sort()).toContain("silent.csv");
  });

  test("print Chinese tables", async () => {
    const { code, stdout } = await run(OPERATOR, "--locale", "zh", "--from", "2026-01");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^流失分析 · /u);
    expect(stdout).toMatch(/^… 60 行中的 15 行$/mu);
  });

  test("with wrong facts are bad data, unless these are dropped", async () => {
    mkdirSync(at("wrong"));
    const lines =
      "subscriber_id,activated_on,ended_on\n1,2025-01-01,\n2,soon,\n3,2025-01-02,2025-03-04\n4,2025-04-02,\n";
    writeFileSync(at("wrong/subscribers.csv"), lines);
    const refused = await run("wrong", "--json");
    expect([refused.code, refused.stdout]).toEqual([3, ""]);
    expect(refused.stderr).toContain("--on-problems drop");
    const dropped = await run("wrong", "--json", "--on-problems", "drop");
    expect(dropped.code).toBe(0);
    expect(JSON.parse(dropped.stdout).total.left).toBe(1);
  });
});

test.each([
  [["--churn", "none"], 2, "--churn: must name what counts as churn"],
  [["--churn", "gone+voluntary"], 2, 'several joined by +, received "gone"'],
  [["--churn", "partial:usage.minuets"], 2, "--churn: must be by a measure of usage: minutes, data_gb"],
  [["--from", "2030-01"], 2, "--from: must be a month that the history covers, 2024-08 to 2026-01"],
  [["--from", "2025-1"], 2, 'write "2025-01"'],
  [["--from", "2025-12", "--to", "2025-10"], 2, "--to: must not lie before 2025-12"],
  [["--by", "tarif"], 2, 'did you mean "tariff"?'],
  [["--by", "tariff*region*dealer"], 2, "--by: must cross two at most"],
  [["--by", ","], 2, "--by: must name at least one cut"],
  [["--base", "middle"], 2, "Allowed choices are start, end"],
  [["--measure", "minuets"], 2, 'did you mean "minutes"?'],
  [["--tenure-bands", "12,6"], 2, "--tenure-bands: must be rising numbers with commas between"],
  [["--tenure-bands", "0,6"], 2, "--tenure-bands: must be rising whole numbers of months, from 1"],
  [["--arpu-bands", "50,"], 2, "--arpu-bands: must be rising numbers with commas between"],
  [["--group-leavers", "0"], 2, "--group-leavers: must be a whole number, 1 or more"],
  [["--false-discovery-rate", "0"], 2, "--false-discovery-rate: must be above 0"],
  [["--locale", "de"], 2, "Allowed choices are en, zh"],
  [["--out", "january.pdf"], 2, "--out: must end in .html or .md"],
  [["--out", "nowhere/january.html"], 3, "must lie in a folder that exists"],
  [["--lists", "file.txt"], 3, "file.txt: must be a folder, it is a file"],
  [["--reasons", "nowhere.json"], 2, "--reasons: must be a file that can be read"],
  [["--model", "file.txt"], 4, "file.txt: must be"],
])("refuses %j", async (options, expected, message) => {
  writeFileSync(at("file.txt"), "text");
  const { code, stdout, stderr } = await run(OPERATOR, ...options);
  expect(stderr).toContain(message);
  expect([code, stdout]).toEqual([expected, ""]);
  // What is wrong is told without names of the library.
  expect(stderr).not.toContain("holdfast snapshots");
});

test("a folder that is missing or has no subscribers is bad data", async () => {
  const { code, stderr } = await run("nowhere");
  expect([code, stderr]).toEqual([3, "holdfast analyze: nowhere: must exist, there is no such folder\n"]);
  mkdirSync(at("empty"));
  expect((await run("empty")).code).toBe(3);
});

describe("a stopped analysis", () => {
  test("leaves no file at Ctrl-C", async () => {
    const out = ["--out", "never.html", "--json", "--lists", "never"];
    const { code } = await runCli(["analyze", OPERATOR, ...out], folder.path, "activations …");
    expect(code).toBe(130);
    expect(readdirSync(folder.path).filter((name) => /^\.?never/u.test(name))).toEqual([]);
  });

  test("that was killed leaves whole files, and the next one cleans up", async () => {
    mkdirSync(at("killed"));
    const args = ["analyze", OPERATOR, "--out", at("killed/page.html"), "--json", "--lists", at("killed")];
    const { milliseconds } = await runJob([...args, "--title", "before"]);
    for (const share of [0.85, 0.95, 1]) {
      await runJob([...args, "--title", "after"], milliseconds * share);
      expect(read("killed/page.html")).toMatch(/<h1>(before|after)<\/h1>.*<\/html>\s*$/su);
      expect(JSON.parse(read("killed/page.json")).period.to).toBe("2026-01");
    }
    expect((await runJob(args)).code).toBe(0);
    expect(readdirSync(at("killed")).filter((name) => name.startsWith("."))).toEqual([]);
  });
});

/** 120 subscribers of two cities, every fourth of whom leaves in turn for two reasons. */
function subscribers(): string {
  const rows = Array.from({ length: 120 }, (_, i) => {
    const month = String(1 + (i % 12)).padStart(2, "0");
    const end = i % 4 === 0 ? `2025-${month}-15,${i % 8 === 0 ? "携号转网" : "资费高"}` : ",";
    return `${i},2024-${month}-03,${end},${i % 3 === 0 ? "南京" : "苏州"}`;
  });
  return `用户编号,入网日期,离网日期,离网原因,地市\n${rows.join("\n")}\n120,2025-10-02,,,南京\n`;
}
