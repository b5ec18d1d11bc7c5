import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import type { ProgressEvent } from "../../src/progress.js";
import { shared } from "../../src/workers/shared.js";
import { WorkerPool, workersFor } from "../../src/workers/worker-pool.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { thrownBy } from "../support/thrown.js";
import { bundleInto } from "./bundled.js";

// Worker threads run JavaScript, so that the sources that they need are bundled for them.
const source = (file: string) => fileURLToPath(new URL(`../../src/${file}`, import.meta.url));
const from = (file: string) => JSON.stringify(source(file));

/** Squares numbers; dies at 13 and 12, fails at 11 and at negative ones, and never ends at 7. */
const WORKER = `
import { parentPort, workerData } from "node:worker_threads";
import { serveTasks } from ${from("workers/protocol.ts")};
import { invalidArgument } from ${from("errors.ts")};
serveTasks(parentPort, async (task, onProgress) => {
  const number = typeof task === "number" ? task : task[0];
  if (number === 13) process.exit(4);
  if (number === 12) return new Promise(() => setImmediate(() => { throw null; }));
  if (number === 11) throw new RangeError("eleven");
  if (number === 7) await new Promise(() => {});
  if (number < 0) invalidArgument("square", "number", "must not be negative", number);
  onProgress({ phase: workerData, done: 1, total: 1 });
  return Float64Array.of(number * number);
}, { handOver: (result) => [result.buffer] });`;

type Task = number | Float64Array;
const folder = temporaryFolder();
let pool: WorkerPool<Task, Float64Array> | undefined;

beforeAll(async () => {
  const worker = folder.file("worker-source.ts", WORKER);
  await bundleInto(folder.path, { worker, "worker-pool": source("workers/worker-pool.ts") });
});

function poolOf(count: number): WorkerPool<Task, Float64Array> {
  pool = new WorkerPool(pathToFileURL(join(folder.path, "worker.mjs")), "squaring", count);
  return pool;
}

afterEach(async () => {
  await pool?.close();
});

describe("WorkerPool", () => {
  test("runs all tasks, reports their progress and skips places without one", async () => {
    const found = new Map<number, number>();
    const events: [number, ProgressEvent][] = [];
    await poolOf(2).run(
      9,
      (place) => (place === 4 || place === 7 ? undefined : place),
      (place, [square]) => void found.set(place, square),
      { onProgress: (place, event) => events.push([place, event]) },
    );
    expect([...found].sort(([a], [b]) => a - b).map(([, square]) => square)).toEqual([
      0, 1, 4, 9, 25, 36, 64,
    ]);
    expect(events.find(([place]) => place === 5)?.[1]).toEqual({ phase: "squaring", done: 1, total: 1 });
  });

  test("queues simultaneous tasks, and takes over transferred memory", async () => {
    const members = poolOf(2);
    const task = Float64Array.of(5);
    const answers = [members.ask(task, { handOver: [task.buffer as ArrayBuffer] })];
    for (let i = 0; i < 5; i++) answers.push(members.ask(i));
    expect(task.length).toBe(0);
    expect((await Promise.all(answers)).map(([square]) => square)).toEqual([25, 0, 1, 4, 9, 16]);
  });

  test("throws the problems of a task as they are, and continues", async () => {
    const members = poolOf(1);
    const error = await thrownBy(() => members.ask(-2));
    expect([error.code, error.path, error.received]).toEqual([
      "argument.invalid",
      { function: "square", argument: "number" },
      -2,
    ]);
    expect(await members.ask(3)).toEqual(Float64Array.of(9));
  });

  test("fails all open and later tasks of a worker that dies", async () => {
    const members = poolOf(1);
    const asked = [members.ask(13), members.ask(2)];
    for (const each of asked) expect((await thrownBy(() => each)).code).toBe("resource.worker");
    expect((await thrownBy(() => members.ask(2))).hint).toContain("threads: 1");
  });

  test("fails the task whose onProgress throws, and continues", async () => {
    const members = poolOf(1);
    const failure = new Error("the display is gone");
    const refuse = () => {
      throw failure;
    };
    await expect(members.ask(3, { onProgress: refuse })).rejects.toBe(failure);
    await expect(
      members.run(
        2,
        (place) => place,
        () => {},
        { onProgress: refuse },
      ),
    ).rejects.toBe(failure);
    expect(await members.ask(3)).toEqual(Float64Array.of(9));
  });

  test("reports why a task died: its own error, or a thrown value that is not an error", async () => {
    const failed = await thrownBy(() => poolOf(1).ask(11));
    expect([failed.code, failed.problems[0].expected, failed.received]).toEqual([
      "resource.worker",
      "a task failed in a worker thread",
      "RangeError: eleven",
    ]);
    const died = await thrownBy(() => poolOf(1).ask(12));
    expect([died.problems[0].expected, died.received]).toEqual(["a worker thread died", "null"]);
  });

  test("refuses a task that can't be sent to a thread, and does not wait for it", async () => {
    const members = poolOf(1);
    await expect(members.ask((() => 3) as never)).rejects.toThrow(/could not be cloned/);
    expect(await members.ask(3)).toEqual(Float64Array.of(9));
  });

  test("stops waiting when it is aborted", async () => {
    const stop = new AbortController();
    const waiting = poolOf(1).ask(7, { signal: stop.signal });
    setTimeout(() => stop.abort(), 10);
    expect((await thrownBy(() => waiting)).code).toBe("aborted");
    expect((await thrownBy(() => poolOf(1).ask(2, { signal: stop.signal }))).code).toBe("aborted");
  });

  test("does not keep the process alive while it is idle", () => {
    poolOf(1);
    const script = join(folder.path, "script.mjs");
    writeFileSync(
      script,
      `import { WorkerPool } from "./worker-pool.mjs";
      const pool = new WorkerPool(new URL("./worker.mjs", import.meta.url), "", 2);
      console.log(String(await pool.ask(4)));`,
    );
    const printed = execFileSync(process.execPath, [script], { timeout: 20_000 });
    expect(printed.toString().trim()).toBe("16");
  });
});

test("workersFor gives no workers where their file does not exist, or one thread is enough", () => {
  const here = new URL(import.meta.url);
  expect(workersFor(here, 4)).toBe(4);
  expect(workersFor(here, 1)).toBe(0);
  expect(workersFor(new URL("./nowhere.js", here), 4)).toBe(0);
  expect(fileURLToPath(here)).toContain("worker-pool");
});

test("shared copies values into shared memory", () => {
  const values = Int32Array.of(3, -4);
  const copy = shared(values);
  expect(copy).toEqual(values);
  expect(copy).toBeInstanceOf(Int32Array);
  expect(copy.buffer).toBeInstanceOf(SharedArrayBuffer);
});
