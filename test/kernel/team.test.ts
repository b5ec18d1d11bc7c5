import type { Worker } from "node:worker_threads";
import { afterEach, describe, expect, test } from "vitest";
import * as trainingKernel from "../../src/kernel/generated/training.js";
import { Team } from "../../src/kernel/team.js";
import { thrownBy } from "../support/thrown.js";

const BYTES = 65_536;
const HINT = "train on fewer rows";
let team: Team | undefined;

async function teamOf(size: number): Promise<Team> {
  team = await Team.start(trainingKernel, new Array<number>(size).fill(BYTES), HINT);
  return team;
}

/** Its worker threads, which nothing but a test needs to reach. */
function workersOf(of: Team): Worker[] {
  return (of as unknown as { workers: { worker: Worker }[] }).workers.map(({ worker }) => worker);
}

afterEach(async () => {
  await team?.close();
  team = undefined;
});

describe("Team", () => {
  test("runs a kernel on every member's own memory and returns what each returned", async () => {
    const { memories } = await teamOf(3);
    for (const [k, { words }] of memories.entries()) words.set([1, -5 * (k + 1), 20 + k, 7], 16);
    expect(await team?.run("largestMargin", () => [64, 4, 1])).toEqual([20, 21, 22]);
    expect(await team?.run("largestMargin", (k) => [64, 4, k === 0 ? 1 : -1])).toEqual([20, 10, 15]);
  });

  test("gives 0 for members that have nothing to do", async () => {
    const { memories } = await teamOf(2);
    for (const { words } of memories) words.set([3, 4], 16);
    expect(await team?.run("largestMargin", (k) => (k === 1 ? [64, 2, 1] : undefined))).toEqual([0, 4]);
    expect(await team?.run("largestMargin", (k) => (k === 0 ? [64, 2, 1] : undefined))).toEqual([4, 0]);
  });

  test("answers at once, without a promise, when this thread is the only member", async () => {
    const alone = await teamOf(1);
    expect(alone.run("listRows", () => [4, 64])).toEqual([0]);
    expect([...alone.memories[0].words.subarray(16, 20)]).toEqual([0, 1, 2, 3]);
  });

  test("fails, and does not hang, when a worker dies", async () => {
    const members = await teamOf(3);
    await members.run("listRows", () => [4, 64]);
    await workersOf(members)[1].terminate();
    const error = await thrownBy(async () => members.run("listRows", () => [4, 64]));
    expect(error.code).toBe("resource.worker");
    expect(error.hint).toContain("threads: 1");
  });

  test("fails when a worker's kernel traps", async () => {
    const members = await teamOf(2);
    const beyond = (k: number) => (k === 1 ? [2 ** 31, 4, 1] : undefined);
    const error = await thrownBy(async () => members.run("largestMargin", beyond));
    expect(error.code).toBe("resource.worker");
  });

  test("reports how much memory was needed and what to reduce when it is unavailable", async () => {
    const error = await thrownBy(() => Team.start(trainingKernel, [BYTES, 5 * 2 ** 30], HINT));
    expect(error.code).toBe("resource.memory");
    expect(error.message).toBe("5.0 GiB of memory are not available (train on fewer rows)");
  });
});
