import type { Prediction } from "../../predict/prediction.js";
import { type Steps, stepsInTurns } from "../../steps.js";
import { WorkQueue } from "./http/work-queue.js";
import type { AnsweredPredict } from "./predict.js";

/** Requests that wait while one has its turns. */
const WAITING = 100;

/**
 * Gives the reasons of requests with many rows, one request after the other and a few milliseconds at a time: a row takes a
 * hundred times as long as its prediction, and the service answers others in between.
 */
export class ReasonTurns {
  private readonly queue = new WorkQueue(1, WAITING, "reasons of many rows");

  /**
   * Predictions with the reasons that they are still to get.
   * @param signal ends the work, or the waiting for it.
   * @throws ServiceError where too many wait; the reason of the signal.
   */
  withReasons(answered: AnsweredPredict, signal: AbortSignal): Promise<AnsweredPredict> {
    return this.queue.run(signal, async () => ({
      ...answered,
      predictions: await stepsInTurns(rowByRow(answered, signal)),
    }));
  }
}

function* rowByRow(
  { served, rows, predictions, reasonsLeft }: AnsweredPredict,
  signal: AbortSignal,
): Steps<Prediction[]> {
  const reasoned: Prediction[] = [];
  for (const [r, row] of rows.entries()) {
    signal.throwIfAborted();
    const { reasons } = served.model.predictOne(row, reasonsLeft);
    reasoned.push({ ...predictions[r], ...(reasons === undefined ? {} : { reasons }) });
    yield;
  }
  return reasoned;
}
