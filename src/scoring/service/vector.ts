import { HoldfastError, Problems } from "../../errors.js";
import type { SubscriberFacts } from "../../history/fact-relations.js";
import type { VectorFromFactsOptions } from "../../history/vector-from-facts.js";
import type { SubscriberVector } from "../../history/vector-of.js";
import type { PredictOptions } from "../../predict/prediction.js";
import { vectorRequest } from "./api/contract.js";
import type { WorkQueue } from "./http/work-queue.js";
import type { ModelShelf, ServedModel } from "./models.js";
import { checkReasonsOf } from "./predict.js";

/** What a body of `POST /v1/vector` asks for, and the vector of its facts; undefined for a subscriber who is not active. */
export interface VectorOfRequest {
  readonly served: ServedModel;
  readonly vector: SubscriberVector | undefined;
  readonly options: PredictOptions;
  readonly showsDetails: boolean;
}

/**
 * @param signal ends the work, or the waiting for it.
 * @throws HoldfastError with all problems. @throws ServiceError for an unknown model, and where too many wait; the reason of the signal.
 */
export async function vectorOfRequest(
  body: unknown,
  shelf: ModelShelf,
  history: VectorFromFactsOptions,
  queue: WorkQueue,
  signal: AbortSignal,
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
    reasons,
    locale,
    facts,
    at = history.population.at,
  } = parsed.data as NonNullable<typeof parsed.data>;
  const served = shelf.findOrFail(model);
  if (reasons) checkReasonsOf(served.model);
  const { vectorFromFacts } = await import("../../history/vector-from-facts.js");
  const vector = await queue.run(signal, () =>
    vectorFromFacts(facts as SubscriberFacts, at, { ...history, signal }).catch((error: unknown) => {
      // Also where it was too late already when the database ended.
      signal.throwIfAborted();
      throw isOfRequest(error) ? error : new Error("vectors can't be made", { cause: error });
    }),
  );
  return { served, vector, options: { intervals, details: true, reasons, locale }, showsDetails: details };
}

/** Whether an error is about the facts or the cutoff; others are about how the service was created. */
function isOfRequest(error: unknown): boolean {
  return (
    error instanceof HoldfastError &&
    error.problems.every(({ path: { argument } }) => argument === "at" || argument?.startsWith("facts"))
  );
}
