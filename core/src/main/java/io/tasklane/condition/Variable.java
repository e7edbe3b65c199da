package io.tasklane.condition;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;

/** What an expression may read. Which of them exist depends on where the expression stands. */
public enum Variable {
  /** The inputs of the workflow, by name. */
  INPUTS("inputs", MapType.create(SimpleType.STRING, SimpleType.DYN), false),
  /** The outputs of nodes that have succeeded, by node id. */
  OUTPUTS("outputs", MapType.create(SimpleType.STRING, SimpleType.DYN), true),
  /** The facts that have not expired, by the final part of their names. */
  FACTS("facts", MapType.create(SimpleType.STRING, SimpleType.DYN), true),
  /** The element, or the list of elements of the batch, of the innermost for-each. */
  ITEM("item", SimpleType.DYN, false),
  /** The position of the copy in the innermost for-each, from 0. */
  INDEX("index", SimpleType.INT, false),
  /** The event that is looked at: {@code event_type}, {@code subject}, {@code data} and so on. */
  EVENT("event", MapType.create(SimpleType.STRING, SimpleType.DYN), false),
  /** The events that a trigger has merged, in the order of the log. */
  EVENTS("events", ListType.create(MapType.create(SimpleType.STRING, SimpleType.DYN)), false);

  private final String word;
  private final CelType type;
  private final boolean namedOnly;

  Variable(String word, CelType type, boolean namedOnly) {
    this.word = word;
    this.type = type;
    this.namedOnly = namedOnly;
  }

  /** Its name in an expression. */
  public String word() {
    return word;
  }

  /**
   * Whether an expression must name the members it reads, as in {@code outputs.a}. Then it is known
   * beforehand what has to be loaded, and a name that does not exist is found when it is stored.
   */
  public boolean namedOnly() {
    return namedOnly;
  }

  CelType type() {
    return type;
  }
}
