import { appendFile, readFile } from "node:fs/promises";

/** Work whose answer depends on its key only, and on the library. */
export interface Job {
  readonly key: string;
}

/** Answers to jobs, kept in a file so that an interrupted benchmark continues. */
export interface Journal<Answer> {
  readonly answers: ReadonlyMap<string, Answer>;
  add(key: string, answer: Answer): Promise<void>;
}

/** The journal at a path, which may not exist yet; without a path one that forgets. */
export async function openJournal<Answer>(path: string | undefined): Promise<Journal<Answer>> {
  if (path === undefined) return { answers: new Map(), add: async () => {} };
  const lines = (await readFile(path, "utf8").catch(() => "")).split("\n");
  return {
    answers: new Map(lines.flatMap((line) => entryOf<Answer>(line))),
    // The line break comes first, so that what follows a line cut off by a kill can be read.
    add: (key, answer) => appendFile(path, `\n${JSON.stringify({ key, answer })}`),
  };
}

function entryOf<Answer>(line: string): [key: string, answer: Answer][] {
  try {
    const { key, answer } = JSON.parse(line) as { key: string; answer: Answer };
    return [[key, answer]];
  } catch {
    return [];
  }
}
