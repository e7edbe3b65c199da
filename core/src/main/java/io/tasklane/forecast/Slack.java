package io.tasklane.forecast;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How much later each node of a round could have ended without a later end of the whole: the
 * critical path method, backwards from the end, where a task that took over the slot of another is
 * after that one.
 */
final class Slack {
  private final List<Live> leaves = new ArrayList<>();

  private Slack() {}

  /** Works it out for all nodes of a round that was played to its end. */
  static void workOut(Live root) {
    Slack slack = new Slack();
    slack.pass(root, 0);
    slack.leaves.sort(Comparator.comparingDouble((Live leaf) -> leaf.runBegin).reversed());
    for (Live leaf : slack.leaves) {
      if (leaf.slotFrom != null) {
        leaf.slotFrom.slack = Math.min(leaf.slotFrom.slack, leaf.slack);
      }
    }
  }

  private void pass(Live live, double slack) {
    live.slack = slack;
    if (live.isLeaf()) {
      leaves.add(live);
    }
    boolean sideBySide = live.node instanceof ForecastNode.SideBySide;
    for (Live member : live.members) {
      member.slack = slack + (sideBySide ? live.end - member.end : 0);
    }
    for (int i = live.members.size() - 1; i >= 0 && sideBySide; i--) {
      Live member = live.members.get(i);
      if (member.releasedBy != null) {
        member.releasedBy.slack = Math.min(member.releasedBy.slack, member.slack);
      }
    }
    live.members.forEach(member -> pass(member, member.slack));
  }
}
