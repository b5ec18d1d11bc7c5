import { expect } from "vitest";
import type { ProgressEvent } from "../../src/progress.js";

/** Checks that within each phase `done` never falls, never passes `total` and ends there, and that phases do not mix. */
export function expectSteadyProgress(events: readonly ProgressEvent[]): void {
  expect(events.length).toBeGreaterThan(1);
  const finished = new Set<string>();
  events.forEach(({ phase, done, total }, i) => {
    const next = events[i + 1];
    expect(done).toBeLessThanOrEqual(total);
    expect(finished).not.toContain(phase);
    if (next?.phase === phase) {
      expect(next.done).toBeGreaterThanOrEqual(done);
      expect(next.total).toBe(total);
    } else {
      expect(done).toBe(total);
      finished.add(phase);
    }
  });
}
