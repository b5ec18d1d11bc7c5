// Runs the command line with the arguments given, and says on its last line what the process took: seconds of CPU of all
// threads, and the peak of memory.
import { fileURLToPath } from "node:url";

const main = new URL("../../../dist/cli/main.js", import.meta.url);
process.argv.splice(1, 1, fileURLToPath(main));
process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  console.log(`\n${JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1e6, peakMib: maxRSS / 1024 })}`);
});
await import(main.href);
