import type { Job } from "./journal.js";
import type { Reply } from "./run-jobs.js";

/** Answers the jobs that `runJobs` sends to this process, one after the other, until its parent ends. */
export function answerJobs<Each extends Job>(answer: (job: Each) => Promise<unknown>): void {
  process.on("message", async (job: Each) => {
    let reply: Reply;
    try {
      reply = { answer: await answer(job) };
    } catch (error) {
      reply = { error: String(error) };
    }
    process.send?.(reply);
  });
  process.on("disconnect", () => process.exit());
}
