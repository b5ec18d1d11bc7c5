import { Agent, request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { ChurnModel } from "../../../src/predict/churn-model.js";
import type { Row } from "../../../src/predict/row-reader.js";
import type { SupervisedService } from "./supervised-service.js";
import { type Chaos, pick } from "./tally.js";

/** What one answer of `POST /v1/predict` holds. */
interface Answer {
  readonly version: string;
  readonly predictions: readonly { readonly id: string; readonly probability: number }[];
}

/**
 * A client that does everything right, over one connection that it keeps: each answer must be one version's predictions, to the last
 * bit, in the order of its rows, and none may be lost, as long as the service is up.
 */
export async function honestClient(
  { tally, random, end }: Chaos,
  service: SupervisedService,
  token: string,
  rows: readonly Row[],
  models: readonly ChurnModel[],
  everyMs: number,
): Promise<void> {
  const expected = new Map(
    models.map((model) => [model.scorer.contentHash.slice(0, 12), rows.map((row) => model.predictOne(row))]),
  );
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  while (!end.aborted) {
    await pause(everyMs);
    const from = pick(random, rows.length - 20);
    const count = random() < 0.2 ? 20 : 1;
    const body = JSON.stringify({ model: "main", rows: rows.slice(from, from + count) });
    const wasUp = service.isUp;
    const start = performance.now();
    try {
      const { status, text } = await ask(agent, service.port, token, body);
      tally.add("honest client", status);
      if (status !== 200) {
        tally.breach(`an honest client got ${status}: ${text.slice(0, 200)}`);
        continue;
      }
      tally.latencies.push(performance.now() - start);
      const { version, predictions } = JSON.parse(text) as Answer;
      const right = expected.get(version)?.slice(from, from + count);
      const isRight =
        right?.length === predictions.length &&
        right.every(
          ({ id, probability }, i) => predictions[i].id === id && predictions[i].probability === probability,
        );
      if (!isRight) tally.breach("an answer was not that of its model and rows");
      tally.add("honest client", "rows answered rightly", isRight ? count : 0);
    } catch (error) {
      const { code = String(error) } = error as NodeJS.ErrnoException;
      if (code === "ECONNREFUSED" && !(wasUp && service.isUp)) {
        tally.add("honest client", "not connected while the service was started again");
        await pause(50);
      } else tally.breach(`an honest client was cut off: ${code}`);
    }
  }
  agent.destroy();
}

function ask(
  agent: Agent,
  port: number,
  token: string,
  body: string,
): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const headers = {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
      authorization: `Bearer ${token}`,
    };
    const sent = request({ agent, port, host: "127.0.0.1", path: "/v1/predict", method: "POST", headers });
    sent.on("error", reject);
    sent.on("response", (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (piece: string) => {
        text += piece;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
      response.on("error", reject);
    });
    sent.end(body);
  });
}
