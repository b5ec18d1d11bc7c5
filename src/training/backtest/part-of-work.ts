import type { LongWork } from "../../progress.js";

/** The watching of a part of long work: its name is before each phase. */
export function partOfWork({ onProgress, signal }: LongWork, name: string): LongWork {
  return { signal, onProgress: (event) => onProgress?.({ ...event, phase: `${name}: ${event.phase}` }) };
}
