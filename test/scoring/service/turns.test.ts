import type { FastifyReply } from "fastify";
import { describe, expect, it } from "vitest";
import { Turns } from "../../../src/scoring/service/http/turns.js";

/** A reply that writes down what it is sent, and when. */
function replyOf(events: string[], name: string): FastifyReply {
  return { send: (answer: unknown) => events.push(`${name} sent ${String(answer)}`) } as never;
}

async function endOfTurn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

describe("requests of one turn of the event loop", () => {
  it("are computed together, before the first is answered", async () => {
    const events: string[] = [];
    const turns = new Turns();
    for (const name of ["a", "b"]) {
      turns.answer(replyOf(events, name), () => {
        events.push(`${name} computed`);
        return Object(name);
      });
    }
    expect(events).toEqual([]);
    await endOfTurn();
    expect(events).toEqual(["a computed", "b computed", "a sent a", "b sent b"]);
  });

  it("get their own error, and no one else's", async () => {
    const events: string[] = [];
    const turns = new Turns();
    turns.answer(replyOf(events, "a"), () => {
      throw new Error("wrong row");
    });
    turns.answer(replyOf(events, "b"), () => Object("fine"));
    await endOfTurn();
    expect(events).toEqual(["a sent Error: wrong row", "b sent fine"]);
  });

  it("do not wait for long work of those after them", async () => {
    const events: string[] = [];
    const turns = new Turns();
    const long = (name: string) => () => {
      for (const end = performance.now() + 20; performance.now() < end; );
      events.push(`${name} computed`);
      return Object(name);
    };
    for (const name of ["a", "b"]) turns.answer(replyOf(events, name), long(name));
    await endOfTurn();
    expect(events).toEqual(["a computed", "a sent a", "b computed", "b sent b"]);
  });

  it("that take longer are answered when they are done, by the result or the error", async () => {
    const events: string[] = [];
    const turns = new Turns();
    turns.answer(replyOf(events, "a"), async () => Object("late"));
    turns.answer(replyOf(events, "b"), () => Promise.reject(new Error("too late")));
    turns.answer(replyOf(events, "c"), () => Object("now"));
    await endOfTurn();
    await endOfTurn();
    expect(events).toEqual(["c sent now", "a sent late", "b sent Error: too late"]);
  });

  it("that arrive while others are answered are answered in the next turn", async () => {
    const events: string[] = [];
    const turns = new Turns();
    turns.answer(replyOf(events, "a"), () => {
      turns.answer(replyOf(events, "b"), () => Object("b"));
      return Object("a");
    });
    await endOfTurn();
    await endOfTurn();
    expect(events).toEqual(["a sent a", "b sent b"]);
  });
});
