import type { FastifyReply } from "fastify";
import { ServiceError } from "../failures.js";

/** Is aborted when the client of an answer has gone, and when the answer takes too long. */
export function limitOf({ raw }: FastifyReply, milliseconds: number): AbortSignal {
  const controller = new AbortController();
  const late = new ServiceError(503, "request.timeout", `no answer within ${milliseconds} ms`, [], 1);
  const timer = setTimeout(() => controller.abort(late), milliseconds);
  raw.once("close", () => {
    clearTimeout(timer);
    if (!raw.writableFinished) controller.abort(new ServiceError(499, "request.gone", "the client has gone"));
  });
  return controller.signal;
}
