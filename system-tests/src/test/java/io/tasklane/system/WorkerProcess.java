package io.tasklane.system;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.tasklane.v1.Accept;
import io.tasklane.v1.Completion;
import io.tasklane.v1.Credit;
import io.tasklane.v1.Heartbeat;
import io.tasklane.v1.Hello;
import io.tasklane.v1.Lease;
import io.tasklane.v1.TaskType;
import io.tasklane.v1.WorkRequest;
import io.tasklane.v1.WorkResponse;
import io.tasklane.v1.Worker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A worker in a process of its own, on grpc-java alone: it takes one task at a time, which sleeps
 * as many milliseconds as its name ends with, and prints what it begins.
 */
public final class WorkerProcess implements AutoCloseable {
  private final Process process;

  private WorkerProcess(Process process) {
    this.process = process;
  }

  /** Starts one that serves this task type. */
  static WorkerProcess start(String address, String type) throws IOException {
    return new WorkerProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                WorkerProcess.class.getName(),
                address,
                type)
            .inheritIO()
            .start());
  }

  /** Ends it as a power cut would. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** The process: an address, and a task type. */
  public static void main(String[] args) throws InterruptedException {
    ManagedChannel channel = NettyChannelBuilder.forTarget(args[0]).usePlaintext().build();
    new Running(new WorkerStream(channel)).serve(args[1]);
  }

  private static final class Running {
    private final WorkerStream stream;
    private final Map<Long, Lease> accepting = new HashMap<>();

    Running(WorkerStream stream) {
      this.stream = stream;
    }

    void serve(String type) throws InterruptedException {
      Hello.Builder hello = Hello.newBuilder().setWorker(Worker.newBuilder().setSlots(1));
      stream.say(
          WorkRequest.newBuilder()
              .setHello(hello.addTaskTypes(TaskType.newBuilder().setTaskType(type))));
      ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor();
      beats.scheduleWithFixedDelay(this::beat, 1, 1, TimeUnit.SECONDS);
      credit();
      while (true) {
        WorkResponse response = stream.response();
        if (response.hasOffer()) {
          Accept.Builder accept = Accept.newBuilder().setLeaseId(response.getOffer().getLeaseId());
          long sequence = stream.say(WorkRequest.newBuilder().setAccept(accept));
          accepting.put(sequence, response.getOffer());
        } else if (response.hasAcknowledgement()) {
          begin(response.getAcknowledgement().getSequence());
        }
      }
    }

    private void beat() {
      stream.say(WorkRequest.newBuilder().setHeartbeat(Heartbeat.newBuilder().setCpuLoad(0.5)));
    }

    private void credit() {
      stream.say(WorkRequest.newBuilder().setCredit(Credit.newBuilder().setOffers(1)));
    }

    /** Only once its accept is acknowledged. */
    private void begin(long acknowledged) throws InterruptedException {
      for (Long sequence : accepting.keySet().stream().filter(s -> s <= acknowledged).toList()) {
        Lease lease = accepting.remove(sequence);
        String name = lease.getTask().getName();
        Thread.sleep(Long.parseLong(name.substring(name.lastIndexOf('-') + 1)));
        stream.say(
            WorkRequest.newBuilder()
                .setCompletion(
                    Completion.newBuilder()
                        .setLeaseId(lease.getLeaseId())
                        .setFencingToken(lease.getFencingToken())
                        .setResult(
                            Client.json("{\"by\":\"" + ProcessHandle.current().pid() + "\"}"))
                        .setCredit(1)));
      }
    }
  }
}
