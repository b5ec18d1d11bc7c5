import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { formatOptions } from "../../../src/cli/options/reading-options.js";
import { createRandom } from "../../../src/random.js";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { runCli } from "../run-cli.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);
const QUICK = ["--classifier", "logistic", "--repeats", "1"];
const thousands = (value: number) => value.toFixed(2).replace(/\B(?=(\d{3})+(?!\d))/g, ",");

/** Subscribers as a system exports them, and the same as numbers and ISO dates. */
function exported() {
  const random = createRandom(3, "export");
  const lines = ["用户编号,在网月数,套餐,总消费,使用率,合约到期,是否流失"];
  const rows: Record<string, unknown>[] = [];
  for (let i = 0; i < 240; i++) {
    const tenure = random.integer(72);
    const isMarked = i % 19 === 0;
    const spent = Math.round(random.next() * 500_000) / 100;
    const share = random.integer(1000);
    const month = String(1 + random.integer(12)).padStart(2, "0");
    const day = String(1 + random.integer(28)).padStart(2, "0");
    const plan = i % 23 === 0 ? null : ["畅享 59", "基础 19", "全家 99"][i % 3];
    const hasLeft = tenure + random.integer(40) < 50;
    const markers = ["-", "NULL", "N/A"];
    const cells = [
      `U${i}`,
      isMarked ? markers[i % 3] : tenure,
      plan ?? markers[i % 3],
      `"¥${thousands(spent)}"`,
      `${(share / 10).toFixed(1)}%`,
      `2025${month}${day}`,
      hasLeft ? "是" : "否",
    ];
    lines.push(cells.join(","));
    rows.push({
      用户编号: `U${i}`,
      在网月数: isMarked ? null : tenure,
      套餐: plan,
      总消费: spent,
      使用率: share / 1000,
      合约到期: `2025-${month}-${day}`,
    });
  }
  return { csv: `${lines.join("\r\n")}\r\n`, rows };
}

