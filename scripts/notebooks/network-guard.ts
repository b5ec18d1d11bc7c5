import type { Cell } from "./notebook.js";

/**
 * Runs in the kernel before the first cell: a connection to anything but this machine fails, and names what was asked for. Node's
 * sockets, Deno's and `fetch` are all that a cell has.
 */
const GUARD = `
const nodeNet = await import("node:net");
const isHere = (host) => ["localhost", "127.0.0.1", "::1", "[::1]", undefined].includes(host);
const refuse = (what) => { throw new Error("a notebook may not ask the network: " + what); };
const { fetch: fetchOfKernel } = globalThis;
globalThis.fetch = (input, init) => {
  const { hostname, href } = new URL(input instanceof Request ? input.url : String(input));
  return isHere(hostname) ? fetchOfKernel(input, init) : refuse(href);
};
const { connect: connectOfKernel } = Deno;
Deno.connect = (options) => (isHere(options.hostname) ? connectOfKernel(options) : refuse(options.hostname));
const { connect: connectOfSocket } = nodeNet.Socket.prototype;
nodeNet.Socket.prototype.connect = function (...given) {
  const [first, second] = Array.isArray(given[0]) ? given[0] : given;
  const host = typeof first === "object" ? first.host : typeof second === "string" ? second : undefined;
  return isHere(host) ? connectOfSocket.apply(this, given) : refuse(host);
};
undefined;
`;

export const GUARD_CELL: Cell = {
  cell_type: "code",
  id: "guard",
  metadata: {},
  source: GUARD,
  execution_count: null,
  outputs: [],
};
