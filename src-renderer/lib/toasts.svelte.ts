/** Short notices at the window's edge, each with at most one thing to do, usually to undo. */
import { createContext } from "svelte";
import { shownError } from "./engine/errors.ts";

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly action: { readonly label: string; readonly run: () => void } | null;
}

const shownMillis = 8_000;

export class ToastsState {
  list = $state.raw<readonly Toast[]>([]);
  #nextId = 1;
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();

  show(text: string, action: Toast["action"] = null): void {
    const toast = { id: this.#nextId++, text, action };
    this.list = [...this.list, toast];
    this.resume(toast.id);
  }

  /** What was asked for could not be done, and why. */
  showError(thrown: unknown): void {
    const { problem, remedy } = shownError(thrown);
    this.show(`${problem} ${remedy}`);
  }

  /** Does what a person asked for; false where it could not be done, and then a notice says why. */
  async toldIfFailed(action: () => Promise<unknown>): Promise<boolean> {
    try {
      await action();
      return true;
    } catch (thrown) {
      this.showError(thrown);
      return false;
    }
  }

  dismiss(id: number): void {
    this.hold(id);
    this.list = this.list.filter((toast) => toast.id !== id);
  }

  /** Keeps a notice while a person points at it or stands in it. */
  hold(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }

  resume(id: number): void {
    this.hold(id);
    this.#timers.set(
      id,
      setTimeout(() => this.dismiss(id), shownMillis),
    );
  }
}

export const [toastsState, provideToasts] = createContext<ToastsState>();
