package io.tasklane.bench.scenario;

import io.tasklane.bench.figure.Figures;
import io.tasklane.bench.figure.Measure;
import io.tasklane.bench.figure.Unit;
import io.tasklane.bench.raw.Limits;
import io.tasklane.bench.raw.RawCalls;
import io.tasklane.bench.raw.RawRows;
import io.tasklane.v1.Queue;
import java.util.List;
import picocli.CommandLine.Command;

/**
 * Tasks created one at a time by one client over gRPC: each is answered, and so durable, before the
 * next is sent. Their queue is paused, so that nothing but creating is counted. What is counted is
 * answers in the time; before it, the same is done for half as long and not counted. The limit is
 * single-row inserts, one commit each; the peer schedules tasks one at a time inside its own
 * process.
 */
@Command(
    name = "create",
    description = "Tasks created one at a time by one client.",
    mixinStandardHelpOptions = true)
public final class Create extends Scenario {
  private static final double GOAL = 2200;

  @Override
  Figures measure(Setting setting) throws Exception {
    Desk desk = setting.desk();
    String queue = PausedQueue.create(desk, "CREATE", Queue.getDefaultInstance()).name();
    Limits limits =
        setting.limits(
            List.of(RawRows::inserts, RawRows::updates, RawRows::insertsWithUpdates),
            RawCalls.busy(setting.channel()));
    limits.measure();
    Runnable one = () -> desk.create(Desk.noop(queue));
    setting.remark("warming up ...");
    Pace.perSecond(one, setting.warmUp());
    setting.remark("measuring ...");
    double rate = Pace.perSecond(one, setting.time());
    var peer = setting.peer("create", Long.toString(setting.time().toSeconds()));
    limits.measure();
    Figures figures =
        setting
            .figures()
            .add(
                Measure.of("create one at a time, one client", Unit.TASKS_PER_SECOND, rate)
                    .shall(GOAL)
                    .against(limits.rate(RawRows.INSERTS))
                    .beside(Setting.peer(peer, "tasks_per_second")));
    limits.tell(figures);
    return figures;
  }
}
