import { HoldfastError, Problems } from "../../errors.js";
import type { SubscriberFacts } from "../../history/fact-relations.js";
import type { VectorFromFactsOptions } from "../../history/vector-from-facts.js";
import type { SubscriberVector } from "../../history/vector-of.js";
import type { PredictOptions } from "../../predict/prediction.js";
import { vectorRequest } from "./contract.js";
import { ServiceError } from "./failures.js";
import type { ModelShelf, ServedModel } from "./models.js";

/** What a body of `POST /v1/vector` asks for, and the vector of its facts; undefined for a subscriber who is not active. */
export interface VectorOfRequest {
  readonly served: ServedModel;
  readonly vector: SubscriberVector | undefined;
  readonly options: PredictOptions;
  readonly showsDetails: boolean;
}

/** @throws HoldfastError with all problems. @throws ServiceError for an unknown model, and when it takes too long. */
export async function vectorOfRequest(
  body: unknown,
  shelf: ModelShelf,
  history: VectorFromFactsOptions,
  timeout: number,
): Promise<VectorOfRequest> {
  const parsed = vectorRequest.safeParse(body);
  const problems = new Problems();
  for (const { path, message } of parsed.error?.issues ?? []) {
    const argument = path.join(".").slice(0, 100) || "body";
    problems.add({ code: "data.wrong-type", path: { argument }, expected: message, received: undefined });
  }
  problems.throwIfAny();
  const {
    model,
    intervals,
    details = true,
    facts,
    at = history.population.at,
  } = parsed.data as NonNullable<typeof parsed.data>;
  const served = shelf.findOrFail(model);
  const { vectorFromFacts } = await import("../../history/vector-from-facts.js");
  const work = vectorFromFacts(facts as SubscriberFacts, at, history).catch((error: unknown) => {
    throw isOfRequest(error) ? error : new Error(`vectors can't be made: ${error}`, { cause: error });
  });
  const vector = await within(work, timeout);
  return { served, vector, options: { intervals, details: true }, showsDetails: details };
}

/** Whether an error is about the facts or the cutoff; others are about how the service was created. */
function isOfRequest(error: unknown): boolean {
  return (
    error instanceof HoldfastError &&
    error.problems.every(({ path: { argument } }) => argument === "at" || argument?.startsWith("facts"))
  );
}

/** @throws ServiceError 503 when the work takes longer. */
async function within<Result>(work: Promise<Result>, milliseconds: number): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new ServiceError(503, "request.timeout", `no answer within ${milliseconds} ms`);
    timer = setTimeout(() => reject(error), milliseconds);
  });
  work.catch(() => {});
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
