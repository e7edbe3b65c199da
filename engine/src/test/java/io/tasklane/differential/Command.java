package io.tasklane.differential;

import io.tasklane.queue.QueueState;
import java.util.List;
import java.util.Optional;

/** What a script asks of the engine. Nothing here names a class of the engine. */
sealed interface Command {
  /** Its place among the commands of one transaction: the engine runs smaller ones first. */
  int order();

  /** The node whose writer it goes through, empty where any will do. */
  default String node() {
    return "";
  }

  /** Whether it is never in one transaction with others. */
  default boolean isAlone() {
    return false;
  }

  /** One claim of a task: the first is number 1. */
  record RunRef(String task, int number) {}

  /** A run that has ended, with the progress that was not reported before. */
  record Ended(RunRef run, RunOutcome outcome, Optional<Integer> progress) {}

  /** Creates all of these tasks, or none. */
  record Create(String requestId, List<TaskSpec> tasks) implements Command {
    @Override
    public int order() {
      return 30;
    }
  }

  /** Creates a task while the owner of its queue waits for one, and lets that one claim. */
  record CreateForIdle(Create create, String queue, String node) implements Command {
    @Override
    public int order() {
      return 30;
    }

    @Override
    public boolean isAlone() {
      return true;
    }
  }

  /** Ends a run, claims the next task, or both. */
  record Turn(String queue, String node, Optional<Ended> ended, boolean claim) implements Command {
    @Override
    public int order() {
      return 20;
    }
  }

  /** Ends some runs and claims ahead, for a queue that is GROUPED. */
  record Group(String queue, String node, List<Ended> ended, int ahead) implements Command {
    @Override
    public int order() {
      return 21;
    }
  }

  /** Reports progress. */
  record Report(RunRef run, int units) implements Command {
    @Override
    public int order() {
      return 18;
    }
  }

  /** Cancels a task. */
  record Cancel(String requestId, String task, boolean force) implements Command {
    @Override
    public int order() {
      return 50;
    }
  }

  /** Changes a task that waits. */
  record Update(String requestId, String task, TaskChange change) implements Command {
    @Override
    public int order() {
      return 48;
    }
  }

  /** Makes ready what has come due. */
  record ReleaseDue() implements Command {
    @Override
    public int order() {
      return 40;
    }
  }

  /** Fails what has waited too long. */
  record Expire() implements Command {
    @Override
    public int order() {
      return 45;
    }
  }

  /** The node that owns a queue dies, and another one takes the queue. */
  record TakeOver(String queue, String from, String to) implements Command {
    @Override
    public int order() {
      return 10;
    }

    @Override
    public boolean isAlone() {
      return true;
    }
  }

  /** Pauses, drains or resumes a queue. */
  record SetState(String queue, QueueState state) implements Command {
    @Override
    public int order() {
      return 15;
    }
  }

  /** Runs again what ended without success, named as a task or as a dead letter. */
  record Repeat(String requestId, String task, TaskSpec copy, boolean deadLetter)
      implements Command {
    @Override
    public int order() {
      return 60;
    }
  }

  /** Puts a dead letter away. */
  record Discard(String task) implements Command {
    @Override
    public int order() {
      return 70;
    }
  }

  /** Gives a resource another capacity. */
  record Capacity(String resource, int units) implements Command {
    @Override
    public int order() {
      return 8;
    }
  }
}
