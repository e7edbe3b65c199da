package io.tasklane.differential;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the commands of a step were answered. */
final class Outcomes {
  private Outcomes() {}

  /**
   * The same where it is not said which of several slots of a queue gets which task: what was
   * claimed for turns of one queue is told in the order of its text.
   */
  static List<String> inOrder(List<Command> commands, List<String> outcomes) {
    Map<String, List<Integer>> turns = new HashMap<>();
    for (int i = 0; i < outcomes.size(); i++) {
      if (commands.get(i) instanceof Command.Turn turn && turn.claim()) {
        turns.computeIfAbsent(turn.queue(), k -> new ArrayList<>()).add(i);
      }
    }
    List<String> ordered = new ArrayList<>(outcomes);
    for (List<Integer> places : turns.values()) {
      List<String> claims =
          places.stream().map(i -> outcomes.get(i).split(" ", 2)[1]).sorted().toList();
      for (int i = 0; i < claims.size(); i++) {
        int place = places.get(i);
        ordered.set(place, outcomes.get(place).split(" ", 2)[0] + " " + claims.get(i));
      }
    }
    return ordered;
  }
}
