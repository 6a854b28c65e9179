/** State is compiled as the pages have it, for a browser, though it needs no document. */
export default {
  name: "pages",
  viteEnvironment: "client",
  setup: () => ({ teardown: () => {} }),
};
