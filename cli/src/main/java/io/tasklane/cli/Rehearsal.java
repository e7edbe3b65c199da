package io.tasklane.cli;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.tasklane.v1.ListQueuesRequest;
import io.tasklane.v1.ListQueuesResponse;
import io.tasklane.v1.Queue;
import io.tasklane.v1.QueueServiceGrpc;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine;

/**
 * Runs a command against a server in this process, so that the build can keep the classes that
 * commands load in an archive, from which the JVM starts faster.
 */
final class Rehearsal extends QueueServiceGrpc.QueueServiceImplBase {
  private Rehearsal() {}

  @Override
  public void listQueues(ListQueuesRequest request, StreamObserver<ListQueuesResponse> answer) {
    Queue queue = Queue.newBuilder().setName("queues/REHEARSAL").build();
    answer.onNext(ListQueuesResponse.newBuilder().addQueues(queue).build());
    answer.onCompleted();
  }

  /**
   * Calls a server of its own once, so that the classes of a call are loaded and recorded.
   *
   * @param args none
   */
  public static void main(String[] args) throws IOException {
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
            .addService(new Rehearsal())
            .build()
            .start();
    CommandLine line = Tasklane.commandLine(Map.of());
    line.setOut(new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    int code = Tasklane.run(line, "queue", "list", "--server", "127.0.0.1:" + server.getPort());
    server.shutdownNow();
    System.exit(code);
  }
}
