import { HoldfastError } from "../../../errors.js";
import type { MissingReportPart, ReportPart } from "../report.js";

/** Collects what could not be computed, so that one part that fails does not take the others with it. */
export class MissingParts {
  readonly list: MissingReportPart[] = [];

  add(part: ReportPart, reason: string): null {
    this.list.push({ part, reason });
    return null;
  }

  /** The part, or null with the reason noted, where data or model do not allow it. */
  async tried<Part>(part: ReportPart, compute: () => Part | Promise<Part>): Promise<Part | null> {
    try {
      return await compute();
    } catch (error) {
      if (!(error instanceof HoldfastError) || error.code === "aborted") throw error;
      return this.add(part, new HoldfastError(error.problems[0]).message);
    }
  }
}
