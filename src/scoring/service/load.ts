import { HoldfastError } from "../../errors.js";

/** Loads the HTTP framework when it is first needed. @throws HoldfastError `dependency.missing`. */
export function loadFastify(): Promise<Pick<typeof import("fastify"), "fastify" | "LogController">> {
  return loaded("fastify", async () => (await import("fastify")).default);
}

export function loadPrometheus(): Promise<typeof import("prom-client")> {
  return loaded("prom-client", async () => (await import("prom-client")).default);
}

export async function loadRateLimit(): Promise<typeof import("@fastify/rate-limit")["default"]> {
  return loaded("@fastify/rate-limit", async () => (await import("@fastify/rate-limit")).default);
}

async function loaded<Library>(name: string, load: () => Promise<Library>): Promise<Library> {
  try {
    return await load();
  } catch (error) {
    throw new HoldfastError({
      code: "dependency.missing",
      path: { function: "createServer" },
      expected: `must have ${name} installed to serve`,
      received: undefined,
      hint: `npm install fastify prom-client @fastify/rate-limit; ${error instanceof Error ? error.message.split("\n", 1)[0] : error}`,
    });
  }
}
