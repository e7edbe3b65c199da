package io.tasklane.bench.faults.check;

import io.tasklane.bench.faults.record.Entry;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.TaskState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every claim draws a token of its own, larger than those before; all runs that handlers told of
 * are such claims; and the result of a task is that of its last claim.
 */
final class LastTokenWins extends Rule {

  @Override
  void check(History history) {
    Map<Long, Entry> drawn = new HashMap<>();
    for (Life life : history.lives()) {
      if (life.ended().isEmpty()) {
        continue;
      }
      Set<Long> tokens = new HashSet<>();
      long last = 0;
      for (Entry.PastRun run : life.ended.runs()) {
        Entry other = drawn.putIfAbsent(run.token(), life.ended);
        if (other != null) {
          object("token " + run.token() + " was drawn twice", other, life.ended);
        }
        if (run.token() <= last) {
          object(life.task + " has a later run with a smaller token", life.ended);
        }
        last = Math.max(last, run.token());
        tokens.add(run.token());
      }
      checkClaims(life, tokens);
      checkResult(life, last);
    }
  }

  private void checkClaims(Life life, Set<Long> tokens) {
    if (life.count(Move.CLAIM) != tokens.size()) {
      object(
          life.task + " was claimed " + life.count(Move.CLAIM) + " times, its runs are " + tokens,
          life.ended);
    }
    life.begun.stream()
        .filter(begun -> !tokens.contains(begun.token()))
        .forEach(begun -> object(life.task + " ran without a claim", begun, life.ended));
  }

  private void checkResult(Life life, long last) {
    if (life.ended.state() != TaskState.SUCCEEDED) {
      return;
    }
    List<Entry.PastRun> runs = life.ended.runs();
    boolean right =
        last != 0
            && life.ended.resultToken() == last
            && runs.get(runs.size() - 1).failureCode().isEmpty();
    if (!right) {
      object(life.task + " has a result that is not that of its last claim", life.ended);
    }
  }
}
