import { count, describeProblem, HoldfastError, type Problem, showValue } from "../../errors.js";
import type { ErrorResponse } from "./api/contract.js";

/** An error of a request, with its HTTP status. */
export class ServiceError extends Error {
  override readonly name = "ServiceError";

  constructor(
    readonly statusCode: number,
    readonly code: string,
    message: string,
    readonly problems: readonly Problem[] = [],
    /** Seconds after which the same request may be sent again. */
    readonly retryAfter?: number,
  ) {
    super(message);
  }
}

/** The response for an error, and what may be logged of it: no value of the request. */
export interface Failure {
  readonly status: number;
  readonly body: ErrorResponse["error"];
  readonly logged: Readonly<Record<string, unknown>>;
}

/** Error codes of the HTTP framework that clients can cause, and the codes and messages of this service for them. */
const FRAMEWORK: Readonly<Record<string, readonly [code: string, message?: string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ["request.too-large"],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ["request.media-type"],
  FST_ERR_CTP_EMPTY_JSON_BODY: ["request.malformed"],
  FST_ERR_CTP_INVALID_JSON_BODY: ["request.malformed"],
  FST_ERR_BAD_URL: ["request.malformed", "the address is not valid"],
  FST_ERR_MAX_PARAM_LENGTH: ["request.too-large", "the address is too long"],
};

/** Codes of errors that the request can avoid: a model that can't give reasons is asked for none. */
const OF_REQUEST = /^(?:data\.|argument\.|model\.unexplained$)/;

/** @param contentType the header of the request. */
export function failureOf(error: unknown, requestId: string, contentType?: string): Failure {
  if (error instanceof HoldfastError && OF_REQUEST.test(error.code)) {
    const many = `${count(error.problemCount, "problem")}, listed in "problems"`;
    const problems = error.problems.map(ofRequest);
    const message = error.problemCount === 1 ? describeProblem(problems[0]) : many;
    return {
      status: 400,
      body: { code: error.code, message, requestId, problems: problems.map(plainProblem) },
      logged: { code: error.code, problems: error.problemCount, columns: columnsOf(error.problems) },
    };
  }
  if (error instanceof ServiceError) {
    const { statusCode, code, message, problems } = error;
    return {
      status: statusCode,
      body: { code, message, requestId, problems: problems.map(plainProblem) },
      logged: { code },
    };
  }
  const { statusCode = 500, code = "", message } = error as Error & { statusCode?: number; code?: string };
  // An error of the request, by its status: the framework's own message, which holds nothing internal.
  if (statusCode >= 400 && statusCode < 500) {
    const other = statusCode === 429 ? "request.too-many" : "request.malformed";
    const [name, sentence = message] = FRAMEWORK[code] ?? [other];
    if (name === "request.media-type") return mediaTypeFailure(name, requestId, contentType);
    return {
      status: statusCode,
      body: { code: name, message: sentence, requestId, problems: [] },
      logged: { code: name },
    };
  }
  return {
    status: 500,
    body: {
      code: "internal",
      message: "the service failed; see its log",
      requestId,
      problems: [],
    },
    logged: { code: "internal", ...traceOf(error) },
  };
}

/**
 * Where an unexpected error came from, and where its causes did: names and places in the code. Messages are left out, since those of
 * databases and parsers quote what they were given.
 */
function traceOf(error: unknown): { readonly error: string; readonly trace: string } {
  const names: string[] = [];
  const frames: string[] = [];
  for (let each = error; each instanceof Error && names.length < MOST_CAUSES; each = each.cause) {
    const { code } = each as NodeJS.ErrnoException;
    names.push(
      typeof code === "string" && /^[A-Za-z_.-]{1,50}$/.test(code) ? `${each.name} ${code}` : each.name,
    );
    frames.push(...(each.stack ?? "").split("\n").filter((line) => /^ {4}at [^\n]+:\d+:\d+\)?$/.test(line)));
  }
  return { error: names.join(", caused by ") || typeof error, trace: frames.join("\n") };
}

const MOST_CAUSES = 5;

/** The answer to a body that is not said to be JSON. */
function mediaTypeFailure(code: string, requestId: string, contentType: string | undefined): Failure {
  const problem: Problem = {
    code: "argument.invalid",
    path: { argument: "content-type" },
    expected: "must be application/json",
    received: contentType,
    hint: "send the header content-type: application/json",
  };
  const body = { code, message: describeProblem(problem), requestId, problems: [plainProblem(problem)] };
  return { status: 415, body, logged: { code } };
}

/** A problem in the words of a request: without the function of this package that found it. */
function ofRequest({ path, ...problem }: Problem): Problem {
  const { function: _, file: __, ...place } = path;
  return { ...problem, path: place };
}

function plainProblem({
  code,
  path,
  expected,
  received,
  hint,
}: Problem): ErrorResponse["error"]["problems"][number] {
  return {
    code,
    path: path as Record<string, string | number>,
    expected,
    ...(received === undefined ? {} : { received: showValue(received) }),
    ...(hint === undefined ? {} : { hint }),
  };
}

function columnsOf(problems: readonly Problem[]): string[] {
  return [...new Set(problems.flatMap(({ path }) => (path.column === undefined ? [] : [path.column])))].slice(
    0,
    20,
  );
}
