import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeTable } from "../../../src/formats/write-table.js";
import { scoringModel } from "../../support/scoring-model.js";
import { subscriberTable } from "../../support/subscribers.js";
import { type Bench, result } from "../result.js";
import { runOf } from "./run-of.js";
import { checkBuilt } from "./scoring-data.js";

const ROWS = 10_000;
const ROWS_OF_PART = 2;
/** The most that a part may cost beyond its rows. */
const MILLISECONDS = 1.5;

/** A folder of many small files, compared with the same rows in one file. */
export const partsBench: Bench = {
  name: "parts",
  about: "5,000 files of two rows scored into a folder, compared with one file of their 10,000 rows",
  isOnRequest: true,
  async run({ rows = ROWS }) {
    checkBuilt();
    const folder = mkdtempSync(join(tmpdir(), "holdfast-bench-"));
    try {
      await (await scoringModel()).save(join(folder, "model.json"));
      const parts = Math.floor(rows / ROWS_OF_PART);
      const [one, many] = ["one", "many"].map((name) => join(folder, name));
      for (const path of [one, many]) mkdirSync(path);
      const all = join(one, "all.csv");
      await writeTable(subscriberTable(parts * ROWS_OF_PART), all);
      const [header, ...lines] = readFileSync(all, "utf8").trimEnd().split("\n");
      for (let part = 0; part < parts; part++) {
        const own = lines.slice(ROWS_OF_PART * part, ROWS_OF_PART * (part + 1));
        writeFileSync(join(many, `${String(part).padStart(6, "0")}.csv`), `${[header, ...own].join("\n")}\n`);
      }
      const ofOne = await runOf("score", one, folder, "one.scores/");
      const ofMany = await runOf("score", many, folder, "many.scores/");
      const each = (seconds: number) => (1000 * seconds) / parts;
      return [
        result("parts", `one file of ${rows} rows, CPU`, ofOne.cpu, "s"),
        result("parts", `${parts} files of two rows, CPU`, ofMany.cpu, "s"),
        result("parts", "a file beyond its rows, CPU", each(ofMany.cpu - ofOne.cpu), "ms", {
          name: "limit",
          value: MILLISECONDS,
        }),
        result("parts", "a file, wall", each(ofMany.wall - ofOne.wall), "ms"),
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
