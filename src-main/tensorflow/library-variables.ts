/**
 * What TensorFlow's library is told by variables, which it reads when it is loaded. On Windows a library sees those that its process began with, and none that was
 * set later, so programs that load it are started with them.
 */
export const libraryVariables: Readonly<Record<string, string>> = {
  /** Its warnings and errors alone. */
  TF_CPP_MIN_LOG_LEVEL: "2",
  /** Else it sets up each backward convolution anew in each step, to save the few MiB that keeping them takes. */
  TF_MKL_OPTIMIZE_PRIMITIVE_MEMUSE: "0",
};
