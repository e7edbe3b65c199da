package io.tasklane.trading.analysis;

/** Judges a brief. It may quote only what the brief says. */
public interface Analyst {
  /** What results call it in {@code analyst}, such as "rules". */
  String name();

  /** The judgement. */
  Judgement judge(Brief brief);
}
