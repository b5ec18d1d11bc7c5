/** Offsets in the memory through which a worker gets its orders: words of 4 bytes, then numbers of 8. */
export const MAILBOX = {
  /** Counts the orders sent. */
  orderedAt: 0,
  /** Counts orders carried out. */
  doneAt: 1,
  functionAt: 2,
  countAt: 3,
  failedAt: 4,
  numbersAt: 64,
  /** 64 bytes of words, and up to 24 arguments; the first is the result afterwards. */
  bytes: 64 + 24 * 8,
  /** Looks at the mailbox before falling asleep, some 0.2 ms: waking up takes longer than most orders. */
  spins: 20000,
} as const;

/**
 * What a worker runs, as text, so that it needs no file that a bundler could lose: it waits for an order, calls the
 * kernel's function with the arguments, leaves the result.
 */
export const WORKER_SOURCE = `
"use strict";
const { parentPort, workerData } = require("node:worker_threads");
const { module, memory, mailbox, names } = workerData;
const { exports } = new WebAssembly.Instance(module, { env: { memory } });
const functions = names.map((name) => exports[name]);
const words = new Int32Array(mailbox);
const numbers = new Float64Array(mailbox, ${MAILBOX.numbersAt});
parentPort.postMessage("started");
for (let done = 0; ; done++) {
  for (let spin = 0; spin < ${MAILBOX.spins} && Atomics.load(words, ${MAILBOX.orderedAt}) === done; spin++);
  while (Atomics.load(words, ${MAILBOX.orderedAt}) === done) Atomics.wait(words, ${MAILBOX.orderedAt}, done);
  try {
    const args = numbers.subarray(0, words[${MAILBOX.countAt}]);
    numbers[0] = Number(functions[words[${MAILBOX.functionAt}]](...args) ?? 0);
  } catch {
    words[${MAILBOX.failedAt}] = 1;
  }
  Atomics.add(words, ${MAILBOX.doneAt}, 1);
  Atomics.notify(words, ${MAILBOX.doneAt});
}
`;
