import type { Writable } from "node:stream";
import type { FastifyBaseLogger } from "fastify";

type ChildOptions = Parameters<FastifyBaseLogger["child"]>[1];

/** The number of a level in the log, as `pino` writes it. */
const LEVELS = { info: 30, error: 50 } as const;

/**
 * Writes the lines of a log in one piece for each turn of the event loop: a service that is busy writes hundreds in one. The line of
 * a request is made here; all other lines come from the framework's logger.
 */
export class RequestLog {
  private waiting: string[] = [];

  constructor(private readonly stream: Pick<Writable, "write">) {}

  /** @param fields at least one */
  request(level: keyof typeof LEVELS, reqId: string, fields: object): void {
    const about = `"level":${LEVELS[level]},"time":${Date.now()},"reqId":${JSON.stringify(reqId)}`;
    this.write(`{${about},${JSON.stringify(fields).slice(1, -1)},"msg":"request"}\n`);
  }

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

/** The logger of a request, made when something is logged with it: most requests never do. */
export function lateLogger(
  logger: FastifyBaseLogger,
  bindings: Record<string, unknown>,
  options: ChildOptions,
): FastifyBaseLogger {
  return new LateLogger(logger, bindings, options) as unknown as FastifyBaseLogger;
}

class LateLogger {
  private made: FastifyBaseLogger | undefined;

  constructor(
    private readonly logger: FastifyBaseLogger,
    private readonly bindings: Record<string, unknown>,
    private readonly options: ChildOptions,
  ) {}

  get level(): string {
    return this.logger.level;
  }

  set level(level: string) {
    this.own.level = level;
  }

  child(bindings: Record<string, unknown>, options?: ChildOptions): FastifyBaseLogger {
    return this.own.child(bindings, options);
  }
  fatal(...line: [object, string?]): void {
    this.own.fatal(...line);
  }
  error(...line: [object, string?]): void {
    this.own.error(...line);
  }
  warn(...line: [object, string?]): void {
    this.own.warn(...line);
  }
  info(...line: [object, string?]): void {
    this.own.info(...line);
  }
  debug(...line: [object, string?]): void {
    this.own.debug(...line);
  }
  trace(...line: [object, string?]): void {
    this.own.trace(...line);
  }
  silent(): void {}

  private get own(): FastifyBaseLogger {
    this.made ??= this.logger.child(this.bindings, this.options);
    return this.made;
  }
}
