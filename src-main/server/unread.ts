/**
 * A window that reads slower than it asks. While much is unread its next calls are not read either, so that it waits for itself. What it is told without
 * asking still piles up: beyond a bound its connection is closed, and it comes back to a snapshot. So is one that
 * does not catch up within the keep-alive's 25 seconds (`connections.ts`), since its sign of life is among what is not read.
 */

/** Of the `ws` library's socket what is needed here. */
interface SendingSocket {
  readonly bufferedAmount: number;
  readonly isPaused: boolean;
  send(data: unknown, onSent?: (error?: Error) => void): void;
  pause(): void;
  resume(): void;
  terminate(): void;
}

/** A window that keeps up has less than one answer unread. */
const enoughUnreadBytes = 4_000_000;
/** More than any one answer. One that is larger is still sent: it is looked at before the next. */
const mostUnreadBytes = 64_000_000;

export function waitForReader(socket: SendingSocket): void {
  const send = socket.send.bind(socket);
  const goOn = (): void => {
    if (socket.isPaused && socket.bufferedAmount <= enoughUnreadBytes) socket.resume();
  };
  socket.send = (data) => {
    if (socket.bufferedAmount > mostUnreadBytes) return socket.terminate();
    send(data, goOn);
    if (socket.bufferedAmount > enoughUnreadBytes) socket.pause();
  };
}
