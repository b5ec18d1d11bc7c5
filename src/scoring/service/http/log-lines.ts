import type { Writable } from "node:stream";

/** Writes the lines of a log in one piece for each turn of the event loop: a service that is busy writes hundreds in one. */
export class LogLines {
  private waiting: string[] = [];

  constructor(private readonly stream: Pick<Writable, "write">) {}

  write(line: string): void {
    this.waiting.push(line);
    if (this.waiting.length === 1) setImmediate(() => this.flush());
  }

  private flush(): void {
    const lines = this.waiting.join("");
    this.waiting = [];
    this.stream.write(lines);
  }
}
