import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import type { SupervisedService } from "./supervised-service.js";
import { type Chaos, pick } from "./tally.js";

/** Longer than the service's limit of a request. */
const PATIENCE_MS = 4000;

/** What a connection sends: texts, with pauses of milliseconds between; `"destroy"` closes it without a word. */
type Step = string | number | "destroy";

interface Attack {
  readonly name: string;
  /** Connections at a time. */
  readonly connections: number;
  steps(random: () => number): readonly Step[];
}

/** What a flood and a vector need, to be valid. */
export interface Bodies {
  readonly token: string;
  readonly predict: string;
  readonly vector: string;
}

function post(path: string, body: string, token: string, headers = ""): string {
  return `POST ${path} HTTP/1.1\r\nhost: a\r\nauthorization: Bearer ${token}\r\n${headers === "" ? "content-type: application/json\r\n" : headers}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

function attacks({ token, predict, vector }: Bodies): readonly Attack[] {
  const good = post("/v1/predict", predict, token);
  const half = good.slice(0, good.length >> 1);
  const slowly = (text: string, everyMs: number) => [...text].flatMap((letter) => [letter, everyMs]);
  const single = (name: string, steps: Attack["steps"]): Attack => ({ name, connections: 1, steps });
  return [
    single("stalls: sends nothing", () => [PATIENCE_MS]),
    single("stalls: half a request", () => [half, PATIENCE_MS]),
    single("stalls: a letter every 100 ms", () => slowly(good.slice(0, 40), 100)),
    single("stalls: a body that never ends", () => [
      good.replace(/content-length: \d+/, "content-length: 100000"),
      PATIENCE_MS,
    ]),
    single("lies: a body longer than it says", () => [
      good.replace(/content-length: \d+/, "content-length: 5"),
      500,
    ]),
    single("lies: two lengths", () => [
      good.replace("content-length", "content-length: 7\r\ncontent-length"),
      500,
    ]),
    single("lies: chunks that are none", () => [
      good.replace(/content-length: \d+/, "transfer-encoding: chunked"),
      500,
    ]),
    single("lies: a media type", () => [
      post("/v1/predict", predict, token, "content-type: text/xml\r\n"),
      500,
    ]),
    single("lies: not HTTP", (random) => [
      String.fromCharCode(...Array.from({ length: 200 }, () => 1 + pick(random, 250))),
      500,
    ]),
    single("lies: broken JSON", (random) => [
      post("/v1/predict", predict.slice(0, pick(random, predict.length)), token),
      500,
    ]),
    single("lies: deep JSON", () => [post("/v1/predict", "[".repeat(200_000), token), 500]),
    single("lies: a prototype", () => [
      post("/v1/predict", '{"row":{"__proto__":{"tenure":1}}}', token),
      500,
    ]),
    single("lies: two megabytes", () => [post("/v1/predict", `"${"x".repeat(2_000_000)}"`, token), 500]),
    single("lies: other spellings of the address", () => [post("/%76%31/predict", predict, token), 500]),
    single("lies: an unknown token", () => [post("/v1/predict", predict, "wrong"), 500]),
    single("lies: a NUL in a fact", () => [
      post("/v1/vector", vector.replace("north", "north\\u0000"), token),
      1000,
    ]),
    { name: "disconnects: after a request", connections: 20, steps: () => [good, "destroy"] },
    { name: "disconnects: within a request", connections: 20, steps: () => [half, "destroy"] },
    {
      name: "disconnects: while a vector is made",
      connections: 10,
      steps: () => [post("/v1/vector", vector, token), 50, "destroy"],
    },
    { name: "floods: 300 predictions at once", connections: 300, steps: () => [good, 1000] },
    {
      name: "floods: 60 vectors at once",
      connections: 60,
      steps: () => [post("/v1/vector", vector, token), PATIENCE_MS],
    },
    { name: "floods: 300 connections that send nothing", connections: 300, steps: () => [300] },
  ];
}

/** Attacks the service again and again; only a status of 500 is a breach, everything else a matter of counting. */
export async function hostileClient(
  { tally, random, end }: Chaos,
  service: SupervisedService,
  bodies: Bodies,
): Promise<void> {
  const all = attacks(bodies);
  while (!end.aborted) {
    const { name, connections, steps } = all[pick(random, all.length)];
    const endings = await Promise.all(
      Array.from({ length: connections }, () => connection(service.port, steps(random))),
    );
    for (const ending of endings) {
      tally.add(name, ending);
      if (ending === "500") tally.breach(`500 for a client that ${name}`);
    }
    await pause(50);
  }
}

/** @returns the status of the answer, or how it ended without one. */
function connection(port: number, steps: readonly Step[]): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    let ending: string | undefined;
    const end = (how: string) => {
      ending ??= how;
      socket.destroy();
      resolve(ending);
    };
    socket.setEncoding("latin1").on("data", (text: string) => {
      ending ??= /^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? "no HTTP";
    });
    socket.on("error", ({ code }: NodeJS.ErrnoException) =>
      end(code === "ECONNREFUSED" ? "refused" : "closed"),
    );
    socket.on("close", () => end("closed"));
    socket.on("connect", async () => {
      for (const step of steps) {
        if (step === "destroy") return end("left");
        if (typeof step === "string") socket.write(step);
        else for (let waited = 0; waited < step && ending === undefined; waited += 50) await pause(50);
        if (socket.destroyed) return;
      }
      end("no answer");
    });
  });
}
