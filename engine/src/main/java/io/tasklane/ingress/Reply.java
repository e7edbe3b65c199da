package io.tasklane.ingress;

/**
 * A reply that is to be sent.
 *
 * @param id of its row
 * @param kind what it says
 * @param taskId final part of the task's name; empty where the message was rejected
 * @param problem JSON with reason and message; empty unless it was rejected
 * @param address where it goes
 * @param attempts that were made before
 */
record Reply(
    long id, Kind kind, String taskId, String problem, ReplyAddress address, int attempts) {
  /** What a reply says. The code is stored in rows. */
  enum Kind {
    /** The task exists. */
    ACCEPTED(1),
    /** The task has ended. */
    ENDED(2),
    /** There is no task, and will be none. */
    REJECTED(3);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }

    static Kind of(int code) {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      throw new IllegalArgumentException("no kind of a reply has the code " + code);
    }
  }
}
