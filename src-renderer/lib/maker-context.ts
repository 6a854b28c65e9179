import { createContext } from "svelte";

/**
 * For state that each component has of its own: the app provides how one is made, with what it needs, and a component makes its own at the top of its
 * script.
 */
export function createMakerContext<T>(): [make: () => T, provide: (make: () => T) => void] {
  const [maker, provide] = createContext<() => T>();
  return [() => maker()(), provide];
}
