import { type ChildProcess, fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { type Job, openJournal } from "./journal.js";

/** How jobs are run. */
export interface RunJobsOptions {
  /** What progress on standard error begins with. */
  readonly bench: string;
  /** The script that answers the jobs, by `answerJobs`. */
  readonly script: URL;
  /** Processes at a time. Default: one per processor. */
  readonly threads?: number | undefined;
  /** An NDJSON file of answers: those it holds are not computed again, new ones are appended. Default: none. */
  readonly journal?: string | undefined;
  /** Only what the journal holds. */
  readonly recorded?: boolean | undefined;
}

/** What a process sends back. */
export type Reply = { readonly answer: unknown } | { readonly error: string };

/**
 * The answers to jobs, by key. Each is computed in one of several processes, in the order of the jobs. A job that fails
 * is reported on standard error and has no answer; the others continue, and the exit code becomes 1.
 */
export async function runJobs<Answer>(
  jobs: readonly Job[],
  { bench, script, threads = availableParallelism(), journal: path, recorded = false }: RunJobsOptions,
): Promise<ReadonlyMap<string, Answer>> {
  const journal = await openJournal<Answer>(path);
  const answers = new Map<string, Answer>();
  for (const { key } of jobs) {
    const answer = journal.answers.get(key);
    if (answer !== undefined) answers.set(key, answer);
  }
  const open = recorded ? [] : jobs.filter(({ key }) => !answers.has(key));
  process.stderr.write(`${bench}: ${jobs.length} jobs, ${answers.size} of them in the journal\n`);
  const started = performance.now();
  let next = 0;
  let done = 0;

  async function work(): Promise<void> {
    const child = fork(fileURLToPath(script));
    try {
      while (next < open.length) {
        const job = open[next++];
        const reply = await replyOf(child, job);
        done++;
        const minutes = (performance.now() - started) / 60_000;
        const left = `${minutes.toFixed(1)} min, ${((minutes / done) * (open.length - done)).toFixed(1)} left`;
        if ("error" in reply) {
          process.exitCode = 1;
          process.stderr.write(`${bench}: ${job.key} failed: ${reply.error}\n`);
        } else {
          answers.set(job.key, reply.answer as Answer);
          await journal.add(job.key, reply.answer as Answer);
          process.stderr.write(`${bench}: ${done} of ${open.length} (${left}): ${job.key}\n`);
        }
      }
    } finally {
      child.kill();
    }
  }
  await Promise.all(Array.from({ length: Math.min(threads, open.length) }, work));
  return answers;
}

function replyOf(child: ChildProcess, job: Job): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null, signal: string | null) =>
      reject(new Error(`the process of ${job.key} ended with ${signal ?? `code ${code}`}`));
    child.once("exit", ended);
    child.once("message", (reply: Reply) => {
      child.off("exit", ended);
      resolve(reply);
    });
    child.send(job);
  });
}
