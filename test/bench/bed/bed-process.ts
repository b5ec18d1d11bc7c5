/** Runs trainings of the benchmark `bed` that its parent process sends. */
import { answerJobs } from "../support/answer-jobs.js";
import { measureFold } from "./measure.js";

answerJobs(measureFold);
