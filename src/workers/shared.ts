/** A copy in memory that every thread sees. */
export function shared<Values extends Uint8Array | Int32Array | Float64Array>(values: Values): Values {
  const copy = new (values.constructor as new (buffer: SharedArrayBuffer) => Values)(
    new SharedArrayBuffer(values.byteLength),
  );
  copy.set(values);
  return copy;
}
