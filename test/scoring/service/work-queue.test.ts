import { describe, expect, test } from "vitest";
import { ServiceError } from "../../../src/scoring/service/failures.js";
import { WorkQueue } from "../../../src/scoring/service/http/work-queue.js";

/** Work that ends when it is told to. */
function works() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const work = (name: string) => () => {
    begun.push(name);
    return new Promise<string>((resolve) => ends.set(name, () => resolve(name)));
  };
  return { begun, work, end: (name: string) => ends.get(name)?.() };
}

const NEVER = new AbortController().signal;
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe("a queue of work", () => {
  test("runs some at a time, the others in their order, and refuses what is too many at once", async () => {
    const { begun, work, end } = works();
    const queue = new WorkQueue(2, 2);
    const results = ["a", "b", "c", "d"].map((name) => queue.run(NEVER, work(name)));
    const refused = await queue.run(NEVER, work("e")).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ServiceError);
    expect(refused).toMatchObject({ statusCode: 503, code: "request.overload", retryAfter: 1 });
    expect(begun).toEqual(["a", "b"]);
    end("b");
    await settle();
    expect(begun).toEqual(["a", "b", "c"]);
    for (const name of ["a", "c"]) end(name);
    await settle();
    end("d");
    expect(await Promise.all(results)).toEqual(["a", "b", "c", "d"]);
  });

  test("never runs more than that, also when one begins just as another ends", async () => {
    const queue = new WorkQueue(2, 100);
    let running = 0;
    let most = 0;
    const one = () =>
      queue.run(NEVER, async () => {
        running++;
        most = Math.max(most, running);
        await settle();
        running--;
      });
    const begun = Array.from({ length: 20 }, one);
    for (let i = 0; i < 20; i++) {
      await settle();
      begun.push(one());
    }
    await Promise.all(begun);
    expect([most, running]).toEqual([2, 0]);
  });

  test("does not begin what was given up while it waited, and makes room for others", async () => {
    const { begun, work, end } = works();
    const queue = new WorkQueue(1, 1);
    const first = queue.run(NEVER, work("first"));
    const controller = new AbortController();
    const given = queue.run(controller.signal, work("given up")).catch((error: unknown) => error);
    controller.abort(new Error("gone"));
    expect(await given).toEqual(new Error("gone"));
    const next = queue.run(NEVER, work("next"));
    end("first");
    await first;
    await settle();
    end("next");
    await next;
    expect(begun).toEqual(["first", "next"]);
    await expect(queue.run(controller.signal, work("late"))).rejects.toThrow("gone");
  });

  test("goes on after work that fails", async () => {
    const queue = new WorkQueue(1, 1);
    const failing = queue.run(NEVER, () => Promise.reject(new Error("failed")));
    const next = queue.run(NEVER, async () => "next");
    await expect(failing).rejects.toThrow("failed");
    expect(await next).toBe("next");
  });
});
