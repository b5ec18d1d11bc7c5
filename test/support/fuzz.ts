import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { HoldfastError } from "../../src/errors.js";
import { validateChurnModel } from "../../src/model-file/churn/validate.js";
import { FORMAT, FORMAT_VERSION } from "../../src/model-file/envelope.js";
import { ChurnModel } from "../../src/predict/churn-model.js";
import { loadCheckedModel } from "../../src/predict/load.js";
import { createRandom, type Random } from "../../src/random.js";
import { scoreFile } from "../../src/scoring/score-file.js";
import { createServer } from "../../src/scoring/service/create-server.js";
import { subscriberRows } from "./subscribers.js";

/** The results of many mutated inputs. Anything that must not happen throws at once. */
export interface FuzzReport {
  readonly cases: number;
  readonly accepted: number;
  readonly refused: number;
  readonly slowestMilliseconds: number;
}

/** Longer than this is a hang. */
const LONGEST = 2000;
const LINES_PER_FILE = 200;
/** Tokens that break parsers. */
const TOKENS = [
  '"',
  '""',
  ",",
  ";",
  "\t",
  "\n",
  "\r\n",
  "\r",
  "\\N",
  "\\",
  "\0",
  "\ufeff",
  "\u2028",
  "套餐",
  "😀",
  "\ud800",
  "é",
  "NaN",
  "inf",
  "-Infinity",
  "1e999",
  "-0",
  "9007199254740993",
  "0x10",
  "1_000",
  "١٢",
  " ",
  "null",
  "true",
  "[]",
  "{}",
  "[",
  "{",
  "}",
  "]",
  ":",
  '{"__proto__":{"a":1}}',
  "../../etc/passwd",
  "<script>",
  "' OR 1=1 --",
  "%00",
  "A".repeat(300),
];

/** Some changes anywhere in a text: bytes exchanged, parts left out, doubled or swapped, odd tokens put in. */
export function mutated(text: string, random: Random): string {
  let result = text;
  for (let change = 1 + random.integer(3); change > 0; change--) {
    const at = random.integer(result.length + 1);
    const to = Math.min(result.length, at + 1 + random.integer(8));
    const kind = random.integer(6);
    const token = TOKENS[random.integer(TOKENS.length)];
    if (kind === 0) result = result.slice(0, at) + token + result.slice(at);
    else if (kind === 1) result = result.slice(0, at) + token + result.slice(to);
    else if (kind === 2) result = result.slice(0, at) + result.slice(to);
    else if (kind === 3) result = result.slice(0, at) + result.slice(at, to).repeat(3) + result.slice(to);
    else if (kind === 4)
      result = result.slice(0, at) + String.fromCharCode(random.integer(256)) + result.slice(at + 1);
    else result = result.slice(at) + result.slice(0, at);
  }
  return result;
}

/** Counts cases, and checks the time of each. */
class Watch {
  accepted = 0;
  refused = 0;
  private slowest = 0;

  async run(name: string, work: () => Promise<boolean>): Promise<void> {
    const start = performance.now();
    const isAccepted = await work();
    const milliseconds = performance.now() - start;
    if (milliseconds > LONGEST) throw new Error(`${name} took ${milliseconds} ms`);
    this.slowest = Math.max(this.slowest, milliseconds);
    if (isAccepted) this.accepted++;
    else this.refused++;
  }

  report(cases: number): FuzzReport {
    return { cases, accepted: this.accepted, refused: this.refused, slowestMilliseconds: this.slowest };
  }
}

