package io.tasklane.ingress;

import io.tasklane.api.Refusal;
import io.tasklane.fault.ErrorText;
import io.tasklane.feature.EngineContext;
import io.tasklane.ingress.format.InvalidMessageException;
import io.tasklane.ingress.format.TaskMessage;
import io.tasklane.task.TaskRequest;
import io.tasklane.task.create.TaskAdmission;
import io.tasklane.task.row.NewTask;
import io.tasklane.task.type.KnownTypes;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Receives the messages of {@value #QUEUE}, each of which becomes one task, or is rejected. */
public class IngressService {
  /** Name of the queue. */
  public static final String QUEUE = "tasklane.ingress";

  private static final Logger LOG = Logger.getLogger(IngressService.class.getName());
  private static final String PRINCIPAL = "jms:ingress";

  /** Refusals that end by themselves, so that the message waits. */
  private static final Set<Refusal.Sort> PASSING =
      Set.of(Refusal.Sort.UNAVAILABLE, Refusal.Sort.RESOURCE_EXHAUSTED);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** A fault of ours with a message is no reason to deliver it for ever. */
  private static final int MOST_DELIVERIES = 10;

  private final EngineContext engine;
  private final AcceptMessages acceptance;
  private final RejectMessages rejection;
  private final InvalidMessages invalid;
  private final TaskAdmission admission;
  private final KnownTypes types;
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong repeated = new AtomicLong();
  private final AtomicLong rejected = new AtomicLong();
  private final AtomicLong returned = new AtomicLong();

  /** What a service is made of. */
  record Parts(
      AcceptMessages acceptance,
      RejectMessages rejection,
      InvalidMessages invalid,
      TaskAdmission admission,
      KnownTypes types) {}

  /** For subclasses, such as test doubles of the edges. */
  protected IngressService() {
    this(null, new Parts(null, null, null, null, null));
  }

  IngressService(EngineContext engine, Parts parts) {
    this.engine = engine;
    this.acceptance = parts.acceptance();
    this.rejection = parts.rejection();
    this.invalid = parts.invalid();
    this.admission = parts.admission();
    this.types = parts.types();
  }

  /**
   * Makes a task of a message, unless it has become one before. When this returns, the message may
   * be acknowledged: its task is durable, or it is in {@code tasklane.invalid}.
   *
   * @param message may be of any provider and class loader
   * @throws RedeliveryException where the message has to be delivered again, after a pause in here
   */
  public void receive(Message message) {
    try {
      Optional<ReplyAddress> reply = MessageReader.replyTo(message);
      String key = MessageKey.of(message);
      try {
        accept(new AcceptMessages.Accept(key, task(message), reply));
      } catch (InvalidMessageException wrong) {
        reject(message, key, reply, wrong.reason(), wrong.getMessage());
      } catch (Refusal refused) {
        if (PASSING.contains(refused.sort())) {
          throw refused;
        }
        reject(message, key, reply, refused.reason().name(), refused.getMessage());
      } catch (RuntimeException fault) {
        if (deliveries(message) < MOST_DELIVERIES) {
          throw fault;
        }
        LOG.log(
            Level.SEVERE,
            "a message cannot be dealt with, and goes to " + InvalidMessages.QUEUE,
            fault);
        reject(message, key, reply, "INTERNAL", ErrorText.of(fault));
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw again(stop);
    } catch (JMSException | RuntimeException passing) {
      throw again(passing);
    }
  }

  private RedeliveryException again(Exception why) {
    returned.incrementAndGet();
    return new RedeliveryException(why);
  }

  private static int deliveries(Message message) throws JMSException {
    return message.getIntProperty("JMSXDeliveryCount");
  }

  private NewTask task(Message message) throws JMSException {
    IncomingMessage read = MessageReader.read(message);
    TaskRequest request =
        TaskMessage.read(read.body(), read.headers(), this::queueOf, engine.clock().instant());
    return admission.admit(request, "", PRINCIPAL);
  }

  private Optional<String> queueOf(String taskType) {
    return types
        .type(taskType)
        .filter(type -> type.queues().size() == 1)
        .map(type -> type.queues().iterator().next());
  }

  /** A message waits here for what ends soon; the next ones wait at the broker. */
  private void accept(AcceptMessages.Accept message) throws InterruptedException {
    Duration pause = FIRST_PAUSE;
    Duration waited = Duration.ZERO;
    while (true) {
      try {
        AcceptMessages.Accepted done = submitted(message);
        (done.again() ? repeated : accepted).incrementAndGet();
        return;
      } catch (Refusal refused) {
        if (!PASSING.contains(refused.sort()) || waited.compareTo(PATIENCE) >= 0) {
          throw refused;
        }
        Thread.sleep(pause.toMillis());
        waited = waited.plus(pause);
        pause = pause.multipliedBy(2);
        pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
      }
    }
  }

  private AcceptMessages.Accepted submitted(AcceptMessages.Accept message) {
    return unwrapped(() -> engine.committer().submit(acceptance, message).join());
  }

  private static <T> T unwrapped(Supplier<T> call) {
    try {
      return call.get();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failed;
    }
  }

  private void reject(
      Message message, String key, Optional<ReplyAddress> reply, String reason, String problem)
      throws JMSException, InterruptedException {
    if (reply.isPresent()) {
      RejectMessages.Reject reject = new RejectMessages.Reject(reason, problem, reply.get());
      unwrapped(() -> engine.committer().submit(rejection, reject).join());
    }
    invalid.send(message, key, reason, problem);
    rejected.incrementAndGet();
  }

  /** Messages of this node since its start that have become tasks. */
  public long accepted() {
    return accepted.get();
  }

  /** Messages of this node that had become tasks before. */
  public long repeated() {
    return repeated.get();
  }

  /** Messages of this node that went to {@code tasklane.invalid}. */
  public long rejected() {
    return rejected.get();
  }

  /** Deliveries to this node that the broker has to repeat. */
  public long returned() {
    return returned.get();
  }
}
