package io.tasklane.differential;

/**
 * A way in which the commands of a script reach the database.
 *
 * @param together whether the commands of a step meet in one transaction, else each comes alone
 * @param companion whether each transaction carries a command of another kind, so that one round
 *     trip does not fit
 * @param cuts whether connections are cut, before or after a commit, on one step in six
 * @param nodes committers that take the steps in turn
 */
record Route(boolean together, boolean companion, boolean cuts, int nodes) {
  /** One command after another, as short a way as there is for each. */
  static final Route ALONE = new Route(false, false, false, 1);

  /** One after another by two nodes, whose answers are lost. */
  static final Route LOSING = new Route(false, false, true, 2);

  /** All others. */
  static final Route[] OTHERS = {
    new Route(false, true, false, 1),
    new Route(true, false, false, 1),
    new Route(true, true, false, 2),
    LOSING,
    new Route(true, false, true, 1)
  };

  @Override
  public String toString() {
    return (together ? "together" : "alone")
        + (companion ? ", the long way" : "")
        + (cuts ? ", answers lost" : "")
        + (nodes > 1 ? ", two nodes" : "");
  }
}
