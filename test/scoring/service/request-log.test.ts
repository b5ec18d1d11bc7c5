import { fastify } from "fastify";
import { expect, test } from "vitest";
import { lateLogger, RequestLog } from "../../../src/scoring/service/http/request-log.js";

test("lines of one turn are written in one piece, in their order", async () => {
  const pieces: string[] = [];
  const log = new RequestLog({ write: (text: string) => pieces.push(text) > 0 });
  log.request("info", "a-1", { status: 200 });
  log.write("other\n");
  log.request("error", "a-2", { status: 500 });
  expect(pieces).toEqual([]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(pieces.length).toBe(1);
  const [first, other, last] = pieces[0].trimEnd().split("\n");
  expect(JSON.parse(first)).toMatchObject({ level: 30, reqId: "a-1", status: 200, msg: "request" });
  expect(other).toBe("other");
  expect(JSON.parse(last)).toMatchObject({ level: 50, reqId: "a-2" });
});

test("the logger of a request has its id, also in loggers that are made of it", async () => {
  const lines: string[] = [];
  const app = fastify({
    logger: { level: "info", stream: { write: (line: string) => void lines.push(line) } },
    childLoggerFactory: lateLogger,
    genReqId: () => "r-1",
  });
  app.get("/", (request, reply) => {
    request.log.warn({ a: 1 }, "own");
    request.log.child({ b: 2 }).error("deeper");
    request.log.debug("not at this level");
    reply.send({ level: request.log.level });
  });
  const answer = await app.inject("/");
  await app.close();
  const own = lines.map((line) => JSON.parse(line)).filter(({ msg }) => ["own", "deeper"].includes(msg));
  expect(own).toMatchObject([
    { level: 40, reqId: "r-1", a: 1 },
    { level: 50, reqId: "r-1", b: 2 },
  ]);
  expect(answer.json()).toEqual({ level: "info" });
  expect(lines.join("")).not.toContain("not at this level");
});
