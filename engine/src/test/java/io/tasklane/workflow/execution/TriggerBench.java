package io.tasklane.workflow.execution;

import io.tasklane.commit.CommandKind;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.event.AllEvents;
import io.tasklane.feature.EngineContext;
import io.tasklane.feature.TemplateStarts;
import io.tasklane.trigger.TriggerFeature;
import io.tasklane.trigger.TriggerService;
import java.time.Clock;

/** Triggers over the store of {@link WorkflowBench}, whose log the test has looked at by itself. */
public final class TriggerBench {
  public final TriggerService triggers;
  private final TriggerFeature feature;

  public TriggerBench(WorkflowBench bench) {
    TemplateStarts starts = bench.starter();
    EngineContext context =
        new EngineContext(bench.database, bench.committer, bench.parts.nobody, Clock.systemUTC());
    feature = new TriggerFeature(context, starts, AllEvents.rows(key -> "Q"));
    triggers = (TriggerService) feature.services().get(0);
  }

  /** Looks at all events that are there, and closes windows that are over; says how often. */
  public int fire(GroupCommitter by) {
    CommandKind<Integer, Integer> command = feature.dueWork().get(0).command();
    int all = 0;
    int some;
    do {
      some = WorkflowBench.get(by.submit(command, 100));
      all += some;
    } while (some > 0);
    return all;
  }

  /** Whether the probe finds anything to do. */
  public String probe() {
    return feature.dueWork().get(0).probe();
  }
}
