import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { writeTable } from "../../../src/formats/write-table.js";
import { scoreFile } from "../../../src/scoring/score-file.js";
import { createTable } from "../../../src/table/table.js";
import { runCli } from "../../cli/run-cli.js";
import { scoringModel } from "../../support/scoring-model.js";
import { subscriberTable } from "../../support/subscribers.js";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { thrownBy } from "../../support/thrown.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);
const read = (name: string) => readFileSync(at(name), "utf8");
const model = await scoringModel();

/** The line that a text becomes in a table of one column. */
async function written(text: string, extension: string, csvSafe: boolean): Promise<string> {
  const table = createTable([{ kind: "text", name: "id", values: [text] }]);
  await writeTable(table, at(`one.${extension}`), { csvSafe });
  return read(`one.${extension}`).slice("id\n".length, -1);
}

// From the page "CSV Injection" of OWASP, and how spreadsheets read CSV.
const FORMULAS: [text: string, csv: string][] = [
  ["=1+1", "'=1+1"],
  ["+1-800", "'+1-800"],
  ["-2+3+cmd|' /C calc'!A0", `"'-2+3+cmd|' /C calc'!A0"`],
  ["@SUM(1,2)", `"'@SUM(1,2)"`],
  ["\t=1", `"'\t=1"`],
  ["\tplain", `"'\tplain"`],
  ["\r=1", `"'\r=1"`],
  ["\n=1", `"'\n=1"`],
  [" =1", "' =1"],
  ['"=1"', `"'""=1"""`],
  ['"" @x', `"'"""" @x"`],
  ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
  ["=1;2", `"'=1;2"`],
  ["＝1", "'＝1"],
  ["＋1", "'＋1"],
  ["－1", "'－1"],
  ["＠x", "'＠x"],
  ["-", "'-"],
];

describe("csvSafe puts a ' before texts that a spreadsheet would run", () => {
  test.each(FORMULAS)("%j", async (text, csv) => {
    expect(await written(text, "csv", true)).toBe(csv);
    expect(await written(text, "csv", false)).not.toContain(`'${text.slice(0, 1)}`);
    // In TSV fewer characters need quotes.
    expect((await written(text, "tsv", true)).replace(/^"/u, "")).toMatch(/^'/u);
  });

  test.each(["S1", "1=1", "a@b.c", "'=1", "7-8", "", "1+1", "客=1"])("but not before %j", async (text) => {
    for (const extension of ["csv", "tsv"])
      expect(await written(text, extension, true)).toBe(await written(text, extension, false));
  });

  test("before names of columns and categories, not before numbers, dates and missing cells", async () => {
    const table = createTable([
      { kind: "numeric", name: "=n", values: Float64Array.of(-5, 3.2, Number.NaN) },
      { kind: "numeric", name: "+d", values: Float64Array.of(-800_000, 0, 1), isDate: true },
      { kind: "categorical", name: "@c", codes: Int32Array.of(0, 1, -1), categories: ["-1", "b"] },
    ]);
    await writeTable(table, at("kinds.csv"), { csvSafe: true });
    const [head, ...rows] = read("kinds.csv").split("\n");
    expect(head).toBe("'=n,'+d,'@c");
    expect(rows.map((row) => row.split(",").filter((_, c) => c !== 1))).toEqual([
      ["-5", "'-1"],
      ["3.2", "b"],
      ["", ""],
      [""],
    ]);
    await writeTable(table, at("kinds.json"), { csvSafe: true });
    await writeTable(table, at("plain.json"));
    expect(read("kinds.json")).toBe(read("plain.json"));
  });

  test("is true or false", async () => {
    const csvSafe = "yes" as unknown as boolean;
    const table = subscriberTable(3);
    expect((await thrownBy(() => writeTable(table, at("x.csv"), { csvSafe }))).path.argument).toBe("csvSafe");
    const error = await thrownBy(() => scoreFile(model, at("x.csv"), at("y.csv"), { write: { csvSafe } }));
    expect(error.path.argument).toBe("write.csvSafe");
  });
});

describe("a list is safe by default, scores and rejects are not", () => {
  test.each([
    ["scores", [], "=1"],
    ["scores", ["--csv-safe"], "'=1"],
    ["a list", ["--capacity", "call=2"], "'=1"],
    ["a list", ["--capacity", "call=2", "--no-csv-safe"], "=1"],
  ])("%s %j", async (_, options, id) => {
    await model.save(at("m.json"));
    const head = "subscriber,tenure,客服 calls,charge,套餐,vip,churned";
    await writeTable(subscriberTable(5), at("rows.csv"));
    const [header, first] = read("rows.csv").split("\n");
    expect(header.split(",")[0]).toBe(head.split(",")[0]);
    const formula = first.replace(/^[^,]*/u, "=1");
    const odd = formula.replace(/^=1,[^,]*/u, "=2,odd");
    folder.file("rows.csv", `${header}\n${formula}\n${odd}\n`);
    const args = ["score", "m.json", "rows.csv", "--out", "s.csv", "--rejects", "r.ndjson", ...options];
    const { code, stderr } = await runCli(args, folder.path);
    expect([code, stderr]).toEqual([0, expect.any(String)]);
    expect(read("s.csv").split("\n")[1].split(",")[0]).toBe(id);
    // Rejects are read again.
    expect((JSON.parse(read("r.ndjson")) as { values: Record<string, string> }).values.subscriber).toBe("=2");
  });
});
