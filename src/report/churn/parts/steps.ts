import { type LongWork, Pulse } from "../../../progress.js";

const PHASES = [
  "scoring",
  "evaluation",
  "worth",
  "drift",
  "profile",
  "explanation",
  "examples",
  "done",
] as const;

/** Reports which part of a report is being computed, and lets an abort through between two. */
export class Steps {
  private readonly pulse: Pulse;

  constructor(work: LongWork) {
    this.pulse = new Pulse(work);
  }

  async next(part: (typeof PHASES)[number]): Promise<void> {
    this.pulse.report({
      phase: "report",
      done: PHASES.indexOf(part),
      total: PHASES.length - 1,
      detail: part,
    });
    await this.pulse.beat();
  }
}
