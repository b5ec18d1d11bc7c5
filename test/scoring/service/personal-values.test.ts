import { Writable } from "node:stream";
import { expect, test } from "vitest";
import type { ChurnModel } from "../../../src/predict/churn-model.js";
import { postText, rawRequest } from "./raw-request.js";
import { model, nameless, ROW, services, TOKEN } from "./service-helpers.js";

const { opened, serve } = services();

/** Fails in a way that nothing is prepared for, with a message that quotes the row. */
const failing = Object.create(model, {
  predictOne: {
    value: (row: object) => {
      throw new TypeError(`cannot read ${JSON.stringify(row)}`);
    },
  },
}) as ChurnModel;

/** Requests, each with a value that only it holds. */
function requests(): readonly string[] {
  let last = 0;
  const mark = () => `PERSONAL${++last}VALUE`;
  const row = (changes: object) => ({ row: { ...ROW, subscriber: mark(), ...changes } });
  const named = (name: string, body: object) => ({ model: name, ...body });
  const predict = (body: unknown, headers?: readonly string[]) => postText("/v1/predict", body, headers);
  const withToken = (text: string) => text.replace("host: x", `host: x\r\nauthorization: Bearer ${TOKEN}`);
  const known = [
    predict(row({})),
    predict(row({ 套餐: mark() })),
    predict(row({ tenure: mark() })),
    predict(row({ subscriber: { name: mark() } })),
    predict(row({ [mark()]: mark() })),
    predict({ rows: [{ ...ROW, tenure: mark() }, { [mark()]: 1 }, mark()] }),
    predict({ ...row({}), [mark()]: mark() }),
    predict({ row: mark() }),
    predict(mark()),
    predict(named(mark(), row({}))),
    predict(named("failing", row({}))),
    predict(named("shadowed", row({ 套餐: mark() }))),
    postText(`/v1/${mark()}`, row({})),
    postText(`/v1/predict?name=${mark()}`, row({})),
    postText(`/v1/%zz${mark()}`, row({})),
    postText("/healthz", row({})),
    predict(row({})).replace("POST", "PUT"),
    predict(row({})).replace("application/json", "text/plain"),
    predict(row({})).replace("application/json", mark()),
    predict(row({ note: `${"x".repeat(3000)}${mark()}` })),
    predict(row({})).replace('{"row"', `{"row" ${mark()}`),
    predict(row({})).replace('"row":{', `"row":{"__proto__":{"a":"${mark()}"},`),
    predict(row({})).replace(/content-length: \d+/, "content-length: 20"),
    predict(row({})).replace(/content-length: \d+/, `content-length: ${mark()}`),
    predict(row({ 套餐: `${mark()}\u0000` })),
    `GET /v1/model/${mark()} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`,
  ].map(withToken);
  return [
    ...known,
    predict(row({})),
    predict(row({})).replace("host: x", `host: x\r\nauthorization: Bearer ${mark()}`),
    `${mark()}\r\n\r\n`,
  ];
}

test("no value of a request is in the log, nor in the answer to another one, whatever fails", async () => {
  const lines: string[] = [];
  const log = new Writable({
    write(chunk, _, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const url = await serve(
    {
      log,
      tokens: [{ name: "crm", token: TOKEN }],
      bodyLimit: 2000,
      requestTimeout: 1000,
      default: "shadowed",
      shadow: "failing",
    },
    { shadowed: model, failing, nameless },
  );
  const statuses = new Set<string>();
  const marksOf = (text: string) => new Set(text.match(/PERSONAL\d+VALUE/g));
  for (const request of requests()) {
    const answer = await rawRequest(url, request).answer;
    statuses.add(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? "none");
    const own = marksOf(request);
    for (const found of marksOf(answer))
      expect(own.has(found), `${found} in the answer to another`).toBe(true);
    if (/^HTTP\/1\.1 5/.test(answer)) expect([...marksOf(answer)]).toEqual([]);
  }
  await Promise.all(opened.splice(0).map((server) => server.close()));
  expect([...statuses].sort()).toEqual(["200", "400", "401", "404", "405", "413", "415", "500"]);
  const text = lines.join("");
  expect(text).toContain('"status":500');
  expect(text).toContain("shadow failed");
  expect([...marksOf(text)]).toEqual([]);
});
