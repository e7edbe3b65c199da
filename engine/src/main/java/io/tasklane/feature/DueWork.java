package io.tasklane.feature;

import io.tasklane.commit.CommandKind;

/**
 * Work that the passing of time causes. A node probes often, and submits the command only when
 * there is something to do.
 *
 * @param name for the log, such as "release due tasks"
 * @param probe SQL of one row with one boolean: whether there is anything to do, by the database's
 *     clock. It has to be cheap, as every node asks it every second
 * @param command does it: given how many things to do at most, it returns how many it did
 * @param batch how many things one command does at most, above 0
 * @param again from this result on there may be more to do at once, 1 to the batch
 */
public record DueWork(
    String name, String probe, CommandKind<Integer, Integer> command, int batch, int again) {
  private static final int USUAL_BATCH = 500;

  /** Work of which a batch that is not full leaves nothing to do. */
  public DueWork(String name, String probe, CommandKind<Integer, Integer> command) {
    this(name, probe, command, USUAL_BATCH, USUAL_BATCH);
  }

  /** Work in steps, of which there may be more to do until a command finds nothing. */
  public static DueWork inSteps(String name, String probe, CommandKind<Integer, Integer> command) {
    return new DueWork(name, probe, command, USUAL_BATCH, 1);
  }
}
