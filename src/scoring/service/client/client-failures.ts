import { HoldfastError } from "../../../errors.js";

/** What was asked when a service could not be reached. */
export interface Request {
  /** The client's function. */
  readonly functionName: string;
  readonly address: string;
  /** In milliseconds. */
  readonly timeout: number;
}

/** What is the matter, as a clause, and what to do about it. */
type Reason = readonly [expected: string, hint: string];

const START = "start one with createServer or holdfast serve, or check host and port";

/** By the codes of Node.js; other platforms give none. */
const REASONS: Readonly<Record<string, Reason>> = {
  ECONNREFUSED: ["must be the address of a running service, the connection was refused", START],
  ENOTFOUND: ["must have a host that exists, its name was not found", "check the host's name"],
  EAI_AGAIN: [
    "must have a host that exists, its name could not be looked up",
    "check the host's name and the network",
  ],
  EHOSTUNREACH: ["must be an address that this machine can reach", "check the host and the network"],
  ENETUNREACH: ["must be an address that this machine can reach", "check the host and the network"],
  ECONNRESET: [
    "must be the address of a scoring service, the connection was closed without an answer",
    "check port and scheme",
  ],
  UND_ERR_SOCKET: [
    "must be the address of a scoring service, the connection was closed without an answer",
    "check port and scheme",
  ],
  UND_ERR_CONNECT_TIMEOUT: [
    "must be an address that accepts connections, none was made in time",
    "check host and port",
  ],
};

/** Codes of certificates that the platform does not trust. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET)|ERR_TLS/;

/** The error for what `fetch` throws. The cause is what it threw. */
export function unreachable({ functionName, address, timeout }: Request, cause: unknown): HoldfastError {
  const [expected, hint] = isTimeout(cause)
    ? [
        `must answer within ${timeout.toLocaleString("en-US")} milliseconds`,
        "give createClient a longer `timeout`, or check that the address is that of a service",
      ]
    : reasonOf(address, cause);
  const problem = {
    code: "data.unreadable" as const,
    path: { function: functionName, file: address },
    expected,
    received: undefined,
    hint,
  };
  return new HoldfastError(problem, 1, { cause });
}

/** The error for an answer that no scoring service gives. */
export function noService(functionName: string, address: string, contentType: string | null): HoldfastError {
  return new HoldfastError({
    code: "data.unreadable",
    path: { function: functionName, file: address },
    expected: `must be an address of a scoring service, it answered ${contentType ?? "without a content type"}`,
    received: undefined,
    hint: "give createClient the address that server.listen() returns, and no further path",
  });
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === "TimeoutError";
}

function reasonOf(address: string, error: unknown): Reason {
  const codes = codesOf(error);
  const known = codes.find((code) => Object.hasOwn(REASONS, code));
  const isHttps = address.startsWith("https:");
  const plain = address.replace(/^https:/, "http:");
  if (isHttps && codes.some((code) => code === "EPROTO" || code.startsWith("ERR_SSL"))) {
    const hint = `write createClient(${JSON.stringify(plain)}), or put a proxy with a certificate before it`;
    return ["must be an address that speaks https, it does not", hint];
  }
  if (codes.some((code) => CERTIFICATE.test(code))) {
    return [
      "must have a certificate that this machine trusts",
      "set NODE_EXTRA_CA_CERTS to the file of its issuer",
    ];
  }
  if (known !== undefined) return REASONS[known];
  if (codes.some((code) => code.startsWith("HPE_"))) {
    return ["must be the address of an HTTP service, the answer is no HTTP", "check port and scheme"];
  }
  const cause = (error as { readonly cause?: unknown } | null)?.cause;
  const message = cause instanceof Error ? cause.message : String((error as Error | null)?.message ?? error);
  if (message === "bad port") {
    return ["must have a port that fetch may ask, this one is reserved", "let the service listen on 8080"];
  }
  return ["must be an address that can be reached", `${message.split("\n", 1)[0]}; ${START}`];
}

/** The codes of an error, its cause, and the errors of several addresses of a host. */
function codesOf(error: unknown): string[] {
  if (typeof error !== "object" || error === null) return [];
  const {
    code,
    cause,
    errors = [],
  } = error as {
    readonly code?: unknown;
    readonly cause?: unknown;
    readonly errors?: readonly unknown[];
  };
  return [...(typeof code === "string" ? [code] : []), ...codesOf(cause), ...errors.flatMap(codesOf)];
}
