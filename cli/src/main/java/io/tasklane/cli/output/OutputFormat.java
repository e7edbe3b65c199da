package io.tasklane.cli.output;

import com.google.gson.JsonElement;

/** What an answer is printed as. */
public enum OutputFormat {
  /** Columns for people. */
  TABLE,
  /** One JSON object or array for programs, with the names of proto JSON. */
  JSON,
  /** The same as JSON, as a document of YAML 1.2. */
  YAML,
  /** A diagram in the language of Mermaid; only of what has one. */
  MERMAID;

  /** Whether programs read it, so that nothing but the answer may be printed. */
  public boolean isData() {
    return this == JSON || this == YAML;
  }

  /**
   * The whole answer.
   *
   * @param tree what the answer says
   * @return its text, of several lines, without the last line break
   */
  public String document(JsonElement tree) {
    return this == YAML ? Yaml.of(tree) : Json.pretty(tree);
  }

  /**
   * One of several answers that follow each other.
   *
   * @param tree what it says
   * @return one line of JSON, or a document of YAML that begins with "---"
   */
  public String next(JsonElement tree) {
    return this == YAML ? "---\n" + Yaml.of(tree) : Json.line(tree);
  }
}
