/** Work that may be interrupted after each step, so that a service can answer in between. */
export type Steps<Result> = Generator<void, Result>;

/** Does all steps now. */
export function allSteps<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Does steps for some milliseconds at a time, and lets others have their turn between. */
export async function stepsInTurns<Result>(steps: Steps<Result>, milliseconds = 4): Promise<Result> {
  for (;;) {
    const end = performance.now() + milliseconds;
    do {
      const step = steps.next();
      if (step.done) return step.value;
    } while (performance.now() < end);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
