package io.tasklane.forecast;

import io.tasklane.rollup.RollupCounts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Plays the rest of a workflow once. */
final class ForecastRound {
  /** A run that fails again and again ends its task at some time. */
  private static final int MOST_RUNS = 10;

  /** Before a retry, where no backoff is known. */
  private static final double BACKOFF = 1;

  private final Timeline timeline = new Timeline();
  private final Map<String, QueuePool> pools = new HashMap<>();
  private final RandomGenerator random;
  private final long budget;
  private final Live root;

  /**
   * A round.
   *
   * @param budget how much may happen in it at most
   */
  ForecastRound(ForecastInput input, RandomGenerator random, long budget) {
    this.random = random;
    this.budget = budget;
    input
        .queues()
        .forEach(
            (id, queue) ->
                pools.put(
                    id,
                    new QueuePool(timeline, queue, input.historyOf(id), random, this::jobEnded)));
    this.root = new Live(input.root(), null);
    hold(input.root());
  }

  private void hold(ForecastNode node) {
    if (node instanceof ForecastNode.Drain drain && drain.holds() && !drain.started()) {
      pools.get(drain.queue()).hold();
    }
    members(node).forEach(this::hold);
  }

  static List<ForecastNode> members(ForecastNode node) {
    if (node instanceof ForecastNode.InOrder chain) {
      return chain.members();
    }
    if (node instanceof ForecastNode.SideBySide group) {
      return group.members();
    }
    return node instanceof ForecastNode.OneOf choice ? choice.members() : List.of();
  }

  /** Plays it to its end, or until the budget is spent; then the end is not a number. */
  Live play() {
    timeline.in(0, () -> begin(root));
    while (Double.isNaN(root.end) && timeline.size() < budget && timeline.next()) {
      // the next thing has happened
    }
    return root;
  }

  long size() {
    return timeline.size();
  }

  private void begin(Live live) {
    live.begin = timeline.now();
    live.runBegin = live.begin;
    ForecastNode node = live.node;
    if (node instanceof ForecastNode.Work work) {
      begin(live, work);
    } else if (node instanceof ForecastNode.Pause pause) {
      live.runTime = pause.seconds();
      timeline.in(pause.seconds(), () -> end(live));
    } else if (node instanceof ForecastNode.Drain drain) {
      begin(live, drain);
    } else if (node instanceof ForecastNode.OneOf choice) {
      beginMember(live, choice.members().get(random.nextInt(choice.members().size())), null);
    } else {
      advance(live, null);
    }
  }

  private void begin(Live live, ForecastNode.Work work) {
    QueuePool pool = pools.get(work.kind().queue());
    if (work.start() instanceof ForecastNode.Start.Running running) {
      pool.goesOn(live, work, running.elapsed());
    } else if (work.start() instanceof ForecastNode.Start.Waiting waiting) {
      pool.waits(live, work, waiting.place());
    } else if (work.start() instanceof ForecastNode.Start.Later later) {
      if (later.delay() > 0) {
        timeline.in(later.delay(), () -> pool.add(live, work));
      } else {
        pool.add(live, work);
      }
    }
  }

  private void begin(Live live, ForecastNode.Drain drain) {
    QueuePool pool = pools.get(drain.queue());
    if (drain.holds() && !drain.started()) {
      pool.release();
    }
    pool.drain(live, drain.started());
    if (live.open == 0) {
      timeline.in(0, () -> end(live));
    }
  }

  private void advance(Live live, Live endedMember) {
    List<ForecastNode> members = members(live.node);
    int most = 1;
    if (live.node instanceof ForecastNode.SideBySide group) {
      most = group.maximumParallel() == 0 ? Integer.MAX_VALUE : group.maximumParallel();
    }
    boolean decided = live.node instanceof ForecastNode.OneOf;
    while (!decided && live.members.size() < members.size() && live.open < most) {
      beginMember(live, members.get(live.members.size()), endedMember);
    }
    if (live.open == 0) {
      timeline.in(0, () -> end(live));
    }
  }

  private void beginMember(Live live, ForecastNode node, Live endedMember) {
    Live member = new Live(node, live);
    member.releasedBy = endedMember;
    live.members.add(member);
    live.open++;
    begin(member);
  }

  private void jobEnded(Job job) {
    for (Live drain : job.drains) {
      drain.open--;
      if (drain.open == 0) {
        drain.runTime = timeline.now() - drain.begin;
        end(drain);
      }
    }
    if (job.owner != null) {
      runEnded(job.owner, (ForecastNode.Work) job.owner.node);
    }
  }

  private void runEnded(Live live, ForecastNode.Work work) {
    QueuePool pool = pools.get(work.kind().queue());
    RollupCounts known = pool.of(work.kind().taskType());
    live.open++;
    if (live.open < MOST_RUNS && random.nextDouble() < known.retryShare()) {
      double backoff = known.backoffs().count() == 0 ? BACKOFF : known.backoffs().draw(random);
      timeline.in(backoff, () -> pool.add(live, work));
    } else {
      end(live);
    }
  }

  private void end(Live live) {
    if (!Double.isNaN(live.end)) {
      return;
    }
    live.end = timeline.now();
    if (live.parent != null) {
      live.parent.open--;
      advance(live.parent, live);
    }
  }
}
