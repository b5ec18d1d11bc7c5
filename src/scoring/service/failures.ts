import { HoldfastError, type Problem, showValue } from "../../errors.js";
import type { ErrorResponse } from "./contract.js";

/** An error of a request, with the status that says so. */
export class ServiceError extends Error {
  override readonly name = "ServiceError";

  constructor(
    readonly statusCode: number,
    readonly code: string,
    message: string,
    readonly problems: readonly Problem[] = [],
  ) {
    super(message);
  }
}

/** What is told of an error, and what may be logged of it: no value that came with the request. */
export interface Failure {
  readonly status: number;
  readonly body: ErrorResponse["error"];
  readonly logged: Readonly<Record<string, unknown>>;
}

/** Codes of the HTTP framework that users meet. */
const FRAMEWORK: Readonly<Record<string, string>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: "request.too-large",
  FST_ERR_CTP_INVALID_MEDIA_TYPE: "request.media-type",
  FST_ERR_CTP_EMPTY_JSON_BODY: "request.malformed",
  FST_ERR_CTP_INVALID_JSON_BODY: "request.malformed",
};

export function failureOf(error: unknown, requestId: string): Failure {
  if (error instanceof HoldfastError && /^(?:data|argument)\./.test(error.code)) {
    const message = error.problemCount === 1 ? error.message : `${error.problemCount} problems, see problems`;
    return {
      status: 400,
      body: { code: error.code, message, requestId, problems: error.problems.map(plainProblem) },
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
  const {
    statusCode = 500,
    code = "",
    message,
    stack,
  } = error as Error & { statusCode?: number; code?: string };
  // Whose status says that the request is at fault: the framework's own words, which hold nothing of ours.
  if (statusCode >= 400 && statusCode < 500) {
    const name = FRAMEWORK[code] ?? (statusCode === 429 ? "request.too-many" : "request.malformed");
    return {
      status: statusCode,
      body: { code: name, message, requestId, problems: [] },
      logged: { code: name },
    };
  }
  return {
    status: 500,
    body: {
      code: "internal",
      message: "something went wrong here; the log knows more",
      requestId,
      problems: [],
    },
    logged: { code: "internal", stack },
  };
}

function plainProblem({
  code,
  path,
  expected,
  received,
  hint,
}: Problem): ErrorResponse["error"]["problems"][number] {
  const { file: _, ...rest } = path;
  return {
    code,
    path: rest as Record<string, string | number>,
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
