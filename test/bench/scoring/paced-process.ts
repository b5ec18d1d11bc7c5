// A client in a separate process, whose memory is small, so that its garbage collection does not stop it for long: sends requests at a
// fixed rate to several servers in turns, and writes the quantiles of each turn. Started by the bench "http".

import { readFileSync } from "node:fs";
import { quantileSorted } from "simple-statistics";
import { type PacedTurns, pacedLoad, type Waits } from "./paced-client.js";

const { urls, bodies, turns, ...load } = JSON.parse(process.argv[2]) as PacedTurns;
const requests = JSON.parse(readFileSync(bodies, "utf8")) as string[];
const waits: Waits[][] = urls.map(() => []);
// The first turn is for the compilers of both sides.
for (let turn = 0; turn <= turns; turn++) {
  for (const [index, url] of urls.entries()) {
    const { latencies } = await pacedLoad(url, requests, load);
    if (turn > 0)
      waits[index].push({ p50: quantileSorted(latencies, 0.5), p99: quantileSorted(latencies, 0.99) });
  }
}
process.stdout.write(JSON.stringify(waits));
