import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openJournal } from "./journal.js";

test("a journal continues after a line that a kill cut off", async () => {
  const folder = await mkdtemp(join(tmpdir(), "holdfast-journal-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, "jobs.ndjson");
  const journal = await openJournal<number>(path);
  await journal.add("a", 1);
  await appendFile(path, '\n{"key":"b","ans');
  await (await openJournal<number>(path)).add("c", 3);
  expect((await openJournal<number>(path)).answers).toEqual(
    new Map([
      ["a", 1],
      ["c", 3],
    ]),
  );
});