/** Mutated lines among good ones: whatever they are, rows in are rows scored plus rows rejected, each reported once. */
export async function fuzzLines(model: ChurnModel, count: number, seed: number): Promise<FuzzReport> {
  const random = createRandom(seed, "fuzz lines");
  const folder = mkdtempSync(join(tmpdir(), "holdfast-fuzz-"));
  const rows = subscriberRows(1000, seed);
  const names = Object.keys(rows[0]);
  const [input, scores, rejects] = ["in.csv", "scores.ndjson", "rejects.ndjson"].map((name) =>
    join(folder, name),
  );
  const watch = new Watch();
  try {
    for (let done = 0; done < count; done += LINES_PER_FILE) {
      // Rarely a line that swallows all others: most files have some bad lines among good ones.
      const isGentle = random.next() < 0.9;
      const lines = Array.from({ length: LINES_PER_FILE }, () => {
        const row = rows[random.integer(rows.length)];
        const line = mutated(names.map((name) => row[name] ?? "").join(","), random);
        return isGentle ? line.replace(/["\r\n\ufeff]/g, "") : line;
      });
      writeFileSync(input, `${names.join(",")}\n${lines.join("\n")}\n`);
      await watch.run(`lines ${done} of seed ${seed}`, async () => {
        let summary: Awaited<ReturnType<typeof scoreFile>>;
        try {
          summary = await scoreFile(model, input, scores, { rejects, threads: 1 });
        } catch (error) {
          if (error instanceof HoldfastError && error.code.startsWith("data.")) return false;
          throw error;
        }
        const written = [scores, rejects].map((path) => readFileSync(path, "utf8").split("\n").length - 1);
        const blank = lines.filter((line) => /^[ \t]*$/.test(line)).length;
        const { rows: rowsIn, scored, rejected } = summary;
        const isWrong =
          rowsIn !== scored + rejected ||
          written[0] !== scored ||
          written[1] !== rejected ||
          (isGentle && rowsIn !== LINES_PER_FILE - blank);
        if (isWrong)
          throw new Error(
            `lines ${done} of seed ${seed}: ${JSON.stringify({ rowsIn, scored, rejected, written, blank })}`,
          );
        return true;
      });
    }
    return watch.report(count);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Mutated bodies of `POST /v1/predict`: answered, or refused with a status of the 400s. */
export async function fuzzBodies(model: ChurnModel, count: number, seed: number): Promise<FuzzReport> {
  const random = createRandom(seed, "fuzz bodies");
  const rows = subscriberRows(100, seed);
  const server = await createServer(model);
  const app = server.fastify as FastifyInstance;
  const watch = new Watch();
  try {
    for (let done = 0; done < count; done++) {
      const row = rows[random.integer(rows.length)];
      const body = random.next() < 0.7 ? { row } : { rows: [row, rows[0]], intervals: true };
      const payload = mutated(JSON.stringify(body), random);
      await watch.run(`body ${done} of seed ${seed}`, async () => {
        const headers = { "content-type": "application/json" };
        const { statusCode, body: answer } = await app.inject({
          method: "POST",
          url: "/v1/predict",
          headers,
          payload,
        });
        if (![200, 400, 404, 413].includes(statusCode))
          throw new Error(`${statusCode} for ${payload}: ${answer}`);
        JSON.parse(answer);
        return statusCode === 200;
      });
    }
    return watch.report(count);
  } finally {
    await server.close();
  }
}

/** Mutated model files, with hashes that fit: refused, or usable with finite predictions. */
export async function fuzzModels(model: ChurnModel, count: number, seed: number): Promise<FuzzReport> {
  const random = createRandom(seed, "fuzz models");
  const folder = mkdtempSync(join(tmpdir(), "holdfast-fuzz-"));
  const path = join(folder, "model.json");
  const good = JSON.stringify(model.scorer.content);
  const [row] = subscriberRows(1, seed);
  const watch = new Watch();
  const refusedOr = async (work: () => Promise<boolean>): Promise<boolean> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof HoldfastError) return false;
      throw error;
    }
  };
  try {
    for (let done = 0; done < count; done++) {
      await watch.run(`model ${done} of seed ${seed}`, () =>
        refusedOr(async () => {
          // One in fifty by way of a file and as text, the others as what a file holds.
          if (done % 50 === 0) {
            const text = mutated(good, random);
            const sha256 = createHash("sha256").update(text).digest("hex");
            writeFileSync(
              path,
              `{"format":"${FORMAT}","formatVersion":${FORMAT_VERSION},"sha256":"${sha256}","content":${text}}\n`,
            );
            (await loadCheckedModel(path)).predictOne(row);
            return true;
          }
          const content = JSON.parse(good) as unknown;
          for (let change = 1 + random.integer(3); change > 0; change--) replaceSomewhere(content, random);
          const result = await validateChurnModel(content, {});
          if ("problems" in result) return false;
          const { probability, tier } = new ChurnModel(result.content).predictOne(row);
          if (!(probability >= 0 && probability <= 1) || typeof tier !== "string")
            throw new Error(`model ${done}: ${probability}, ${tier}`);
          return true;
        }),
      );
    }
    return watch.report(count);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Puts something else in some place of a JSON value. */
function replaceSomewhere(value: unknown, random: Random): void {
  let place = value as Record<string, unknown>;
  for (;;) {
    const keys = Object.keys(place);
    const key = keys[random.integer(keys.length)];
    const next = place[key];
    const isInner = typeof next === "object" && next !== null && Object.keys(next).length > 0;
    if (isInner && random.next() < 0.85) {
      place = next as Record<string, unknown>;
      continue;
    }
    const others = [
      null,
      -1,
      0,
      1,
      0.5,
      1e308,
      -1e308,
      2 ** 31,
      2 ** 53,
      "",
      "x",
      true,
      [],
      {},
      [0],
      { a: 1 },
      TOKENS[random.integer(TOKENS.length)],
    ];
    const kind = random.integer(4);
    if (kind === 0) delete place[key];
    else if (kind === 1 && typeof next === "number") place[key] = next + (random.next() - 0.5) * 4;
    else if (kind === 2 && Array.isArray(place)) (place as unknown[]).push(next);
    else place[key] = others[random.integer(others.length)];
    return;
  }
}
