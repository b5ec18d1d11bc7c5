import { connect, type Socket } from "node:net";

/** What a load of requests at fixed times measured. */
export interface PacedLoad {
  readonly answered: number;
  readonly refused: number;
  /** Milliseconds from the time at which a request was due to its answer, in rising order: waiting for a free connection counts. */
  readonly latencies: readonly number[];
}

/** What the process of a client is told. */
export interface PacedTurns {
  readonly urls: readonly string[];
  /** The file of the bodies, a list as JSON. */
  readonly bodies: string;
  readonly turns: number;
  readonly rate: number;
  readonly seconds: number;
  readonly connections: number;
}

/** Quantiles of the times from when a request was due to its answer, in milliseconds. */
export interface Waits {
  readonly p50: number;
  readonly p99: number;
}

/**
 * Sends requests at a fixed rate, whether or not earlier ones have been answered, over keep-alive connections.
 * @param rate requests a second
 */
export async function pacedLoad(
  url: string,
  bodies: readonly string[],
  {
    rate,
    seconds,
    connections,
  }: { readonly rate: number; readonly seconds: number; readonly connections: number },
): Promise<PacedLoad> {
  const { hostname, port } = new URL(url);
  const requests = bodies.map((body) =>
    Buffer.from(
      `POST /v1/predict HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    ),
  );
  const latencies: number[] = [];
  const due: number[] = [];
  let refused = 0;
  let sent = 0;
  const idle: Connection[] = [];
  const send = () => {
    while (due.length > 0) {
      const connection = idle.pop();
      if (connection === undefined) return;
      const since = due.shift() as number;
      connection.ask(requests[sent++ % requests.length], (isFine) => {
        latencies.push(performance.now() - since);
        if (!isFine) refused++;
        idle.push(connection);
        send();
      });
    }
  };
  const all = await Promise.all(
    Array.from({ length: connections }, () => Connection.open(hostname, Number(port))),
  );
  idle.push(...all);
  const start = performance.now();
  let scheduled = 0;
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const now = performance.now() - start;
      const until = Math.min(now, seconds * 1000);
      for (; scheduled < (until * rate) / 1000; scheduled++) due.push(start + (scheduled * 1000) / rate);
      send();
      if (now > seconds * 1000 && idle.length === all.length) {
        clearInterval(timer);
        resolve();
      }
    }, 1);
  });
  for (const connection of all) connection.close();
  return {
    answered: latencies.length - refused,
    refused,
    latencies: latencies.sort((a, b) => a - b),
  };
}

/** One connection, on which one request at a time is answered. */
class Connection {
  private onAnswer: ((isFine: boolean) => void) | undefined;
  private text = "";

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.setEncoding("latin1").on("data", (text: string) => this.receive(text));
  }

  static open(host: string, port: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, host, () => resolve(new Connection(socket)));
      socket.once("error", reject);
    });
  }

  ask(request: Buffer, onAnswer: (isFine: boolean) => void): void {
    this.onAnswer = onAnswer;
    this.socket.write(request);
  }

  close(): void {
    this.socket.destroy();
  }

  private receive(text: string): void {
    this.text += text;
    const end = this.text.indexOf("\r\n\r\n");
    if (end < 0) return;
    const length = Number(/content-length: (\d+)/i.exec(this.text)?.[1]);
    if (this.text.length < end + 4 + length) return;
    const isFine = this.text.startsWith("HTTP/1.1 200");
    this.text = "";
    this.onAnswer?.(isFine);
  }
}
