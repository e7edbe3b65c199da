package io.tasklane.bench.scenario;

import io.tasklane.bench.figure.Figures;
import io.tasklane.bench.figure.Measure;
import io.tasklane.bench.figure.Unit;
import io.tasklane.bench.figure.Usage;
import io.tasklane.bench.raw.Limits;
import io.tasklane.bench.raw.RawRows;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.Queue;
import java.util.Collections;
import java.util.List;
import picocli.CommandLine.Command;

/**
 * Tasks created in bulk over one StreamCreateTasks by one client, into a paused queue. What is
 * counted is acknowledged, and so durable, tasks until the last acknowledgement; before it, the
 * same is done for half as long and not counted. The limit is inserts in batches of a thousand, one
 * commit a batch; the peer schedules batches of a thousand inside its own process. BatchCreateTasks
 * with a thousand a request, one after another, stands beside it.
 */
@Command(
    name = "create-bulk",
    description = "Tasks created over one stream by one client.",
    mixinStandardHelpOptions = true)
public final class CreateBulk extends Scenario {
  private static final double GOAL = 25_000;
  private static final int BATCH = 1000;

  @Override
  protected Figures measure(Setting setting) throws Exception {
    TaskCalls calls = setting.calls();
    String queue = PausedQueue.create(calls, "BULK", Queue.getDefaultInstance()).name();
    Limits limits = setting.limits(List.of(RawRows::batchInserts));
    limits.measure();
    setting.remark("warming up ...");
    TaskStream.during(setting.channel(), TaskCalls.noop(queue), setting.shortWarmUp());
    setting.remark("measuring ...");
    setting.meter().begin();
    var created = TaskStream.during(setting.channel(), TaskCalls.noop(queue), setting.time());
    Usage usage = setting.meter().end();
    double batches = batches(calls, queue, setting);
    var peer = setting.peer("create-bulk", Long.toString(setting.time().toSeconds()));
    limits.measure();
    Figures figures =
        setting
            .figures()
            .add(
                Measure.of("create in bulk, one stream", Unit.TASKS_PER_SECOND, created.rate())
                    .shall(GOAL)
                    .against(limits.rate(RawRows.BATCH_INSERTS))
                    .beside(Setting.peer(peer, "tasks_per_second"))
                    .costing(usage.each(created.tasks())))
            .detail("tasks", created.tasks())
            .detail("batch_create_tasks_per_second", batches);
    limits.tell(figures);
    return figures;
  }

  private static double batches(TaskCalls calls, String queue, Setting setting) {
    CreateTaskRequest each = CreateTaskRequest.newBuilder().setTask(TaskCalls.noop(queue)).build();
    List<CreateTaskRequest> batch = Collections.nCopies(BATCH, each);
    Pace.perSecond(() -> calls.createAll(batch), setting.shortWarmUp().dividedBy(2));
    return BATCH * Pace.perSecond(() -> calls.createAll(batch), setting.time().dividedBy(2));
  }
}
