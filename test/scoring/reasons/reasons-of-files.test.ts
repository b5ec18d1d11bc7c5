import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { readTable } from "../../../src/formats/read-table.js";
import { writeTable } from "../../../src/formats/write-table.js";
import { scoreFile } from "../../../src/scoring/score-file.js";
import type { ScoreFileOptions } from "../../../src/scoring/score-options.js";
import { scoreTable } from "../../../src/scoring/scores-table.js";
import { rowsOf } from "../../../src/table/rows.js";
import { CATEGORIES, FORMULA, hostileModel, hostileTable, MARKUP } from "../../support/hostile-model.js";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { thrownBy } from "../../support/thrown.js";

const folder = temporaryFolder();
const at = (...names: string[]) => join(folder.path, ...names);
const model = await hostileModel();
const table = hostileTable(120, 4);
const REASONS = { reasons: 3, reasonsFor: ["high", "medium"], locale: "zh" } as const;
const COLUMNS = { id: "text", reason_1: "text", reason_2: "text", reason_3: "text" } as const;
type Scored = Readonly<Record<string, string | number | null>>;
const scored = rowsOf(scoreTable(model, table, REASONS)) as Scored[];

await writeTable(table, at("rows.parquet"));

async function written(name: string, options: ScoreFileOptions = {}): Promise<Scored[]> {
  await scoreFile(model, at("rows.parquet"), at(name), { ...REASONS, overwrite: true, ...options });
  return rowsOf(await readTable(at(name), { columns: COLUMNS })) as Scored[];
}

describe("scoreFile with reasons", () => {
  test.each(["csv", "csv.gz", "tsv", "parquet", "json", "ndjson", "arrow"])(
    "hostile names and categories stay the texts that scoreTable gives: %s",
    async (extension) => {
      expect(await written(`scores.${extension}`)).toEqual(scored);
    },
  );

  test("hostile texts do occur among the reasons", () => {
    const texts = scored.flatMap(({ reason_1, reason_2, reason_3 }) => [reason_1, reason_2, reason_3]);
    expect(texts.some((text) => String(text).startsWith(FORMULA))).toBe(true);
    expect(texts.some((text) => String(text).startsWith(MARKUP))).toBe(true);
    for (const risky of CATEGORIES.slice(0, 2))
      expect(texts.some((text) => String(text).includes(risky))).toBe(true);
    expect(texts).toContain(null);
  });

  test("csvSafe puts a ' before reasons that a spreadsheet would run", async () => {
    const safe = await written("safe.csv", { write: { csvSafe: true } });
    for (const [r, { reason_1 }] of safe.entries()) {
      const text = scored[r].reason_1;
      expect(reason_1).toBe(String(text).startsWith("=") ? `'${text}` : text);
    }
  });

  test("without reasons the bytes are those of a job that never heard of them", async () => {
    await scoreFile(model, at("rows.parquet"), at("plain.csv"));
    await scoreFile(model, at("rows.parquet"), at("none.csv"), { reasons: 0, locale: "zh", templates: {} });
    expect(readFileSync(at("none.csv"))).toEqual(readFileSync(at("plain.csv")));
  });

  test("an aborted job ends while reasons are computed", async () => {
    const signal = AbortSignal.abort();
    const error = await thrownBy(() => written("aborted.csv", { signal }));
    expect(error.code).toBe("aborted");
    expect(readdirSync(folder.path)).not.toContain("aborted.csv");
  });
});

describe("a list with reasons", () => {
  const LIST = { capacity: "call=10,watch=20%", reasons: 3, reasonsFor: ["call", "rest"] } as const;
  const all = rowsOf(scoreTable(model, table, { reasons: 3 })) as Scored[];

  beforeEach(() => rmSync(at("in"), { recursive: true, force: true }));

  test("gives those of the rows of its tiers, whatever the model's tiers are", async () => {
    const list = await written("list.csv", { ...LIST, locale: "en", write: { csvSafe: false } });
    expect(list.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    for (const [r, { tier, reason_1, reason_2 }] of list.entries()) {
      const { reason_1: first, reason_2: second } = all[r];
      expect([reason_1, reason_2]).toEqual(tier === "watch" ? [null, null] : [first, second]);
    }
  });

  test("is safe for spreadsheets where nothing else is said", async () => {
    const text = readFileSync(at("list.csv"), "utf8");
    await written("list.csv", { ...LIST, locale: "en" });
    const safe = readFileSync(at("list.csv"), "utf8");
    expect(text).toContain(`,"${FORMULA} is`);
    expect(safe).not.toContain(`,"${FORMULA} is`);
    expect(safe).toContain(`,"'${FORMULA} is`);
  });

  test("into a folder has the same reasons, and leaves nothing that was put aside", async () => {
    const parts = { a: hostileTable(60, 4), b: hostileTable(50, 5) };
    mkdirSync(at("in"));
    for (const [name, part] of Object.entries(parts)) await writeTable(part, at("in", `${name}.ndjson`));
    await scoreFile(model, at("in"), at("out"), LIST);
    for (const [name, part] of Object.entries(parts)) {
      const expected = rowsOf(scoreTable(model, part, { reasons: 3 })) as Scored[];
      const found = rowsOf(await readTable(at("out", `${name}.ndjson`), { columns: COLUMNS })) as Scored[];
      expect(found.map(({ reason_1 }) => reason_1)).toEqual(
        found.map(({ tier }, r) => (tier === "watch" ? null : expected[r].reason_1)),
      );
    }
    expect(readdirSync(at("out", "_holdfast"))).not.toContain("scores");
  });
});

describe("a job in a folder with reasons", () => {
  const job = (options: ScoreFileOptions) =>
    scoreFile(model, at("rows.parquet"), at("folder/"), { write: { format: "csv" }, ...options });

  test("that is continued with other reasons is another job", async () => {
    await job(REASONS);
    const before = readFileSync(at("folder", "rows.csv"));
    const { parts } = await job({ ...REASONS, resume: true });
    expect(parts.map(({ wasDone }) => wasDone)).toEqual([true]);
    for (const other of [
      { ...REASONS, reasons: 2 },
      { ...REASONS, locale: "en" },
      { ...REASONS, reasonsFor: ["high"] },
      { ...REASONS, templates: { id: "x" } },
      {},
    ] as const) {
      const error = await thrownBy(() => job({ ...other, resume: true }));
      expect(error.path.argument).toBe("options");
    }
    expect(readFileSync(at("folder", "rows.csv"))).toEqual(before);
    const sameTiers = { ...REASONS, reasonsFor: ["medium", "high"] };
    expect((await job({ ...sameTiers, resume: true })).parts[0].wasDone).toBe(true);
  });
});
