const LONG_DIGITS = /[0-9]{16}/;
/** A string, which is skipped, or an integer of 16 digits or more. */
const LONG_INTEGER = /"(?:[^"\\]|\\.)*"|(?<![0-9.eE+-])-?[0-9]{16,}(?![0-9.eE])/g;

/** The value of a JSON text, integers beyond ±2^53 as strings. For invalid JSON it returns the error and does not throw. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(withLongIntegers(text)) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return error;
    throw error;
  }
}

/** The JSON text with its integers beyond ±2^53 as strings, so that no digit of an id is lost. */
export function withLongIntegers(text: string): string {
  return LONG_DIGITS.test(text) ? text.replace(LONG_INTEGER, quoteUnsafe) : text;
}

function quoteUnsafe(token: string): string {
  return token.startsWith('"') || Number.isSafeInteger(Number(token)) ? token : `"${token}"`;
}
