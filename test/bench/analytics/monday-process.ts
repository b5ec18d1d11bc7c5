/** The lists for Monday of a folder of history in a separate process. Prints one line of JSON. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mondayLists } from "../../../src/analytics/lists/monday-lists.js";
import { writeLists } from "../../../src/analytics/lists/write-lists.js";
import { migrationList } from "../../../src/analytics/tariffs/migration-list.js";
import { tariffAnalysis } from "../../../src/analytics/tariffs/tariff-analysis.js";
import { openHistory } from "../../../src/history/history.js";
import { peakBytes } from "../memory.js";
import { timed } from "../result.js";

const [folder, memoryLimit] = process.argv.slice(2);
const history = await openHistory(folder, { memoryLimit });
const out = await mkdtemp(join(tmpdir(), "holdfast-bench-"));
try {
  const tariffs = await timed(() => tariffAnalysis(history));
  const migration = await timed(() => migrationList(history));
  const lists = await timed(() => mondayLists(history));
  const files = await timed(() => writeLists(lists.value, out, { migration: migration.value }));
  const seconds = {
    tariffs: tariffs.wall,
    migration: migration.wall,
    lists: lists.wall,
    files: files.wall,
  };
  const rows = migration.value.rows.length;
  process.stdout.write(`${JSON.stringify({ seconds, rows, peakMib: peakBytes() / 2 ** 20 })}\n`);
} finally {
  history.close();
  await rm(out, { recursive: true });
}
