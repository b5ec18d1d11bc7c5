import { parentPort, workerData } from "node:worker_threads";
import { serveTasks } from "../../workers/protocol.js";
import { evaluateConfiguration, type Trial, type TuningProblem } from "./evaluate-configuration.js";

if (parentPort !== null) {
  serveTasks(parentPort, (trial: Trial) => evaluateConfiguration(trial, workerData as TuningProblem));
}
