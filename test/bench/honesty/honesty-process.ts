/** Runs trainings of the benchmark `honesty` that its parent process sends. */
import { answerJobs } from "../support/answer-jobs.js";
import { measure } from "./measure.js";

answerJobs(measure);
