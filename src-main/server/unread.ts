/** What is sent to a window that does not read it would pile up here: its connection is closed, and it comes back to a snapshot. */

/** Of the `ws` library's socket what is needed here. */
interface SendingSocket {
  readonly bufferedAmount: number;
  send(...message: unknown[]): void;
  terminate(): void;
}

/** More than any one answer. One that is larger is still sent: it is looked at before the next. */
const mostUnreadBytes = 64_000_000;

export function closeWhenUnread(socket: SendingSocket): void {
  const send = socket.send.bind(socket);
  socket.send = (...message) => {
    if (socket.bufferedAmount > mostUnreadBytes) socket.terminate();
    else send(...message);
  };
}
