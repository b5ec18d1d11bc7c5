import type { FastifyReply } from "fastify";

/** Milliseconds of work after which what is ready is sent. */
const LONGEST_MS = 5;

interface Asked {
  readonly reply: FastifyReply;
  readonly work: () => object;
}

/**
 * Answers the requests that arrived in one turn of the event loop together: all answers are computed first, then all are sent. Each
 * read and write of a connection takes the model out of the processor's caches, and a prediction costs several times more after it.
 */
export class Turns {
  private waiting: Asked[] = [];

  /** Answers at the end of this turn with what `work` returns, or with the error that it throws; a promise when it is settled. */
  answer(reply: FastifyReply, work: () => object): void {
    this.waiting.push({ reply, work });
    if (this.waiting.length === 1) setImmediate(() => this.run());
  }

  private run(): void {
    const asked = this.waiting;
    this.waiting = [];
    for (let next = 0; next < asked.length; ) {
      const ready: [reply: FastifyReply, answer: unknown][] = [];
      for (const end = performance.now() + LONGEST_MS; next < asked.length; ) {
        const { reply, work } = asked[next++];
        ready.push([reply, resultOf(work)]);
        if (performance.now() > end) break;
      }
      for (const [reply, answer] of ready) {
        if (answer instanceof Promise) void sendLater(reply, answer);
        else reply.send(answer);
      }
    }
  }
}

/** The result or the error, which the framework gives to its handler of errors when it is sent. */
function resultOf(work: () => object): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

async function sendLater(reply: FastifyReply, answer: Promise<unknown>): Promise<void> {
  reply.send(await answer.catch((error: unknown) => error));
}