describe("an export with markers, money, shares and compact dates", () => {
  const { csv, rows } = exported();
  const train = async () => {
    writeFileSync(at("export.csv"), csv);
    return runCli(
      ["train", "export.csv", "--label", "是否流失", "--id", "用户编号", ...QUICK, "--out", "m.json"],
      folder.path,
    );
  };

  test("trains without an option, and its notes tell all that was decided", async () => {
    const { code, stdout } = await train();
    expect(code).toBe(0);
    expect(stdout).toContain("5 columns: 3 numeric, 1 categorical, 1 date");
    expect(stdout).toMatch(
      /- 在网月数: 13 cells taken as missing: "-" 5, "NULL" 4, "N\/A" 4 \(first "-", line 2\)/,
    );
    expect(stdout).toMatch(
      /- 套餐: 11 cells taken as missing, as in the numbers beside: .*to keep them as categories: /,
    );
    expect(stdout).toMatch(/- 总消费: read as money in ¥, with thousands \("¥[\d,.]+", line 2; otherwise: /);
    expect(stdout).toMatch(/- 使用率: read as shares, 37\.0% as 0\.37 \("[\d.]+%", line 2; otherwise: /);
    expect(stdout).toMatch(
      /- 合约到期: read as dates of the form yyyyMMdd \("2025\d{4}", line 2; otherwise: /,
    );
  });

  test("is scored as numbers and ISO dates of another source are", async () => {
    writeFileSync(at("rows.ndjson"), rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
    for (const [input, output] of [
      ["export.csv", "a.csv"],
      ["rows.ndjson", "b.csv"],
    ]) {
      expect((await runCli(["score", "m.json", input, "--out", output], folder.path)).code).toBe(0);
    }
    expect(readFileSync(at("b.csv"), "utf8")).toBe(readFileSync(at("a.csv"), "utf8"));
  });
});

test("decimal commas, dates and markers are read by options, of the file and of columns", async () => {
  const lines = ["Kunde;Gebühr;Rabatt;Beginn;Tarif;churn"];
  for (let i = 0; i < 120; i++) {
    const day = String(1 + (i % 28)).padStart(2, "0");
    const tariff = i % 11 === 0 ? "unbekannt" : ["Basis", "Komfort"][i % 2];
    lines.push(
      `K${i};1.${100 + i},${10 + (i % 80)};${i % 7}.5;${day}.03.2024;${tariff};${(i * 7) % 5 < 2 ? "ja" : "nein"}`,
    );
  }
  writeFileSync(at("eu.csv"), lines.join("\n"));
  const label = ["--label", "churn", "--id", "Kunde", ...QUICK];
  const { stdout: unread } = await runCli(["train", "eu.csv", ...label], folder.path);
  expect(unread).toContain(
    "Gebühr: 120 of 120 cells look like numbers with a decimal comma and points between thousands",
  );
  expect(unread).toContain('--decimal ","; thousands: ".", --thousands "."');
  expect(unread).toContain('Beginn: 120 of 120 cells look like dates ("01.03.2024", line 2)');
  const options = ["--decimal", ",", "--thousands", ".", "--decimal", "Rabatt=.", "--thousands", "Rabatt=,"];
  const more = ["--date-format", "Beginn=dd.MM.yyyy", "--missing", "Tarif=unbekannt", "--out", "eu.json"];
  const { code, stdout, stderr } = await runCli(
    ["train", "eu.csv", ...label, ...options, ...more],
    folder.path,
  );
  expect([
    code,
    stderr.slice(0, 400),
    stdout.includes("4 columns: 2 numeric, 1 categorical, 1 date"),
  ]).toEqual([0, expect.anything(), true]);
  // The model reads the file as training did.
  expect((await runCli(["score", "eu.json", "eu.csv", "--out", "eu-scores.csv"], folder.path)).code).toBe(0);
  const wrong = await runCli(
    ["train", "eu.csv", ...label, "--decimal", ",", "--thousands", ","],
    folder.path,
  );
  expect([wrong.code, wrong.stderr]).toEqual([
    2,
    expect.stringContaining("--thousands: must differ from decimal"),
  ]);
  const marker = await runCli(
    ["score", "eu.json", "eu.csv", "--missing", "Basis", "--out", "x.csv"],
    folder.path,
  );
  expect([marker.code, marker.stderr]).toEqual([2, expect.stringContaining('"Basis" is one of Tarif')]);
});

test("options of columns begin with their names", () => {
  const of = (...pairs: [string | undefined, string[]][]) => new Map(pairs);
  expect(
    formatOptions({
      missing: of([undefined, ["-", "?"]], ["plan", [""]], ["x", ["", "n"]]),
      decimal: of([undefined, ["."]], ["fee", [","]]),
      percent: true,
    }),
  ).toEqual({
    ofFile: { missing: ["-", "?"], decimal: ".", percent: true },
    ofColumns: { plan: { missing: [] }, x: { missing: ["n"] }, fee: { decimal: "," } },
  });
});

test("an option of one text that is given twice is refused, and a blank marker", async () => {
  writeFileSync(at("plain.csv"), "fee,x\n1,2\n3,4\n");
  const twice = await runCli(
    ["describe", "plain.csv", "--decimal", "fee=,", "--decimal", "fee=."],
    folder.path,
  );
  expect([twice.code, twice.stderr]).toEqual([
    2,
    expect.stringContaining('--decimal: must be given once for fee, received ",", "."'),
  ]);
  const blank = await runCli(["describe", "plain.csv", "--missing", ""], folder.path);
  expect([blank.code, blank.stderr]).toEqual([2, expect.stringContaining("must hold no blank text")]);
});

test("names in options are composed as those of tables are", async () => {
  const [fee, size] = ["Gebühr", "Größe"].map((name) => name.normalize("NFD"));
  writeFileSync(at("names.csv"), `id,${fee},${size},Übrig\na,"1,5",1,x\nb,"2,5",2,y\nc,"3,5",1,x\n`);
  const columns = ["--columns", `${size}=categorical`, "--exclude", "Übrig".normalize("NFD")];
  const { code, stdout, stderr } = await runCli(
    ["describe", "names.csv", "--decimal", `${fee}=,`, ...columns, "--json"],
    folder.path,
  );
  expect([code, stderr]).toEqual([0, expect.not.stringContaining("must")]);
  const found = JSON.parse(stdout).columns.map((column: { name: string; kind: string }) => [
    column.name,
    column.kind,
  ]);
  expect(found).toEqual([
    ["id", "categorical"],
    ["Gebühr", "numeric"],
    ["Größe", "categorical"],
  ]);
});
