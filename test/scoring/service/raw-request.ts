import { connect, type Socket } from "node:net";

/** A connection on which a test sends what no HTTP client would. */
export interface RawConnection {
  readonly socket: Socket;
  /** All that was answered, once the connection is closed. */
  readonly answer: Promise<string>;
}

/** Opens a connection to a service, and sends a text. */
export function rawRequest(url: string, text: string): RawConnection {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  let received = "";
  socket.setEncoding("utf8").on("data", (data: string) => {
    received += data;
  });
  const answer = new Promise<string>((resolve) => {
    socket.on("error", () => {});
    socket.on("close", () => resolve(received));
  });
  if (text !== "") socket.write(text);
  return { socket, answer };
}

/** The text of a `POST` of JSON. */
export function postText(
  path: string,
  body: unknown,
  headers: readonly string[] = ["connection: close"],
): string {
  const json = JSON.stringify(body);
  const lines = [
    `POST ${path} HTTP/1.1`,
    "host: x",
    "content-type: application/json",
    `content-length: ${Buffer.byteLength(json)}`,
    ...headers,
  ];
  return `${lines.join("\r\n")}\r\n\r\n${json}`;
}
