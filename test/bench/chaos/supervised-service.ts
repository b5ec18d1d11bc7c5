import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Chaos } from "./tally.js";

const MAIN = fileURLToPath(new URL("../../../dist/cli/main.js", import.meta.url));
export const DRAIN_MS = 300;
export const TIMEOUT_MS = 2000;
/** How much later than drain and timeout a service may end: other programs run, too. */
const GRACE_MS = 1500;

/** `holdfast serve`, which is stopped by SIGTERM and started again, on the same port. */
export class SupervisedService {
  /** Whether the service should answer: false from SIGTERM until the next one listens. */
  isUp = false;
  /** Whether a harmful model lies in the place of a good one: a service that is running stays, one that starts would end. */
  hasHarmfulModel = false;
  isStarting = false;
  readonly port: number;
  /** Resident memory in MiB, every two seconds. */
  readonly memory: number[] = [];
  /** Milliseconds from SIGTERM to the end, the longest. */
  longestStop = 0;
  private child: ChildProcess | undefined;

  constructor(
    private readonly chaos: Chaos,
    private readonly args: readonly string[],
    /** Texts of requests, which no log may hold. */
    private readonly personal: readonly string[],
  ) {
    this.port = 20_000 + (process.pid % 20_000);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const args = ["serve", ...this.args, "--port", String(this.port)];
    const times = ["--request-timeout", String(TIMEOUT_MS), "--drain", String(DRAIN_MS)];
    const child = spawn(process.execPath, [MAIN, ...args, ...times]);
    this.child = child;
    let log = "";
    await new Promise<void>((resolve, reject) => {
      child.once("exit", (code) => reject(new Error(`the service ended with ${code}: ${log}`)));
      const read = (text: string) => {
        this.watchLog(text);
        if (this.isUp) return;
        log += text;
        if (log.includes('"msg":"listening"')) resolve();
      };
      child.stdout?.setEncoding("utf8").on("data", read);
      child.stderr?.setEncoding("utf8").on("data", read);
    });
    this.isUp = true;
    child.removeAllListeners("exit");
    child.once("exit", (code, signal) => {
      if (this.isUp) this.chaos.tally.breach(`the service ended by itself (${code ?? signal})`);
    });
  }

  /** Ends the service by SIGTERM, which must end within its times. */
  async stop(): Promise<void> {
    const { child } = this;
    if (child === undefined) return;
    const { tally } = this.chaos;
    this.isUp = false;
    const start = performance.now();
    const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    const most = DRAIN_MS + TIMEOUT_MS + GRACE_MS;
    const code = await Promise.race([ended, pause(most, "late" as const)]);
    if (code === "late") {
      tally.breach(`SIGTERM did not end the service within ${most} ms`);
      child.kill("SIGKILL");
    } else if (code !== 0) tally.breach(`SIGTERM ended the service with ${code}`);
    tally.add("service", "ended by SIGTERM");
    this.longestStop = Math.max(this.longestStop, performance.now() - start);
  }

  signal(name: NodeJS.Signals): void {
    this.child?.kill(name);
  }

  /** Stops and starts the service again and again. */
  async supervise(everyMs: number): Promise<void> {
    const { end } = this.chaos;
    while (!end.aborted) {
      await pause(everyMs, undefined, { signal: end }).catch(() => undefined);
      while (this.hasHarmfulModel) await pause(50);
      if (end.aborted) return;
      // Until it listens again, no model is replaced.
      this.isStarting = true;
      await this.stop();
      await this.start();
      this.isStarting = false;
    }
  }

  async measureMemory(): Promise<void> {
    const { end } = this.chaos;
    while (!end.aborted) {
      await pause(2000, undefined, { signal: end }).catch(() => undefined);
      try {
        const status = readFileSync(`/proc/${this.child?.pid}/status`, "utf8");
        // A process that has just ended has no memory.
        const kilobytes = /VmRSS:\s+(\d+)/.exec(status)?.[1];
        if (kilobytes !== undefined) this.memory.push(Number(kilobytes) / 1024);
      } catch {
        // Between two lives of the service.
      }
    }
  }

  private watchLog(text: string): void {
    for (const value of this.personal) {
      if (text.includes(value)) this.chaos.tally.breach(`the log holds a value of a request: ${value}`);
    }
  }
}
