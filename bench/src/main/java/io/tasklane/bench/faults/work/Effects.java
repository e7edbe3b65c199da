package io.tasklane.bench.faults.work;

import java.io.IOException;

/** How a handler sees to it that its effect happens once, although its task may run again. */
interface Effects {
  /** Has the effect of this key unless it was had before; false where the target refuses it. */
  boolean once(String key) throws IOException;

  /**
   * Asks the target first, which then refuses smaller tokens: a run that was overtaken between its
   * question and its effect is too late.
   */
  static Effects ofTarget(Harness target) {
    return key -> target.knows(key) || target.effect(key);
  }
}
