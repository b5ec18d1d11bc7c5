import type { Server } from "node:http";
import type { Socket } from "node:net";

/** All connections of a server, in whichever state: also those that sent nothing yet, or half a request. */
export class Connections {
  /** How many there were so far. */
  accepted = 0;
  private readonly open = new Set<Socket>();

  constructor(server: Pick<Server, "on">) {
    server.on("connection", (socket: Socket) => {
      this.accepted++;
      this.open.add(socket);
      socket.once("close", () => this.open.delete(socket));
    });
  }

  /** Closes what is open, without a further word. */
  destroy(): void {
    for (const socket of this.open) socket.destroy();
  }
}
