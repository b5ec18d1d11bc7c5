import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import type { SupervisedService } from "./supervised-service.js";
import { type Chaos, pick } from "./tally.js";

/** Replaces the model of a service by good ones and by harmful ones, and has it read its tokens again. */
export async function replaceModels(
  { tally, random, end }: Chaos,
  service: SupervisedService,
  path: string,
  good: readonly string[],
  everyMs: number,
): Promise<void> {
  const [first] = good;
  const text = readFileSync(first, "utf8");
  const harmful: readonly (readonly [name: string, content: () => string | Buffer])[] = [
    ["cut short", () => text.slice(0, text.length >> 1)],
    ["edited", () => text.replace('"seed":0', '"seed":1')],
    ["nested deeply", () => "[".repeat(1_000_000)],
    ["200 MB of blanks in a small file", () => gzipSync(Buffer.alloc(200_000_000, " "), { level: 1 })],
    ["empty", () => ""],
  ];
  for (let round = 0; !end.aborted; round++) {
    await pause(everyMs, undefined, { signal: end }).catch(() => undefined);
    while (service.isStarting) await pause(50);
    const isGood = round % 2 === 0;
    service.hasHarmfulModel = !isGood;
    const [name, content] = isGood
      ? ["good", () => readFileSync(good[(round >> 1) % good.length])]
      : harmful[pick(random, harmful.length)];
    writeFileSync(`${path}.next`, content());
    renameSync(`${path}.next`, path);
    tally.add("model replaced", name);
    // A service that starts reads only a good one.
    await pause(everyMs >> 1);
    if (!isGood) {
      writeFileSync(`${path}.next`, readFileSync(first));
      renameSync(`${path}.next`, path);
      service.hasHarmfulModel = false;
    }
    service.signal("SIGHUP");
  }
}
