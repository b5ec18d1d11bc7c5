import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { dailyView } from "../../../src/analytics/daily/daily-view.js";
import { extendDaily } from "../../../src/analytics/daily/extend-daily.js";
import { formatDate } from "../../../src/table/dates.js";
import { thrownBy } from "../../support/thrown.js";
import { asked, digestOf, extended, folder, newPath } from "./daily-files.js";
import { LAST, openDays, randomDays } from "./random-days.js";

describe("the file of extendDaily", () => {
  test("a job at work there is busy; what a killed one left is removed", async () => {
    const path = newPath();
    const name = path.slice(folder.path.length + 1);
    const lock = join(folder.path, `.${name}.lock`);
    writeFileSync(lock, `${process.pid} ${hostname()}`);
    const busy = await thrownBy(() => extended(randomDays(2), path));
    expect([busy.code, existsSync(path)]).toEqual(["resource.busy", false]);
    expect(busy.hint).toContain(lock);
    // No process has this number.
    writeFileSync(lock, `4194999 ${hostname()}`);
    const left = join(folder.path, `.${name}.4194999-01234567-0123456789abcdef.tmp-parts`);
    mkdirSync(left);
    writeFileSync(join(left, "daily.duckdb.wal"), "left");
    await extended(randomDays(2), path);
    expect(readdirSync(folder.path).filter((each) => each.startsWith(`.${name}`))).toEqual([]);
  });

  test("two runs at once: one writes, the other is busy", async () => {
    const path = newPath();
    const history = await openDays(randomDays(2));
    const ends = await Promise.allSettled([extendDaily(history, path), extendDaily(history, path)]);
    history.close();
    expect(ends.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const [{ reason }] = ends.filter((each) => each.status === "rejected");
    expect(reason.code).toBe("resource.busy");
  });

  test("aborted work leaves the file as it was, and nothing beside it", async () => {
    const path = newPath();
    await extended(randomDays(4), path, LAST - 5);
    const digest = digestOf(path);
    const history = await openDays(randomDays(4));
    const controller = new AbortController();
    const onProgress = ({ phase }: { readonly phase: string }) =>
      phase === "daily file" && controller.abort();
    let isSecond = false;
    const error = await thrownBy(() =>
      extendDaily(history, path, {
        onProgress: (event) => {
          // The first is attaching the file.
          if (isSecond) onProgress(event);
          isSecond ||= event.phase === "corrections";
        },
        signal: controller.signal,
      }),
    );
    history.close();
    expect([error.code, digestOf(path)]).toEqual(["aborted", digest]);
    expect(
      readdirSync(folder.path).filter((name) => name.endsWith(".tmp") || name.endsWith("-parts")),
    ).toEqual([]);
  });

  test("a symbolic link stays, and the file behind it is extended", async () => {
    const [target, link] = [newPath(), newPath()];
    await extended(randomDays(4), target, LAST - 5);
    symlinkSync(target, link);
    await extended(randomDays(4), link);
    expect((await dailyView(target)).covered.to).toBe(formatDate(LAST));
  });

  test.each([
    ["a text", () => "day,joins\n", "data.malformed", "must be a DuckDB file"],
    ["an empty file", () => "", "data.malformed", "must be a DuckDB file"],
    ["a folder", undefined, "data.unwritable", "must be a file, it is a directory"],
  ])("refuses %s in the place of the file, which stays", async (_, content, code, expected) => {
    const path = newPath();
    if (content === undefined) mkdirSync(path);
    else writeFileSync(path, content());
    const error = await thrownBy(() => extended(randomDays(4), path));
    expect([error.code, error.expected]).toEqual([code, expected]);
    if (content !== undefined) expect(readFileSync(path, "utf8")).toBe(content());
  });

  test("refuses another DuckDB file, a later format, and one with a log of another program", async () => {
    const other = newPath();
    await asked(other, "CREATE TABLE region_days (day DATE)").catch(() => {});
    expect((await thrownBy(() => extended(randomDays(4), other))).expected).toBe(
      "must be a file that holdfast daily wrote",
    );
    const later = newPath();
    await extended(randomDays(4), later);
    await asked(later, "UPDATE holdfast_daily SET format_version = 2");
    const error = await thrownBy(() => extended(randomDays(4), later));
    expect([error.code, error.expected, error.hint]).toEqual([
      "data.malformed",
      "must be of format version 1",
      "it is of version 2: use a later version of holdfast",
    ]);
    const logged = newPath();
    await extended(randomDays(4), logged);
    writeFileSync(`${logged}.wal`, "");
    expect((await thrownBy(() => dailyView(logged))).code).toBe("resource.busy");
  });
});
