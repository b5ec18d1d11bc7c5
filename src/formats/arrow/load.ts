import { HoldfastError } from "../../errors.js";

export type Arrow = typeof import("apache-arrow");

/**
 * Loads Arrow when it is first needed, and what reads compressed buffers where it is installed.
 * @throws HoldfastError `dependency.missing` when Arrow is not installed.
 */
export async function loadArrow(): Promise<Arrow> {
  const arrow = await importOr(() => import("apache-arrow"), missing("apache-arrow", "Arrow"));
  const { compressionRegistry: codecs } = arrow;
  // What the caller registered stays.
  if (codecs.get(LZ4)?.decode === undefined) {
    const lz4 = await import("lz4js").catch(() => undefined);
    if (lz4 !== undefined) codecs.set(LZ4, { decode: (bytes) => aligned(lz4.default.decompress(bytes)) });
  }
  if (codecs.get(ZSTD)?.decode === undefined) {
    const zstd = await import("fzstd").catch(() => undefined);
    if (zstd !== undefined) codecs.set(ZSTD, { decode: (bytes) => aligned(zstd.decompress(bytes)) });
  }
  return arrow;
}

/** Bytes that columns of 64-bit values can begin with. */
function aligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
}

/** The numbers that codecs have in the format. */
const LZ4 = 0;
const ZSTD = 1;

/** The error to throw for compressed buffers that nothing installed can read; undefined for other errors. */
export function missingCodec(error: unknown): HoldfastError | undefined {
  const isCodec = error instanceof Error && /compressed but codec not found/.test(error.message);
  return isCodec ? missing("lz4js fzstd", "compressed Arrow (LZ4 and Zstandard)")() : undefined;
}

async function importOr<Module>(
  load: () => Promise<Module>,
  failure: (error: unknown) => HoldfastError,
): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    throw failure(error);
  }
}

function missing(packages: string, what: string): (error?: unknown) => HoldfastError {
  return (error) => {
    const reason = error instanceof Error ? `; ${error.message.split("\n", 1)[0]}` : "";
    return new HoldfastError({
      code: "dependency.missing",
      path: {},
      expected: `must have ${packages.replace(" ", " and ")} installed to read ${what}`,
      received: undefined,
      hint: `npm install ${packages}${reason}`,
    });
  };
}
