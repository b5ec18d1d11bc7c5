import { setTimeout as pause } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import { Connections } from "./connections.js";

/** Milliseconds without a new connection until the service stops listening. */
const QUIET_MS = 10;
/** For how long that is waited for, as a share of `requestTimeout`, and at most in milliseconds: others may flood it meanwhile. */
const HELD_SHARE = 0.5;
const MOST_HELD_MS = 2000;

/**
 * The end of a service. For the time of `drain` it is not ready, and every answer ends its connection; then it stops listening,
 * and what has begun is answered; what is open after `requestTimeout` is closed.
 */
export class Shutdown {
  isReady = true;
  private readonly connections: Connections;
  /** While answers are held back. */
  private held: Promise<void> | undefined;

  constructor(
    private readonly fastify: FastifyInstance,
    private readonly times: { readonly drain: number; readonly requestTimeout: number },
  ) {
    this.connections = new Connections(fastify.server);
    fastify.addHook("onSend", (_, reply, payload, done) => {
      // So that no client sends its next request on a connection that is about to end.
      if (!this.isReady) reply.header("connection", "close");
      if (this.held === undefined) done(null, payload);
      else void this.held.then(() => done(null, payload));
    });
  }

  async run(): Promise<void> {
    const { drain, requestTimeout } = this.times;
    this.isReady = false;
    if (drain > 0) await pause(drain);
    const end = setTimeout(() => this.connections.destroy(), requestTimeout);
    try {
      await this.stopListening(Math.min(MOST_HELD_MS, HELD_SHARE * requestTimeout));
      await this.fastify.close();
    } finally {
      clearTimeout(end);
    }
  }

  /**
   * Stops listening when no connection waits to be accepted, which would be reset: answers are held back for a moment, since who
   * waits for one opens no further connection.
   */
  private async stopListening(mostMs: number): Promise<void> {
    const { server } = this.fastify;
    if (!server.listening) return;
    let release = () => {};
    this.held = new Promise((resolve) => {
      release = resolve;
    });
    for (let waited = 0, known = -1; known !== this.connections.accepted && waited < mostMs; ) {
      known = this.connections.accepted;
      await pause(QUIET_MS);
      waited += QUIET_MS;
    }
    server.close();
    this.held = undefined;
    release();
  }
}
