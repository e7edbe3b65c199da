package io.tasklane.ingress;

import io.tasklane.fault.OngoingFaults;
import io.tasklane.feature.CompletionListener;
import io.tasklane.feature.EngineContext;
import io.tasklane.feature.Feature;
import io.tasklane.signal.Broker;
import io.tasklane.task.create.CreateTasks;
import io.tasklane.task.create.TaskAdmission;
import io.tasklane.task.type.KnownTypes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadFactory;

/** Tasks by JMS as a feature of the engine: the queue's messages, and the replies to them. */
public final class IngressFeature implements Feature {
  private final EngineContext context;
  private final Broker broker;
  private final ReplySender sender;
  private final ReplyRows replies;
  private final InvalidMessages invalid;
  private IngressService service;

  /**
   * The feature, without what creates tasks.
   *
   * @param context of the engine
   * @param broker where replies go
   * @param faults is told while none can be sent
   */
  public IngressFeature(EngineContext context, Broker broker, OngoingFaults faults) {
    this.context = context;
    this.broker = broker;
    this.sender = new ReplySender(context, broker, faults);
    this.replies = new ReplyRows(sender::wake);
    this.invalid = new InvalidMessages(broker);
  }

  /** What creates tasks: commands in which this feature takes part itself. */
  public void use(CreateTasks creation, TaskAdmission admission, KnownTypes types) {
    service =
        new IngressService(
            context,
            new IngressService.Parts(
                new AcceptMessages(creation, replies),
                new RejectMessages(replies),
                invalid,
                admission,
                types));
  }

  /** Begins to send replies. */
  public void start(ThreadFactory threads) {
    sender.start(threads);
  }

  /** What this node has received and sent since its start. */
  public Map<String, String> look() {
    Map<String, String> seen = new TreeMap<>();
    seen.put("accepted", Long.toString(service.accepted()));
    seen.put("repeated", Long.toString(service.repeated()));
    seen.put("rejected", Long.toString(service.rejected()));
    seen.put("returned", Long.toString(service.returned()));
    seen.put("replies-sent", Long.toString(sender.sent()));
    seen.put("replies-dropped", Long.toString(sender.dropped()));
    return seen;
  }

  @Override
  public List<CompletionListener> completionListeners() {
    return List.of(replies);
  }

  @Override
  public List<Object> services() {
    return List.of(service);
  }

  @Override
  public void close() {
    sender.close();
    invalid.close();
  }
}
