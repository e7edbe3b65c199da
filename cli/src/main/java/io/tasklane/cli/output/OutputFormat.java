package io.tasklane.cli.output;

/** What an answer is printed as. */
public enum OutputFormat {
  /** Columns for people. */
  TABLE,
  /** One JSON object or array for programs, with the names of proto JSON. */
  JSON,
  /** A diagram in the language of Mermaid; only of what has one. */
  MERMAID
}
